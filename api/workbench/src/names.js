// Short names: prefixes for terms, labels and pages for things. The server knows both.
import { at, config } from './config.js';

const AT_ONCE = 500;
const known = new Map();
const namespaces = Object.entries(config.prefixes).sort(([, one], [, other]) => other.length - one.length);

/** An IRI with a prefix of the project, or null. */
function curie(iri) {
  for (const [prefix, namespace] of namespaces) {
    if (iri.startsWith(namespace) && /^[A-Za-z_][\w-]*$/.test(iri.slice(namespace.length))) return `${prefix}:${iri.slice(namespace.length)}`;
  }
  return null;
}

/** Whether an IRI is one that this project gives. */
const isThing = (iri) => iri.startsWith(config.things);

/** What is known of an IRI: label, type, and the address of its page, where it has one. */
export function nameOf(iri) {
  const found = known.get(iri);
  if (found) return found;
  const short = curie(iri) ?? (isThing(iri) ? iri.slice(config.things.length) : iri);
  return { label: short, type: '', url: /^https?:\/\//i.test(iri) && !isThing(iri) && short === iri ? iri : null };
}

/** Asks the server for the names of things that are not known yet. */
export async function learn(iris) {
  const asked = [...new Set(iris)].filter((iri) => isThing(iri) && !known.has(iri));
  for (let from = 0; from < asked.length; from += AT_ONCE) {
    const answer = await fetch(at('/workbench/names'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ iris: asked.slice(from, from + AT_ONCE) }),
    });
    // Without names the table shows ids, which is true too.
    if (!answer.ok) return;
    for (const [iri, name] of Object.entries((await answer.json()).names)) known.set(iri, name);
  }
}
