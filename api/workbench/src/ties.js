// From the rows of an answer to a network: which columns are the two ends, which say how
// they are tied, and which lead to the act behind it.
import { textOf } from './table.js';

export const MOST_NODES = 300;
const FROM = ['subject', 'holder', 'from', 'obligor', 'member', 'recogniser', 'person', 'actor', 'state', 'state_a', 'a', 'one'];
const TO = ['object', 'target', 'to', 'beneficiary', 'organisation', 'alliance', 'recognised', 'addressee', 'other', 'state_b', 'b', 'with'];
const HOW = ['relation', 'predicate', 'verb', 'kind', 'type', 'role', 'about'];
const ACTOR = /\/id\/actor\//;
const ACT = /\/id\/stance\//;
// Things that an actor can be tied to; concepts and statements are no ends.
const END = /\/id\/(actor|treaty|event|issue|claim|post|territory|source)\//;

/** The columns that a picture would be drawn from, or null where there are no two ends. */
export function columnsOf({ columns, rows, kind }) {
  if (kind === 'graph') return { from: 'subject', to: 'object', how: 'predicate', sign: '', act: '' };
  const filled = (column, test) => {
    const cells = rows.slice(0, 1000).map((row) => row[column]).filter(Boolean);
    return cells.length > 0 && cells.every(test);
  };
  const actors = columns.filter((column) => filled(column, (cell) => ACTOR.test(cell.value)));
  const things = columns.filter((column) => !actors.includes(column) && filled(column, (cell) => END.test(cell.value)));
  const ends = [...actors, ...things];
  if (ends.length < 2) return null;
  const named = (names, among) => names.find((name) => among.includes(name));
  const from = named(FROM, actors) ?? actors.find((end) => !TO.includes(end)) ?? ends[0];
  const rest = (actors.length > 1 ? actors : ends).filter((end) => end !== from);
  const to = named(TO, rest) ?? rest[0];
  const others = columns.filter((column) => column !== from && column !== to);
  return {
    from,
    to,
    how: named(HOW, others) ?? '',
    sign: others.find((column) => /sign$/.test(column) && filled(column, (cell) => Number.isFinite(Number(cell.value)))) ?? '',
    act: others.find((column) => filled(column, (cell) => ACT.test(cell.value))) ?? '',
    choices: ends,
  };
}

/**
 * The network of an answer: rows with the same ends, tie and sign are one line.
 * @returns {{nodes: string[], edges: object[], left_out: number}} at most 300 nodes, those
 *   with the most rows
 */
export function network(rows, { from, to, how, sign, act }) {
  const weight = new Map();
  const edges = new Map();
  for (const row of rows) {
    const [one, other] = [row[from], row[to]];
    if (one?.type !== 'uri' || other?.type !== 'uri') continue;
    const label = how && row[how] ? row[how] : null;
    const value = sign && row[sign] ? Number(row[sign].value) : null;
    const key = [one.value, other.value, label && textOf(label), value].join('\n');
    const edge = edges.get(key) ?? { key, from: one.value, to: other.value, label, sign: value, rows: 0, acts: [] };
    edge.rows += 1;
    if (act && row[act]) edge.acts.push(row[act].value);
    edges.set(key, edge);
    for (const end of [one.value, other.value]) weight.set(end, (weight.get(end) ?? 0) + 1);
  }
  const order = [...weight.keys()].sort((one, other) => weight.get(other) - weight.get(one) || (one < other ? -1 : 1));
  const kept = new Set(order.slice(0, MOST_NODES));
  return {
    nodes: order.slice(0, MOST_NODES),
    edges: [...edges.values()].filter((edge) => kept.has(edge.from) && kept.has(edge.to)),
    left_out: order.length - kept.size,
  };
}
