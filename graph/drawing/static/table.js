// The table twin: the same acts and obligations as rows, which open the same cards.
import { data } from './data.js';
import { byId } from './dom.js';
import { change, state } from './state.js';
import { say, sayMany } from './words.js';

/** Shows the rows of what is drawn, and no others. */
export function drawRows(edges) {
  const acts = new Set(edges.flatMap((edge) => edge.acts));
  const held = new Set(edges.flatMap((edge) => edge.statements));
  for (const row of document.querySelectorAll('tr[data-act]')) {
    row.hidden = !acts.has(row.dataset.act);
    row.classList.toggle('chosen', state.chosen?.act === row.dataset.act);
  }
  for (const row of document.querySelectorAll('tr[data-statement]')) row.hidden = !held.has(row.dataset.statement);
  const statements = data.pledges.length + data.statements.length;
  const parts = [
    data.acts.length && sayMany('%(shown)s of %(num)s act', '%(shown)s of %(num)s acts', data.acts.length, { shown: acts.size }),
    statements && sayMany('%(shown)s of %(num)s obligations, memberships and offices', '%(shown)s of %(num)s obligations, memberships and offices', statements, { shown: held.size }),
  ];
  const rows = parts.filter(Boolean).join(', ') || say('No rows');
  byId('table-count').textContent = say('%(rows)s. Select a row to read it beside its line.', { rows });
}

export function drawTable() {
  document.body.classList.toggle('as-table', state.table);
  byId('as-table').setAttribute('aria-pressed', String(state.table));
  byId('as-table').textContent = state.table ? say('Picture') : say('Table');
  // Hidden rows keep out of the way of the Tab key, not out of a screen reader's reach.
  for (const link of byId('table').querySelectorAll('a, .scroll')) link.tabIndex = state.table ? 0 : -1;
}

/** `edgeOf` finds the line of an obligation. */
export function startTable(edgeOf) {
  byId('as-table').addEventListener('click', () => change({ table: !state.table }));
  document.querySelector('.skip').addEventListener('click', () => change({ table: true }));
  byId('table').addEventListener('click', (event) => {
    const row = event.target.closest('tr[data-act], tr[data-statement]');
    const link = event.target.closest('a');
    if (!row || (link && !link.classList.contains('row'))) return;
    if (link) event.preventDefault();
    if (row.dataset.act) change({ chosen: { act: row.dataset.act }, told: -1, playing: false });
    else change({ chosen: { edge: edgeOf(row.dataset.statement) }, told: -1, playing: false });
  });
  const more = byId('more-figures');
  more?.addEventListener('click', () => {
    for (const row of document.querySelectorAll('tr.more')) row.hidden = false;
    more.remove();
  });
}

/** Opens the table at an act. */
export function goToRow(id) {
  change({ table: true, chosen: { act: id } });
  const row = byId(`act-${id}`);
  row?.scrollIntoView({ block: 'center' });
  row?.querySelector('a.row')?.focus({ preventScroll: true });
}
