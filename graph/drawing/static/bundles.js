// From single ties to the lines shown: the rule of graph/weighing.py, step by step.
// `/network` with the page's query string must answer the same lines.
import { data, kindOf, placeOf } from './data.js';
import { state } from './state.js';

const STANCE = 'stance';

function passes(tie) {
  if (!state.relations.has(tie.relation)) return false;
  if (tie.relation !== STANCE) return true;
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
  return { ...made, label: labelOf(made), weak: placeOf.get(key)?.weak || false };
}

/** The sign of the sum; null where no tie has one. */
function signOf(ties) {
  const signed = ties.filter((tie) => tie.sign !== null);
  return signed.length ? Math.sign(signed.reduce((sum, tie) => sum + Number(tie.sign), 0)) : null;
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Verb and number; the same words as `stance_label` in graph/drawing/wording.py. */
export function labelOf(edge) {
  if (edge.relation !== STANCE) return placeOf.get(edge.key)?.label || edge.kinds[0][0];
  const [kind, most] = edge.kinds[0];
  let text = verbOf(kind);
  if (most > 1) text += ` ×${most}`;
  return edge.count > most ? `${text} +${edge.count - most}` : text;
}

export function verbOf(kind) {
  return (kindOf.get(kind)?.verb || kind).replace(/ on$/, '');
}

/** Ids of the acts behind some lines, in the order in which they were said. */
export function actsBehind(edges) {
  const shown = new Set(edges.flatMap((edge) => edge.acts));
  return data.acts.map((act) => act.id).filter((id) => shown.has(id));
}
