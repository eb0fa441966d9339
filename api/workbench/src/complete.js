// Completion in the editor: what is offered at the cursor, and how an offer looks.
import { el, many } from './dom.js';
import { namesBefore, position, wordBefore } from './position.js';
import { actorsMeant, actorsWith, fittingTerms, takesActors } from './vocabulary.js';

const OFFERED = 40;
const PAUSE = 120;

/** The word at the cursor, its place, and the names it may end; null where nothing is offered. */
function here(editor) {
  const cursor = editor.getDoc().getCursor();
  const line = editor.getDoc().getLine(cursor.line).slice(0, cursor.ch);
  const before = editor.getDoc().getRange({ line: 0, ch: 0 }, cursor);
  const word = wordBefore(line, before);
  if (!word) return null;
  // "South Os" is two terms to a parser: the place of a name is that of its first word.
  const names = namesBefore(line)
    .filter((name) => name.length > 1)
    .map((name) => ({ name, ...position(before.slice(0, before.length - name.length)) }))
    .filter(takesActors);
  return { ...word, cursor, names };
}

const offersAt = (word) => Boolean(word) && (!['none', 'done'].includes(word.slot) || word.names.length > 0);

async function offers(editor) {
  const word = here(editor);
  if (!offersAt(word)) return [];
  const from = (start) => ({ line: word.cursor.line, ch: start });
  const terms = fittingTerms(word.text, word)
    .slice(0, OFFERED)
    .map((term) => offer(term.name ?? `<${term.iri}>`, term.label, uses(term), term.definition, from(word.start), word.cursor));
  if (word.text.includes(':') || word.text.startsWith('<')) return terms;
  return [...(await actorOffers(word, from)), ...terms];
}

async function actorOffers(word, from) {
  for (const find of [actorsWith, actorsMeant]) {
    for (const { name } of word.names) {
      const found = await find(name);
      const start = word.cursor.ch - name.length;
      if (found.length) return found.map((one) => offer(`<${one.iri}>`, one.label, one.type.replaceAll('-', ' '), one.iri, from(start), word.cursor));
    }
  }
  return [];
}

const uses = (term) => [term.scheme || term.kind, term.count === undefined ? '' : many('%(num)s use', '%(num)s uses', term.count)].filter(Boolean).join(' · ');

function offer(text, label, kind, more, from, to) {
  return {
    text,
    from,
    to,
    className: 'offer',
    render: (item) => {
      const short = text.startsWith('<');
      item.append(
        el('span', { class: 'offer-name' }, short ? label : text),
        short || text.endsWith(`:${label}`) ? '' : el('span', { class: 'offer-label' }, label),
        el('span', { class: 'offer-kind' }, kind),
        el('span', { class: 'offer-more' }, more),
      );
    },
  };
}

/** The completer as the editor wants it. */
export function completer() {
  let latest = [];
  return {
    name: 'comity',
    bulk: false,
    autoShow: false,
    isValidCompletionPosition: (editor) => offersAt(here(editor)),
    get: async (editor) => {
      await new Promise((done) => setTimeout(done, PAUSE));
      latest = await offers(editor);
      return latest.map((one) => one.text);
    },
    // The editor's own offers are bare texts; ours know their label and their place.
    postprocessHints: () => latest,
  };
}

/** Whether typing should bring up the list by itself. */
export function worthOffering(editor) {
  const word = here(editor);
  if (!offersAt(word)) return false;
  return (word.text.length > 1 || word.names.length > 0) && !/^[<\d]/.test(word.text) && !/^(FILTER|OPTIONAL|UNION|BIND|VALUES|MINUS|SELECT|WHERE|EXISTS|NOT|GRAPH)$/i.test(word.text);
}
