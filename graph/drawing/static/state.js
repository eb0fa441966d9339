// What the reader has set and chosen. Every change goes through `change`.
import { bounds, data, days } from './data.js';

const listeners = [];

export const state = {
  relations: new Set(data.asked.relation),
  kinds: null, // null: all kinds
  since: data.asked.since || bounds.since,
  until: data.asked.until || (data.asked.as_of !== 'any' && data.asked.as_of) || bounds.until,
  chosen: null, // {act} | {edge} | {node} | {edge, act}
  pointed: null, // key of the line under the pointer
  told: -1, // index of the act that play has reached; -1 outside play
  playing: false,
  table: false,
};
if (data.asked.kind.length) state.kinds = new Set(data.asked.kind);

/** In a file there is no server to read the address: its filters are read here. */
export function readAddress() {
  if (data.served || !location.search) return;
  const given = new URLSearchParams(location.search);
  const kinds = given.getAll('kind').filter((kind) => data.kinds.some((one) => one.id === kind));
  const relations = given.getAll('relation').filter((one) => data.loaded.relation.includes(one));
  if (kinds.length) state.kinds = new Set(kinds);
  if (relations.length) state.relations = new Set(relations);
  if (days.includes(given.get('since'))) state.since = given.get('since');
  if (days.includes(given.get('until'))) state.until = given.get('until');
}

export function listen(listener) {
  listeners.push(listener);
}

/** Sets some values and tells every part of the page which ones. */
export function change(values) {
  Object.assign(state, values);
  for (const listener of listeners) listener(values);
}
