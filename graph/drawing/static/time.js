// The strip below the picture: a bar per bin, two handles, the window in words.
import { binOf, bins, bounds, data, hasActs, unit } from './data.js';
import { holds } from './bundles.js';
import { byId, el, inMonth, inShort, inWords } from './dom.js';
import { styleOf } from './look.js';
import { change, state } from './state.js';
import { say } from './words.js';

const ORDER = ['minus', 'half', 'plus', 'zero', 'none'];
const ACTS_BY = { day: say('Acts by day'), week: say('Acts by week'), month: say('Acts by month'), year: say('Acts by year') };
const HELD_BY = {
  day: say('Actors with something in force, by day'),
  week: say('Actors with something in force, by week'),
  month: say('Actors with something in force, by month'),
  year: say('Actors with something in force, by year'),
};

/** Acts of each bin by style, as the filters let them through; dates aside. */
function actsByBin() {
  const found = bins.map(() => ({}));
  const seen = new Set();
  for (const tie of data.singles) {
    if (!tie.act || seen.has(tie.act) || !state.relations.has(tie.relation)) continue;
    if (state.kinds && tie.relation === 'stance' && !state.kinds.has(tie.kind)) continue;
    seen.add(tie.act);
    const bin = found[binOf(tie.first < bounds.since ? bounds.since : tie.first)];
    const style = styleOf(tie);
    if (bin) bin[style] = (bin[style] || 0) + 1;
  }
  return found;
}

/** Who has a membership, office or obligation on the last day of each bin: a state that is in a
 * treaty and in the organisation built on it counts once. */
function statementsByBin() {
  const ties = data.singles.filter((tie) => tie.statement && state.relations.has(tie.relation));
  return bins.map(({ end }) => ({ other: new Set(ties.filter((tie) => holds(tie, end)).map((tie) => tie.subject)).size }));
}

const onAxis = (day) => (unit === 'year' ? day.slice(0, 4) : unit === 'month' ? inMonth(day) : inShort(day));

/** Bars of what the filters let through; the tallest fills the strip. */
export function drawBars() {
  const counted = hasActs ? actsByBin() : statementsByBin();
  const totals = counted.map((bin) => Object.values(bin).reduce((sum, one) => sum + one, 0));
  const most = Math.max(1, ...totals);
  const every = Math.ceil(bins.length / 12);
  byId('bars').classList.toggle('dense', bins.length > 31);
  byId('bars').replaceChildren(
    ...counted.map((bin, number) => {
      const parts = [...ORDER, 'other'].filter((style) => bin[style]).map((style) => {
        const part = el('i', { class: style });
        part.style.flexGrow = bin[style];
        return part;
      });
      const bar = el('div', { class: 'bar' }, parts);
      // Of acts the square root, so that days with one act stay visible beside the first day.
      const share = hasActs ? Math.sqrt(totals[number] / most) : totals[number] / most;
      bar.style.height = totals[number] ? `${Math.max(6, share * 100)}%` : '0';
      const { start, end } = bins[number];
      const outside = end < state.since || start > state.until;
      // A number where it changes: on every bar of acts, at every step of a count.
      const says = hasActs ? totals[number] && bins.length <= 31 : totals[number] !== totals[number - 1];
      const dated = bins.length <= 16 || number % every === 0;
      return el('div', { class: outside ? 'day outside' : 'day' }, el('span', { class: 'total' }, says ? String(totals[number]) : ''), el('div', { class: 'column' }, bar), el('span', { class: 'date' }, dated ? onAxis(start) : ''));
    }),
  );
}

/** Marks the bars outside the window; the bars themselves do not change with it. */
export function markBars() {
  bins.forEach(({ start, end }, number) => {
    byId('bars').children[number].classList.toggle('outside', end < state.since || start > state.until);
  });
}

/** The window: 12–22 Sep 2022, or with both months. `words` writes one day. */
export function spanOf(words) {
  const { since, until } = state;
  if (!hasActs) return words(state.asOf === 'any' ? until : state.asOf);
  if (since === until) return words(since);
  if (since.slice(0, 7) !== until.slice(0, 7)) return `${words(since)} – ${words(until)}`;
  return say('%(first)s–%(last)s %(month)s', { first: Number(since.slice(8)), last: Number(until.slice(8)), month: inMonth(until) });
}

/** Puts the handles where the state is, and says the window in words. */
export function drawWindow() {
  for (const [id, day] of [['since', state.since], ['until', state.until]]) {
    byId(id).value = binOf(day);
    byId(id).setAttribute('aria-valuetext', inWords(day));
  }
  byId('since').hidden = !hasActs;
  byId('window').textContent = spanOf(inWords);
  byId('unit').textContent = (hasActs ? ACTS_BY : HELD_BY)[unit];
}

export function startTime() {
  for (const id of ['since', 'until']) {
    const handle = byId(id);
    handle.min = 0;
    handle.max = Math.max(0, bins.length - 1);
    handle.step = 1;
    handle.addEventListener('input', () => {
      const { start, end } = bins[Number(handle.value)];
      // The handles may meet, not pass each other.
      if (id === 'since') return change({ since: start > state.until ? state.until : start });
      const until = end < state.since && hasActs ? state.since : end;
      // What holds is read at the right handle.
      return change({ until, asOf: until });
    });
  }
  byId('bars').parentElement.style.setProperty('--n', bins.length);
  drawBars();
  drawWindow();
}
