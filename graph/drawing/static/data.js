// What the server put into the page, with look-ups by key.
import { payload } from './unpack.js';

export const data = JSON.parse(payload);

const index = (list, name) => new Map(list.map((one) => [one[name], one]));

export const actOf = index(data.acts, 'id');
export const pledgeOf = index(data.pledges, 'id');
export const nodeOf = index(data.nodes, 'key');
export const placeOf = index(data.ties, 'key');
export const kindOf = index(data.kinds, 'id');
export const statementOf = index(data.statements, 'id');

/** Whether the picture tells acts; without any, the strip below it counts statements. */
export const hasActs = data.singles.some((tie) => tie.act);

/** The bounds of the date handles: what is loaded, else the days of what is in it. */
export const bounds = (() => {
  const days = data.singles.filter((tie) => Boolean(tie.act) === hasActs).flatMap((tie) => [tie.first, tie.last]);
  const known = days.filter(Boolean).sort();
  const asked = data.asked.as_of === 'any' ? '' : data.asked.as_of;
  const last = hasActs ? known[known.length - 1] : [data.today, asked].sort().pop();
  const since = data.loaded.since || data.asked.since || known[0] || asked || '';
  const until = data.loaded.until || last || asked || '';
  return { since: since && since < until ? since : until, until };
})();

const DAY = 86400000;
const dayOf = (time) => new Date(time).toISOString().slice(0, 10);
const timeOf = (day) => Date.parse(`${day}T00:00:00Z`);

/** How the window is cut into bars: by day, week, month or year. */
export const unit = (() => {
  const days = (timeOf(bounds.until) - timeOf(bounds.since)) / DAY;
  if (!(days > 45)) return 'day';
  return days <= 400 ? 'week' : days <= 2600 ? 'month' : 'year';
})();

function nextAfter(day) {
  const date = new Date(timeOf(day));
  if (unit === 'day') return dayOf(timeOf(day) + DAY);
  if (unit === 'week') return dayOf(timeOf(day) + 7 * DAY);
  if (unit === 'month') return dayOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
  return dayOf(Date.UTC(date.getUTCFullYear() + 1, 0, 1));
}

/** The bins of the strip, first and last day of each. */
export const bins = (() => {
  const found = [];
  for (let start = bounds.since; start && start <= bounds.until; start = nextAfter(start)) {
    const next = nextAfter(start);
    const end = dayOf(timeOf(next) - DAY);
    found.push({ start, end: end < bounds.until ? end : bounds.until });
  }
  return found;
})();

/** The number of the bin that a day lies in, the nearest one for a day outside. */
export function binOf(day) {
  let low = 0;
  let high = bins.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (bins[middle].start <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}
