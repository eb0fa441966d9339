// From single ties to the lines shown: the rule of graph/weighing.py, step by step.
// `/network` with the page's query string must answer the same lines.
import { data, kindOf, pledgeOf } from './data.js';
import { state } from './state.js';
import { say } from './words.js';

const STANCE = 'stance';

/** Whether a membership, office or obligation holds on a day; no end is an open one. */
export const holds = (tie, day) => (!tie.first || tie.first <= day) && (!tie.last || day <= tie.last);

function passes(tie) {
  if (!state.relations.has(tie.relation)) return false;
  if (tie.statement) return state.asOf === 'any' || holds(tie, state.asOf);
  if (state.kinds && !state.kinds.has(tie.kind)) return false;
  return tie.last >= state.since && tie.first <= state.until;
}

/** Single ties that pass the filters and lie within reach of the actors asked for. */
export function narrowed() {
  const ties = data.singles.filter(passes);
  const { actor, depth } = data.loaded;
  // What was loaded lies within reach already; with fewer ties, fewer may.
  if (!actor.length || depth === 0) return ties;
  const reached = new Set(actor.map((id) => `actor/${id}`));
  let kept = [];
  for (let step = 0; step < depth; step += 1) {
    kept = ties.filter((tie) => reached.has(tie.subject) || reached.has(tie.object));
    for (const tie of kept) reached.add(tie.subject).add(tie.object);
  }
  return kept;
}

function keyOf(tie) {
  const parts = [tie.subject, tie.object, tie.relation];
  if (data.loaded.bundle !== 'pair') parts.push(tie.sign === null ? '' : String(tie.sign));
  if (data.loaded.bundle === 'kind') parts.push(tie.kind);
  if (data.loaded.bundle === 'none') parts.push(tie.act || tie.statement);
  return parts.join('|');
}

/** The lines to draw. */
export function bundles() {
  const groups = new Map();
  for (const tie of narrowed()) {
    const key = keyOf(tie);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(tie);
  }
  return [...groups].map(([key, ties]) => merged(key, ties));
}

function merged(key, ties) {
  const ordered = [...ties].sort((a, b) => compare(a.first, b.first) || compare(a.act, b.act));
  const counts = new Map();
  for (const tie of ordered) counts.set(tie.kind, (counts.get(tie.kind) || 0) + 1);
  const kinds = [...counts].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]));
  const made = {
    key,
    subject: ordered[0].subject,
    object: ordered[0].object,
    relation: ordered[0].relation,
    sign: data.loaded.bundle === 'pair' ? signOf(ordered) : ordered[0].sign,
    kinds,
    count: ordered.length,
    acts: ordered.map((tie) => tie.act).filter(Boolean),
    statements: ordered.map((tie) => tie.statement).filter(Boolean).sort(),
  };
  const pledges = made.statements.map((id) => pledgeOf.get(id)).filter(Boolean);
  const weak = made.relation === 'obligation' && isWeak(pledges);
  return { ...made, weak, label: labelOf(made, pledges) };
}

/** Whether a bundle of obligations holds no duty to help when the other is attacked. */
const isWeak = (pledges) => !pledges.some((one) => one.type === 'defence' && one.mandatory !== false);

/** The sign of the sum; null where no tie has one. */
function signOf(ties) {
  const signed = ties.filter((tie) => tie.sign !== null);
  return signed.length ? Math.sign(signed.reduce((sum, tie) => sum + Number(tie.sign), 0)) : null;
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** What a line says; the same words as graph/drawing/wording.py writes. */
function labelOf(edge, pledges) {
  if (edge.relation === 'obligation') return pledgeLabel(pledges);
  const [kind, most] = edge.kinds[0];
  if (edge.relation !== STANCE) {
    const text = edge.relation === 'tenure' ? say('holds office') : kind.replaceAll('-', ' ');
    return edge.count > 1 ? `${text} ×${edge.count}` : text;
  }
  let text = verbOf(kind);
  if (most > 1) text += ` ×${most}`;
  return edge.count > most ? `${text} +${edge.count - most}` : text;
}

/** Treaties by the day they were signed; says so where no more than a possibility is owed. */
function pledgeLabel(pledges) {
  const ordered = [...pledges].sort((a, b) => compare(a.signed, b.signed) || compare(a.treaty, b.treaty));
  const text = `§ ${[...new Set(ordered.map((one) => one.short))].join(', ')}`;
  if (!isWeak(pledges) || !pledges.some((one) => one.mandatory === false)) return text;
  const kinds = pledges.map((one) => one.type).sort();
  const kind = kinds.includes('consultation') ? 'consultation' : kinds[0];
  return say('%(treaties)s may %(verb)s', { treaties: text, verb: pledges.find((one) => one.type === kind).verb });
}

export function verbOf(kind) {
  return (kindOf.get(kind)?.verb || kind).replace(/ on$/, '');
}

/** Ids of the acts behind some lines, in the order in which they were said. */
export function actsBehind(edges) {
  const shown = new Set(edges.flatMap((edge) => edge.acts));
  return data.acts.map((act) => act.id).filter((id) => shown.has(id));
}
