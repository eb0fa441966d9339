// What the server put into the page, with look-ups by key.
import { byId } from './dom.js';

export const data = JSON.parse(byId('payload').textContent);

const index = (list, name) => new Map(list.map((one) => [one[name], one]));

export const actOf = index(data.acts, 'id');
export const pledgeOf = index(data.pledges, 'id');
export const nodeOf = index(data.nodes, 'key');
export const placeOf = index(data.ties, 'key');
export const kindOf = index(data.kinds, 'id');

/** The bounds of the date handles: what is loaded, else the days of the acts. */
export const bounds = (() => {
  const days = data.acts.flatMap((act) => [act.first, act.last]).sort();
  return { since: data.loaded.since || days[0] || '', until: data.loaded.until || days[days.length - 1] || '' };
})();

/** Every day from the first to the last, as text. */
export const days = (() => {
  const found = [];
  if (!bounds.since) return found;
  const day = new Date(`${bounds.since}T00:00:00Z`);
  const last = new Date(`${bounds.until}T00:00:00Z`);
  while (day <= last && found.length < 4000) {
    found.push(day.toISOString().slice(0, 10));
    day.setUTCDate(day.getUTCDate() + 1);
  }
  return found;
})();
