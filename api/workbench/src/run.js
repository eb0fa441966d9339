// Runs a query on this server and reads the answer. Knows the SPARQL protocol and the
// server's own marks: problems as sentences, `Comity-Cut` on an answer that is not whole.
import { config } from './config.js';
import { readTriples } from './triples.js';
import { say } from './words.js';

// More than that is for a file and not for a page.
const MOST_ROWS = 10_000;
const ANSWERS = 'application/sparql-results+json, application/n-triples;q=0.9';

/** What the server refused, in its own words. */
export class Refused extends Error {
  constructor({ title, detail, status }) {
    super(detail);
    this.title = title;
    this.status = status;
    const place = /\bline (\d+),? column (\d+)/.exec(detail) ?? /\berror at (\d+):(\d+)/.exec(detail);
    this.place = place && { line: Number(place[1]), column: Number(place[2]) };
  }
}

/** Sends a query; the response when it is good. */
export async function send(text, { accept, signal, ...fields }) {
  const asked = new URLSearchParams(fields).toString();
  const answer = await fetch(`${config.endpoint}${asked && `?${asked}`}`, {
    method: 'POST',
    headers: { 'content-type': 'application/sparql-query', accept: accept ?? '*/*' },
    body: text,
    signal,
  });
  if (answer.ok) return answer;
  throw await refusal(answer);
}

/** The problem that a response tells. */
export async function refusal(answer) {
  const told = await answer.json().catch(() => null);
  return new Refused({
    title: told?.title ?? say('No answer'),
    detail: told?.detail ?? say('The server answered with status %(status)s.', { status: answer.status }),
    status: answer.status,
  });
}

/** Runs a query: its columns and rows, how long it took, whether it was cut. */
export async function run(text, signal) {
  const begun = performance.now();
  const answer = await send(text, { accept: ANSWERS, signal, rows: MOST_ROWS });
  let body;
  try {
    body = await answer.text();
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Refused({ title: say('The answer broke off'), detail: say('The connection ended before the answer did. Ask for less: add a LIMIT or a narrower pattern.'), status: 0 });
  }
  const took = performance.now() - begun;
  const common = { text: body, took, bytes: body.length, cut: answer.headers.get('comity-cut') };
  if ((answer.headers.get('content-type') ?? '').includes('n-triples')) {
    return { ...common, kind: 'graph', columns: ['subject', 'predicate', 'object'], rows: readTriples(body) };
  }
  const told = JSON.parse(body);
  const cut = told.comity?.cut ?? common.cut;
  if ('boolean' in told) return { ...common, cut, kind: 'truth', columns: [], rows: [], truth: told.boolean };
  return { ...common, cut, kind: 'rows', columns: told.head.vars, rows: told.results.bindings };
}

/** Why an answer is not whole, in words. */
export function cutInWords(cut, shown) {
  const [what, size] = cut.split('=');
  const number = Number(size).toLocaleString('en');
  const values = { shown: shown.toLocaleString('en'), number, cut };
  if (what === 'rows' && Number(size) === MOST_ROWS) return say('Only the first %(shown)s rows are here, and there are more. A download has them all, as far as this server goes.', values);
  if (what === 'rows') return say('Only the first %(shown)s rows are here, and there are more: this server cuts answers after %(number)s rows.', values);
  if (what === 'bytes') return say('Only the first %(shown)s rows are here, and there are more: this server cuts answers after %(number)s bytes.', values);
  if (what === 'deadline') return say('Only the first %(shown)s rows are here, and there may be more: the query was stopped after %(number)s seconds.', values);
  return say('Only the first %(shown)s rows are here: the answer was cut (%(cut)s).', values);
}
