// What the reader has set and chosen. Every change goes through `change`.
import { actOf, bounds, data, hasActs, nodeOf } from './data.js';

const listeners = [];
export const isPhone = window.innerWidth <= 620;
const { asked } = data;

export const state = {
  relations: new Set(asked.relation),
  kinds: null, // null: all kinds
  since: asked.since || bounds.since,
  until: (hasActs && asked.until) || (asked.as_of !== 'any' && asked.as_of) || bounds.until,
  asOf: asked.as_of, // the day on which memberships, offices and obligations hold, or 'any'
  chosen: null, // {act} | {edge} | {node} | {edge, act}
  pointed: null, // key of the line under the pointer
  told: -1, // index of the act that play has reached; -1 outside play
  playing: false,
  table: false,
  lens: '', // the bloc whose members are coloured, or 'camps'
  steps: 1, // how far from a chosen actor lines stay in front
  presenting: false,
  step: 0, // of the story, if one is told
  notes: false, // whether the presenter's notes are shown
};
if (asked.kind.length) state.kinds = new Set(asked.kind);

/** Reads the address: what is chosen and how it is looked at; in a file, where no
 * server reads it, the filters too. */
export function readAddress() {
  const given = new URLSearchParams(location.search);
  if (!data.served) readFilters(given);
  if (data.lenses.some((one) => one.id === given.get('lens'))) state.lens = given.get('lens');
  if (['1', '2', '3'].includes(given.get('steps'))) state.steps = Number(given.get('steps'));
  if (data.story && /^[1-9]$/.test(given.get('step') || '')) state.step = Math.min(data.story.steps.length, Number(given.get('step'))) - 1;
  // On a telephone the list comes first, the picture on request.
  state.table = given.get('view') === 'table' || (isPhone && !data.embedded && !data.story && given.get('view') !== 'picture');
  state.presenting = given.get('view') === 'presenting';
}

function readFilters(given) {
  const kinds = given.getAll('kind').filter((kind) => data.kinds.some((one) => one.id === kind));
  const relations = given.getAll('relation').filter((one) => data.loaded.relation.includes(one));
  const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text || '') && text >= bounds.since && text <= bounds.until;
  if (kinds.length) state.kinds = new Set(kinds);
  if (relations.length) state.relations = new Set(relations);
  if (isDay(given.get('since'))) state.since = given.get('since');
  if (isDay(given.get('until'))) state.until = given.get('until');
  if (isDay(given.get('as_of'))) state.asOf = given.get('as_of');
}

/** What `select` or `#act-…` in the address names, before the address is written anew. */
export const nameInAddress = () => new URLSearchParams(location.search).get('select') || decodeURIComponent(location.hash.slice(1)).replace(/^act-/, '');

/** The choice by that name: an act, an actor, or a line as subject~object~…; null when it is
 * not in this picture. `edges` are the lines shown. */
export function chosenBy(name, edges) {
  if (actOf.has(name)) return { act: name };
  if (nodeOf.has(`actor/${name}`)) return { node: `actor/${name}` };
  const edge = name && edges.find((one) => selectionOf({ edge: one.key }) === name);
  return edge ? { edge: edge.key } : null;
}

/** How the page opens, where that is not how it opens by itself. */
export function viewInAddress() {
  if (state.presenting) return 'presenting';
  if (isPhone) return state.table || data.embedded || data.story ? '' : 'picture';
  return state.table ? 'table' : '';
}

/** A choice as the address names it. */
export function selectionOf(chosen) {
  if (!chosen || chosen.outside) return '';
  if (chosen.act) return chosen.act;
  const plain = (key) => key.slice(key.indexOf('/') + 1);
  if (chosen.node) return plain(chosen.node);
  return chosen.edge.split('|').map((part, at) => (at < 2 ? plain(part) : part)).join('~');
}

export function listen(listener) {
  listeners.push(listener);
}

/** Sets some values and tells every part of the page which ones. */
export function change(values) {
  Object.assign(state, values);
  for (const listener of listeners) listener(values);
}
