// The answer as a table: short names that link to pages, a hundred rows at a time.
import { capital, el, many } from './dom.js';
import { say } from './words.js';
import { definitionOf } from './vocabulary.js';
import { learn, nameOf } from './names.js';

const PAGE = 100;
const NUMBERS = /#(integer|decimal|double|float|int|long|nonNegativeInteger)$/;
const XSD = 'http://www.w3.org/2001/XMLSchema#';

/**
 * Draws rows into a place.
 * @param {Element} place is emptied first
 * @param {object} result as `run` gives it
 * @param {Record<string, string>} meanings of columns, where they are known
 */
export async function drawTable(place, result, meanings = {}) {
  const state = { place, result, meanings, rows: result.rows, first: 0, by: null, down: false };
  await page(state);
}

async function page(state) {
  const { place, result, rows, first } = state;
  const shown = rows.slice(first, first + PAGE);
  await learn(shown.flatMap((row) => Object.values(row)).filter((cell) => cell.type === 'uri').map((cell) => cell.value));
  const heads = result.columns.map((column) => head(state, column));
  const numeric = new Set(result.columns.filter((column) => shown.some((row) => row[column]) && shown.every((row) => !row[column] || NUMBERS.test(row[column].datatype ?? ''))));
  const looks = (column, term) => [numeric.has(column) && 'number', ...shapeOf(term)].filter(Boolean).join(' ') || null;
  const body = shown.map((row, at) => el('tr', {}, el('td', { class: 'row-number' }, String(first + at + 1)), result.columns.map((column) => el('td', { class: looks(column, row[column]) }, row[column] ? cell(row[column]) : el('span', { class: 'quiet', title: say('no value') }, '–')))));
  const table = el('table', {}, el('caption', { class: 'unseen' }, say('Answer')), el('thead', {}, el('tr', {}, el('th', { class: 'row-number', scope: 'col' }, el('span', { class: 'unseen' }, say('Row'))), heads)), el('tbody', {}, body));
  place.replaceChildren(el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': say('Rows') }, table), rows.length > PAGE ? pager(state) : '');
}

/** How a cell is set: short words stay on their line, texts get room, long ids may break. */
function shapeOf(term) {
  const text = term ? textOf(term) : '';
  if (/\S{40}/.test(text)) return ['long'];
  if (text.length > 60) return ['prose'];
  return /^\S{1,24}$/.test(text) ? ['short'] : [];
}

function head(state, column) {
  const { by, down, meanings } = state;
  const sorted = by === column;
  const press = async () => {
    Object.assign(state, sorted && down ? { by: null, down: false } : { by: column, down: sorted });
    await sort(state);
  };
  const mark = sorted ? (down ? ' ↓' : ' ↑') : '';
  return el('th', { scope: 'col', 'aria-sort': sorted ? (down ? 'descending' : 'ascending') : null, title: meanings[column] ?? null }, el('button', { type: 'button', onclick: press }, column.replaceAll('_', ' ') + mark));
}

async function sort(state) {
  const { result, by, down } = state;
  state.first = 0;
  state.rows = result.rows;
  if (by) {
    await learn(result.rows.map((row) => row[by]).filter((cell) => cell?.type === 'uri').map((cell) => cell.value));
    const key = (row) => {
      const cell = row[by];
      if (!cell) return null;
      return NUMBERS.test(cell.datatype ?? '') ? Number(cell.value) : textOf(cell);
    };
    const order = (one, other) => (typeof one === 'number' && typeof other === 'number' ? one - other : String(one).localeCompare(String(other), 'en'));
    const keyed = result.rows.map((row) => [key(row), row]);
    // Rows without a value come last, whichever way.
    keyed.sort(([one], [other]) => (one === null || other === null ? (one === null) - (other === null) : (down ? -1 : 1) * order(one, other)));
    state.rows = keyed.map(([, row]) => row);
  }
  await page(state);
  state.place.querySelector(`th:nth-child(${result.columns.indexOf(by) + 2}) button`)?.focus();
}

/** What a term is called. */
export const textOf = (term) => (term.type === 'uri' ? nameOf(term.value).label : term.type === 'bnode' ? `_:${term.value}` : term.value);

/** A term as people read it; only web addresses and our own pages become links. */
export function cell(term) {
  if (term.type === 'bnode') return el('span', { class: 'quiet' }, textOf(term));
  if (term.type !== 'uri') {
    const type = term.datatype?.startsWith(XSD) ? `xsd:${term.datatype.slice(XSD.length)}` : term.datatype;
    return el('span', { title: type ?? null }, term.value, term['xml:lang'] ? el('span', { class: 'lang' }, term['xml:lang']) : null);
  }
  const { label, type, url } = nameOf(term.value);
  const told = [type && capital(type.replaceAll('-', ' ')), definitionOf(term.value), term.value].filter(Boolean).join('\n');
  if (!url) return el('span', { class: 'term', title: told }, label);
  const outside = /^https?:/.test(url) && !url.startsWith(location.origin);
  return el('a', { href: url, title: told, ...(outside && { rel: 'noopener noreferrer', target: '_blank' }) }, label);
}

function pager(state) {
  const { rows, first } = state;
  const go = (to) => async () => {
    state.first = to;
    await page(state);
    state.place.querySelector('.scroll').scrollTop = 0;
    state.place.querySelector(to > first ? '.on' : '.back')?.focus();
  };
  const last = Math.min(first + PAGE, rows.length);
  return el(
    'div',
    { class: 'pager' },
    el('button', { type: 'button', class: 'back', disabled: first === 0, onclick: go(first - PAGE) }, say('‹ Previous')),
    el('span', {}, many('Rows %(first)s–%(last)s of %(num)s row', 'Rows %(first)s–%(last)s of %(num)s rows', rows.length, { first: (first + 1).toLocaleString('en'), last: last.toLocaleString('en') })),
    el('button', { type: 'button', class: 'on', disabled: last === rows.length, onclick: go(first + PAGE) }, say('Next ›')),
  );
}
