// The days: a bar per day, two handles, the window in words.
import { bounds, data, days } from './data.js';
import { byId, el, inShort } from './dom.js';
import { styleOf } from './look.js';
import { change, state } from './state.js';

const ORDER = ['minus', 'half', 'plus', 'zero', 'none'];

/** Bars of the acts that the filters let through, dates aside; the tallest fills the strip. */
export function drawBars() {
  const bins = days.map(() => ({}));
  const seen = new Set();
  for (const tie of data.singles) {
    if (tie.relation !== 'stance' || seen.has(tie.act)) continue;
    if (!state.relations.has('stance') || (state.kinds && !state.kinds.has(tie.kind))) continue;
    seen.add(tie.act);
    const day = Math.max(0, days.indexOf(tie.first < bounds.since ? bounds.since : tie.first));
    const style = styleOf(tie);
    if (bins[day]) bins[day][style] = (bins[day][style] || 0) + 1;
  }
  const totals = bins.map((bin) => Object.values(bin).reduce((sum, one) => sum + one, 0));
  const most = Math.max(1, ...totals);
  byId('bars').replaceChildren(
    ...bins.map((bin, number) => {
      const parts = ORDER.filter((style) => bin[style]).map((style) => {
        const part = el('i', { class: style });
        part.style.flexGrow = bin[style];
        return part;
      });
      const bar = el('div', { class: 'bar' }, parts);
      // The square root keeps days with one act visible beside the first day.
      bar.style.height = totals[number] ? `${Math.max(6, Math.sqrt(totals[number] / most) * 100)}%` : '0';
      const outside = days[number] < state.since || days[number] > state.until;
      const shows = days.length <= 16 || number % Math.ceil(days.length / 12) === 0;
      return el('div', { class: outside ? 'day outside' : 'day' }, el('span', { class: 'total' }, totals[number] && days.length <= 31 ? String(totals[number]) : ''), el('div', { class: 'column' }, bar), el('span', { class: 'date' }, shows ? inShort(days[number]) : ''));
    }),
  );
}

/** The window: 12–22 Sep, or with both months. `words` writes one day. */
export function spanOf(words) {
  const { since, until } = state;
  if (since === until) return words(since);
  return since.slice(0, 7) === until.slice(0, 7) ? `${Number(since.slice(8))}–${words(until)}` : `${words(since)} – ${words(until)}`;
}

/** Puts the handles where the state is, and says the window in words. */
export function drawWindow() {
  const since = byId('since');
  const until = byId('until');
  since.value = Math.max(0, days.indexOf(state.since));
  until.value = days.includes(state.until) ? days.indexOf(state.until) : days.length - 1;
  since.setAttribute('aria-valuetext', inShort(state.since));
  until.setAttribute('aria-valuetext', inShort(state.until));
  byId('window').textContent = spanOf(inShort);
}

export function startTime() {
  for (const id of ['since', 'until']) {
    const handle = byId(id);
    handle.min = 0;
    handle.max = Math.max(0, days.length - 1);
    handle.step = 1;
    handle.addEventListener('input', () => {
      const day = days[Number(handle.value)];
      // The handles may meet, not pass each other.
      if (id === 'since') change({ since: day > state.until ? state.until : day });
      else change({ until: day < state.since ? state.since : day });
    });
  }
  byId('bars').parentElement.style.setProperty('--n', days.length);
  drawBars();
  drawWindow();
}
