// The left panel: questions in plain words by theme, searched as one types, each with its
// parameters as a form. Nobody needs SPARQL to use it.
import { at, config } from './config.js';
import { byId, capital, el, many } from './dom.js';
import { field } from './fields.js';
import { refusal } from './run.js';
import { say } from './words.js';

let calls;
let questions = [];

/**
 * Starts the panel.
 * @param {{put: Function, run: Function}} given what to do with the text of a question
 */
export async function startQuestions(given) {
  calls = given;
  const answer = await fetch(at('/queries'), { headers: { accept: 'application/json' } });
  if (!answer.ok) {
    byId('question-list').append(el('p', { class: 'fault', role: 'alert' }, say('The questions did not come: %(why)s', { why: (await refusal(answer)).message })));
    return;
  }
  questions = (await answer.json()).items;
  draw('');
  byId('question-search').addEventListener('input', (event) => draw(event.target.value));
}

function draw(searched) {
  const words = searched.toLowerCase().split(/\s+/).filter(Boolean);
  const found = questions.filter((one) => words.every((word) => [one.title, one.question, one.id, ...one.keywords].join(' ').toLowerCase().includes(word)));
  byId('question-count').textContent = words.length
    ? many('%(found)s of %(num)s question', '%(found)s of %(num)s questions', questions.length, { found: found.length })
    : many('%(num)s question', '%(num)s questions', questions.length);
  const themes = [...new Set(questions.map((one) => one.theme))];
  const parts = themes.map((theme) => {
    const own = found.filter((one) => one.theme === theme);
    if (!own.length) return null;
    const heading = `theme-${theme}`;
    return el('section', { 'aria-labelledby': heading }, el('h3', { id: heading }, config.themes[theme] ?? capital(theme), el('span', {}, String(own.length))), own.map(item));
  });
  const none = el('p', { class: 'quiet none' }, say('No question has these words. Try fewer, or write the query yourself.'));
  byId('question-list').replaceChildren(...(found.length ? parts.filter(Boolean) : [none]));
}

function item(one) {
  const form = el('form', { class: 'ask', novalidate: true });
  const made = el('details', { class: 'question', id: `question-${one.id}`, name: 'question' }, el('summary', {}, one.title), el('p', {}, one.question), form);
  // Forms are made when they are looked at: sixty of them would slow the start.
  made.addEventListener('toggle', () => {
    if (made.open && !form.childElementCount) fill(form, one);
  });
  return made;
}

function fill(form, one) {
  const fault = el('p', { class: 'fault', role: 'alert', hidden: true });
  const submit = (act) => async () => {
    fault.hidden = true;
    try {
      const query = await parameters(form);
      const text = await bound(one, query);
      act(text, { id: one.id, query: query.toString(), columns: one.columns, note: one.note, title: one.title });
    } catch (error) {
      fault.textContent = error.message;
      fault.hidden = false;
    }
  };
  const run = submit(calls.run);
  form.append(
    ...one.parameters.map((parameter) => field(parameter, one)),
    fault,
    el('div', { class: 'buttons' }, el('button', { type: 'submit', class: 'primary' }, say('Run')), el('button', { type: 'button', onclick: submit(calls.put) }, say('Put into the editor')), el('a', { href: at(`/queries/${one.id}?format=html`) }, say('Open its page'))),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    run();
  });
}

async function parameters(form) {
  const query = new URLSearchParams();
  for (const input of form.querySelectorAll('[name]')) for (const value of await input.values()) query.append(input.name, value);
  return query;
}

/** The SPARQL of a question with its parameters in it, as the server binds them. */
async function bound(one, query) {
  const answer = await fetch(at(`/queries/${one.id}?${query}`), { headers: { accept: 'application/sparql-query' } });
  if (!answer.ok) throw await refusal(answer);
  return answer.text();
}
