// Filters by relation and by kind of act.
import { holds } from './bundles.js';
import { bounds, data } from './data.js';
import { byId, el, inWords } from './dom.js';
import { MARKS, styleOf } from './look.js';
import { change, state } from './state.js';
import { say, sayMany } from './words.js';

const RELATIONS = { stance: say('Statements and acts'), obligation: say('Obligations by treaty'), membership: say('Memberships'), tenure: say('Offices'), participation: say('Participations'), vote: say('Votes') };

const byDate = (tie) => (tie.act ? tie.last >= state.since && tie.first <= state.until : state.asOf === 'any' || holds(tie, state.asOf));

/** How many acts of a kind, or ties of a relation, the dates let through. */
function counted(test) {
  return new Set(data.singles.filter((tie) => test(tie) && byDate(tie)).map((tie) => tie.act || tie.statement)).size;
}

function box(name, value, words, checked, count, style) {
  return el(
    'label',
    { class: style ? `kind ${style}` : '' },
    el('input', { type: 'checkbox', name, value, checked }),
    el('span', {}, style && MARKS[style] ? `${MARKS[style]} ` : '', words),
    el('span', { class: 'number' }, String(count)),
  );
}

/** Draws the form from the state; called again whenever a count changes. */
export function drawFilters() {
  const form = byId('filter-form');
  const held = document.activeElement?.closest('#filter-form') ? document.activeElement : null;
  const back = held && [held.name, held.value];
  const kinds = data.kinds.map((kind) => {
    const checked = state.relations.has('stance') && (!state.kinds || state.kinds.has(kind.id));
    return box('kind', kind.id, kind.label, checked, counted((tie) => tie.relation === 'stance' && tie.kind === kind.id), styleOf({ relation: 'stance', sign: kind.sign }));
  });
  form.replaceChildren(
    el('fieldset', {}, el('legend', {}, say('What lines stand for')), data.loaded.relation.map((one) => box('relation', one, RELATIONS[one], state.relations.has(one), counted((tie) => tie.relation === one)))),
    el(
      'fieldset',
      { class: 'kinds' },
      el('legend', {}, say('Kinds of act')),
      el('div', { class: 'pair' }, el('button', { type: 'button', onclick: () => change({ kinds: null, relations: new Set([...state.relations, 'stance']) }) }, say('All kinds')), el('button', { type: 'button', onclick: signedOnly }, say('Only for and against'))),
      kinds,
    ),
    el('button', { type: 'button', class: 'reset', onclick: reset }, say('Reset all filters')),
  );
  if (back) form.querySelector(`[name="${CSS.escape(back[0])}"][value="${CSS.escape(back[1])}"]`)?.focus();
  const active = (state.kinds ? 1 : 0) + (state.relations.size < data.loaded.relation.length ? 1 : 0);
  byId('filtered').hidden = !active;
  byId('filtered').textContent = active ? sayMany('(%(num)s on)', '(%(num)s on)', active) : '';
}

function signedOnly() {
  const signed = data.kinds.filter((kind) => kind.sign).map((kind) => kind.id);
  change({ kinds: new Set(signed), relations: new Set([...state.relations, 'stance']) });
}

function reset() {
  change({ kinds: null, relations: new Set(data.loaded.relation), since: bounds.since, until: bounds.until, asOf: data.asked.as_of });
}

function ticked({ target }) {
  if (target.name === 'relation') {
    const relations = new Set(state.relations);
    if (target.checked) relations.add(target.value);
    else relations.delete(target.value);
    // A network without any relation is not a question: one stays on.
    change(relations.size ? { relations, kinds: relations.has('stance') ? state.kinds : null } : {});
    return;
  }
  const off = !state.relations.has('stance');
  const kinds = new Set(off ? [] : state.kinds || data.kinds.map((kind) => kind.id));
  if (target.checked) kinds.add(target.value);
  else kinds.delete(target.value);
  const relations = new Set(state.relations).add('stance');
  if (!kinds.size) {
    // No kind at all means no statements: the same as switching that relation off.
    relations.delete('stance');
    change(relations.size ? { relations, kinds: null } : {});
    return;
  }
  change({ kinds: kinds.size === data.kinds.length ? null : kinds, relations });
}

export function startFilters() {
  byId('filter-form').addEventListener('change', ticked);
  byId('filters').addEventListener('toggle', () => byId('filters').open && drawFilters());
}

const COUNTED = {
  membership: (many) => sayMany('%(num)s membership', '%(num)s memberships', many),
  tenure: (many) => sayMany('%(num)s office', '%(num)s offices', many),
  participation: (many) => sayMany('%(num)s participation', '%(num)s participations', many),
  vote: (many) => sayMany('%(num)s line of votes', '%(num)s lines of votes', many),
};

/** The line above the picture: how much of what is shown. */
export function summaryOf(shown, acts) {
  const sum = (relation) => shown.reduce((total, edge) => total + (edge.relation === relation ? edge.count : 0), 0);
  const stances = shown.filter((edge) => edge.relation === 'stance').length;
  const parts = [];
  const told = sayMany('%(num)s act', '%(num)s acts', acts.length);
  const lines = sayMany('%(num)s line', '%(num)s lines', stances);
  if (stances) parts.push(say('%(acts)s in %(lines)s', { acts: told, lines }));
  const pledges = sum('obligation');
  if (pledges) {
    const owed = sayMany('%(num)s obligation', '%(num)s obligations', pledges);
    parts.push(state.asOf === 'any' ? owed : say('%(what)s on %(day)s', { what: owed, day: inWords(state.asOf) }));
  }
  for (const [relation, inNumber] of Object.entries(COUNTED)) if (sum(relation)) parts.push(inNumber(sum(relation)));
  return parts;
}
