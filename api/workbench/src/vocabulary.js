// The terms that the editor offers: classes, properties and concepts of the ontology, how
// often the graph uses them, and actors by name. All from this server.
import { at } from './config.js';

let terms = [];
const byName = new Map();
const actors = new Map();

/** Reads the terms; called once. Without them the editor works, only without completion. */
export async function loadTerms() {
  const answer = await fetch(at('/workbench/terms'));
  if (!answer.ok) return;
  terms = (await answer.json()).terms;
  for (const term of terms) {
    byName.set(`<${term.iri}>`, term);
    if (term.name) byName.set(term.name, term);
  }
}

/** The term written so (`comity:kind` or `<https://...>`), or undefined. */
export const termOf = (written) => byName.get(written);

/** What is said of an IRI in the ontology, or "". */
export const definitionOf = (iri) => byName.get(`<${iri}>`)?.definition ?? '';

/**
 * Terms that fit a word at a place, best first.
 * @param {string} word as far as it is typed
 * @param {{slot: string, predicate: string}} place
 */
export function fittingTerms(word, { slot, predicate }) {
  const wanted = (word.startsWith('<') ? word.slice(1) : word).toLowerCase();
  const named = termOf(predicate);
  const isType = predicate === 'a' || predicate === 'rdf:type';
  const allowed = (term) => {
    if (slot === 'predicate') return term.kind === 'property';
    if (slot === 'object' && isType) return term.kind === 'class';
    if (slot === 'object' && named?.scheme) return term.scheme === named.scheme && term.kind === 'concept';
    if (slot === 'object') return term.kind === 'concept' && !/^(cameo|plover)$/.test(term.scheme);
    return slot === 'any';
  };
  const found = [];
  for (const term of terms) {
    const score = allowed(term) ? likeness(term, wanted) : 0;
    if (score) found.push([score + Math.log10(1 + (term.count ?? 0)) / 10, term]);
  }
  return found.sort((one, other) => other[0] - one[0] || (one[1].iri < other[1].iri ? -1 : 1)).map(([, term]) => term);
}

function likeness(term, wanted) {
  if (!wanted) return 1;
  const name = (term.name ?? term.id ?? '').toLowerCase();
  const label = term.label.toLowerCase();
  if (name === wanted || label === wanted) return 5;
  if (name.startsWith(wanted)) return 4;
  if (name.slice(name.indexOf(':') + 1).startsWith(wanted) || label.startsWith(wanted)) return 3;
  if (label.split(/[\s-]+/).some((part) => part.startsWith(wanted))) return 2;
  return wanted.length > 2 && (name.includes(wanted) || term.iri.toLowerCase().includes(wanted)) ? 1 : 0;
}

/** Whether actors may stand where a property points. */
export function takesActors({ slot, predicate }) {
  if (slot === 'subject' || slot === 'any') return true;
  if (slot !== 'object' || predicate === 'a' || predicate === 'rdf:type') return false;
  const named = termOf(predicate);
  return !named || named.kind !== 'property' || (named.to_things && !named.scheme);
}

const SHORTEST_GUESS = 4;

async function items(path) {
  const answer = await fetch(at(path));
  // What a busy server refuses is no empty list: `once` asks for it again.
  if (!answer.ok) throw new Error(`${answer.status} at ${path}`);
  return (await answer.json()).items;
}

/** Asks once for each text; a failure is no answer, and is asked again. */
function once(kind, text, ask) {
  const key = `${kind} ${text.toLowerCase()}`;
  if (!actors.has(key)) {
    actors.set(
      key,
      ask().catch(() => {
        actors.delete(key);
        return [];
      }),
    );
  }
  return actors.get(key);
}

/** Actors whose name holds a text: those whose name begins with it first, then the shorter. */
export const actorsWith = (text) =>
  once('with', text, async () => {
    const begins = (one) => (one.label.toLowerCase().startsWith(text.toLowerCase()) ? 0 : 1);
    return (await items(`/actors?q=${encodeURIComponent(text)}&limit=12`)).sort((one, other) => begins(one) - begins(other) || one.label.length - other.label.length);
  });

/** Actors that a misspelt name may mean. */
export const actorsMeant = (text) => (text.length < SHORTEST_GUESS ? Promise.resolve([]) : once('meant', text, () => items(`/resolve?name=${encodeURIComponent(text)}`)));

/** Actors for a field: by part of the name, else by what it may mean. */
export async function actorsLike(text) {
  const found = await actorsWith(text);
  return found.length ? found : actorsMeant(text);
}
