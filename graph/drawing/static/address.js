// The filters in the address, under the names of the parameters of /network.
import { bounds, data } from './data.js';
import { state } from './state.js';

const LISTS = ['actor', 'relation', 'kind', 'treaty', 'archive', 'alliance'];
const NAMES = ['event', 'actor', 'depth', 'relation', 'kind', 'treaty', 'archive', 'since', 'until', 'as_of', 'level', 'alliance', 'bundle'];

/** What the page shows now, as a query. */
export function current() {
  const order = data.loaded.relation;
  return {
    ...data.asked,
    relation: order.filter((one) => state.relations.has(one)),
    kind: state.kinds ? data.kinds.map((one) => one.id).filter((id) => state.kinds.has(id)) : [],
    since: state.since === bounds.since ? data.loaded.since : state.since,
    until: state.until === bounds.until ? data.loaded.until : state.until,
  };
}

const text = (query) => JSON.stringify(NAMES.map((name) => (LISTS.includes(name) ? [...query[name]].sort() : query[name])));

/** The query string of the page; empty for the default view. */
export function queryString() {
  const query = current();
  if (text(query) === text(data.default)) return '';
  const made = new URLSearchParams();
  for (const name of NAMES) {
    const values = LISTS.includes(name) ? query[name] : [query[name]];
    for (const value of values) if (value !== '') made.append(name, value);
  }
  return `?${made}`;
}

export function writeAddress() {
  const address = location.pathname + queryString() + location.hash;
  try {
    history.replaceState(null, '', address);
  } catch {
    // Some browsers let no file change its own address; the filters work all the same.
  }
}

/** The address of /network that answers exactly what is shown. */
export function dataAddress() {
  const origin = data.served ? location.origin + data.base : 'http://127.0.0.1:8000';
  return `${origin}/network${queryString()}`;
}
