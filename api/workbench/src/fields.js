// One form field for one parameter of a question: a list, a day, a number, a text, or a
// thing by its name. Every field has `values`, which gives what is sent to the server.
import { at, config } from './config.js';
import { el } from './dom.js';
import { learn, nameOf } from './names.js';
import { actorsLike } from './vocabulary.js';
import { say } from './words.js';

const ACTORS = ['actor', 'state', 'organisation', 'person'];
// A longer list is searched by typing instead of being rolled down.
const LONG = 40;
let lists = 0;

/** The label and field of a parameter; the example of its question is what it begins with. */
export function field(parameter, question) {
  const { name, meaning, required } = parameter;
  const begin = question.example[name] ?? parameter.default ?? '';
  const optional = !required && parameter.default === null;
  const made = control(parameter, begin);
  return el('label', { class: 'field' }, el('span', { class: 'label' }, name.replaceAll('_', ' '), optional ? el('i', {}, ` ${say('(optional)')}`) : null), made, el('span', { class: 'hint' }, meaning));
}

function control(parameter, begin) {
  const { name, type, choices, minimum, maximum } = parameter;
  const options = choices.map((one) => (typeof one === 'object' ? one : { value: one, label: one.replaceAll('-', ' ') }));
  if (options.length > LONG) return named(parameter, begin, options);
  if (options.length) return choice(parameter, begin, options);
  if (ACTORS.includes(type)) return named(parameter, begin, null);
  if (type === 'date') return plain(el('input', { name, ...day(begin) }));
  if (type === 'number') return plain(el('input', { name, type: 'number', step: 'any', value: begin, min: minimum, max: maximum }));
  return plain(el('input', { name, value: begin, autocomplete: 'off', spellcheck: 'false' }), parameter.many);
}

const parts = (text) => text.split(',').map((part) => part.trim()).filter(Boolean);

function plain(input, many = false) {
  input.values = async () => (many ? parts(input.value) : [input.value.trim()].filter(Boolean));
  return input;
}

/** A day: picked, or written as a source gives it; "today" is the day it is. */
function day(begin) {
  const value = begin === 'today' ? new Date().toISOString().slice(0, 10) : begin;
  return { type: /^(\d{4}-\d\d-\d\d)?$/.test(value) ? 'date' : 'text', value };
}

function choice({ name, many, required }, begin, options) {
  const chosen = parts(begin);
  const made = el(
    'select',
    { name, multiple: many, size: many ? Math.min(5, options.length) : null },
    required || many ? null : el('option', { value: '' }, say('any')),
    options.map(({ value, label }) => el('option', { value, selected: chosen.includes(String(value)) }, label)),
  );
  made.values = async () => [...made.selectedOptions].map((option) => option.value).filter(Boolean);
  return made;
}

/** A thing by its name: the field shows names, the server is sent ids. */
function named({ name, type, many }, begin, options) {
  lists += 1;
  const list = el('datalist', { id: `names-${lists}` });
  const input = el('input', { name, list: list.id, autocomplete: 'off', spellcheck: 'false' });
  const ids = new Map();
  const offer = (found) => {
    for (const { value, label } of found) ids.set(label, value);
    list.replaceChildren(...found.map(({ label, kind }) => el('option', { value: label }, kind ?? '')));
  };
  const show = (labels) => {
    input.value = labels.join(', ');
  };
  if (options) {
    offer(options);
    show(parts(begin).map((id) => options.find((one) => one.value === id)?.label ?? id));
  } else {
    show(parts(begin));
    const first = input.value;
    begun(parts(begin), ids).then((labels) => {
      const rename = () => input.value === first && show(labels);
      // Names that come while somebody is in the field would unselect what is being replaced.
      if (document.activeElement === input) input.addEventListener('blur', rename, { once: true });
      else rename();
    });
    input.addEventListener('input', () => suggest(input, offer));
  }
  input.values = async () => Promise.all((many ? parts(input.value) : [input.value.trim()].filter(Boolean)).map((text) => ids.get(text) ?? meant(text, options || !ACTORS.includes(type))));
  return el('span', { class: 'with-list' }, input, list);
}

/** Names for the ids that a field begins with. */
async function begun(given, ids) {
  const iri = (id) => `${config.things}actor/${id}`;
  await learn(given.map(iri)).catch(() => null);
  return given.map((id) => {
    const { label, type } = nameOf(iri(id));
    if (!type) return id;
    ids.set(label, id);
    return label;
  });
}

async function suggest(input, offer) {
  const text = parts(input.value).pop() ?? '';
  if (text.length < 2) return;
  const found = await actorsLike(text);
  if ((parts(input.value).pop() ?? '') === text) offer(found.map((one) => ({ value: one.id, label: one.label, kind: one.type.replaceAll('-', ' ') })));
}

/** The id that a name means beyond doubt; else the text as it is, for the server to judge. */
async function meant(text, fixed) {
  if (fixed || /^[a-z0-9-]*$/.test(text)) return text;
  const answer = await fetch(at(`/resolve?name=${encodeURIComponent(text)}`));
  const [best] = answer.ok ? (await answer.json()).items : [];
  return best?.score === 100 ? best.id : text;
}
