// Reads N-Triples, https://www.w3.org/TR/n-triples/, into the terms of SPARQL's JSON.

const TERM = /<([^>]*)>|_:([^\s<"]+)|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?/y;
const ESCAPES = { t: '\t', b: '\b', n: '\n', r: '\r', f: '\f' };

/** One row with subject, predicate and object for every line. */
export function readTriples(text) {
  const rows = [];
  for (const line of text.split('\n')) {
    const terms = [];
    TERM.lastIndex = 0;
    for (let match = TERM.exec(line); match && terms.length < 3; match = TERM.exec(line)) {
      terms.push(term(match));
      while (line[TERM.lastIndex] === ' ') TERM.lastIndex += 1;
    }
    if (terms.length === 3) rows.push({ subject: terms[0], predicate: terms[1], object: terms[2] });
  }
  return rows;
}

function term([, iri, blank, literal, language, datatype]) {
  if (iri !== undefined) return { type: 'uri', value: plain(iri) };
  if (blank !== undefined) return { type: 'bnode', value: blank };
  return { type: 'literal', value: plain(literal), ...(language && { 'xml:lang': language }), ...(datatype && { datatype }) };
}

function plain(text) {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, letter) => (letter ? (ESCAPES[letter] ?? letter) : String.fromCodePoint(parseInt(four ?? eight, 16))));
}
