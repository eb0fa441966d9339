// The state of the page in the address: filters under the names of the parameters of
// /network, and what changes no line: choice, lens, steps, kind of view.
import { bounds, data, hasActs } from './data.js';
import { selectionOf, state, viewInAddress } from './state.js';

const LISTS = ['actor', 'relation', 'kind', 'treaty', 'archive', 'alliance'];
const NAMES = ['event', 'actor', 'depth', 'relation', 'kind', 'treaty', 'archive', 'since', 'until', 'as_of', 'level', 'alliance', 'bundle', 'nodes'];

/** What the page shows now, as a query. */
export function current() {
  const order = data.loaded.relation;
  return {
    ...data.asked,
    relation: order.filter((one) => state.relations.has(one)),
    kind: state.kinds ? data.kinds.map((one) => one.id).filter((id) => state.kinds.has(id)) : [],
    // Of statements alone only the day counts on which they hold.
    since: !hasActs ? data.asked.since : state.since === bounds.since ? data.loaded.since : state.since,
    until: !hasActs ? data.asked.until : state.until === bounds.until ? data.loaded.until : state.until,
    as_of: state.asOf,
  };
}

const text = (query) => JSON.stringify(NAMES.map((name) => (LISTS.includes(name) ? [...query[name]].sort() : query[name])));

/** The lines shown as parameters of /network; none for the default view, unless `whole`. */
function dataParameters(whole = false) {
  const query = current();
  // Of which day the graph is stays with every view of it.
  const made = new URLSearchParams(data.knownAt ? { known_at: data.knownAt } : {});
  if (!whole && text(query) === text(data.default)) return made;
  for (const name of NAMES) {
    const values = LISTS.includes(name) ? query[name] : [query[name]];
    for (const value of values) if (value !== '') made.append(name, value);
  }
  return made;
}

/** How the lines are looked at, as parameters that /network lets pass. */
function viewParameters() {
  return Object.entries({
    lens: state.lens === (data.story?.steps[state.step].lens || '') ? '' : state.lens,
    steps: state.steps === 1 ? '' : state.steps,
    select: selectionOf(state.chosen),
    view: viewInAddress(),
    embed: data.embedded ? '1' : '',
  }).filter(([, value]) => value !== '');
}

const asQuery = (made) => (made.size ? `?${made}` : '');

/** The query string of the page; empty for the default view. */
export function queryString() {
  // The step of a story says what is shown; its page takes no filters.
  const made = data.story ? new URLSearchParams({ step: state.step + 1 }) : dataParameters();
  for (const [name, value] of viewParameters()) made.append(name, value);
  return asQuery(made);
}

export function writeAddress() {
  const address = location.pathname + queryString() + (state.chosen ? '' : location.hash.replace(/^#act-.*/, ''));
  // A browser takes milliseconds to change it, also into the same.
  if (address === location.pathname + location.search + location.hash) return;
  try {
    history.replaceState(null, '', address);
  } catch {
    // Some browsers let no file change its own address; the filters work all the same.
  }
}

/** The address of a measure of what is shown. */
export const measureAddress = (name) => `${data.base}/measures/${name}${asQuery(dataParameters(true))}`;

/** The address of a file of this view. */
export function pictureAddress(format) {
  const whole = { html: 'file', pdf: 'pdf' }[format];
  if (data.story && whole) return `${data.base}/stories/${data.story.id}?format=${whole}`;
  const made = dataParameters();
  for (const [name, value] of viewParameters()) if (name === 'lens') made.append(name, value);
  made.append('format', format);
  return `${data.base}/picture?${made}`;
}

/** The address of this view with other values, as for another level. */
export function viewAddress(other) {
  const made = dataParameters(true);
  for (const [name, value] of [...viewParameters(), ...Object.entries(other)]) {
    made.delete(name);
    if (value !== '') made.append(name, value);
  }
  return `${location.pathname}?${made}`;
}

/** The address of /network that answers exactly what is shown, in some format. */
export function dataAddress(format = '') {
  const origin = data.served ? location.origin + data.base : 'http://127.0.0.1:8000';
  const made = dataParameters();
  if (format) made.append('format', format);
  return `${origin}/network${asQuery(made)}`;
}
