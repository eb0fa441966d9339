// Where in a SPARQL text the cursor stands: subject, predicate, object, or elsewhere.
// A small walk over the tokens; it goes on after what a strict parser stops at, which is
// what somebody types who wants a completion.

const TOKEN = /(?<skip>\s+|#[^\n]*)|(?<iri><[^<>"{}|^`\\\s]*>)|(?<string>"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')(?:@[\w-]+|\^\^(?:<[^>]*>|[\w-]*:[\w-]*))?|(?<variable>[?$]\w+)|(?<pname>[\w-]*:[\w.-]*[\w-]|[\w-]*:)|(?<number>[+-]?\d[\d.eE]*)|(?<word>[\p{L}_][\p{L}\p{N}_]*)|(?<other>.)/gsu;
const PATTERNS = /^(OPTIONAL|UNION|MINUS|WHERE|GRAPH|SERVICE|SELECT|DISTINCT|REDUCED|CONSTRUCT|ASK|DESCRIBE|ORDER|GROUP|BY|HAVING|LIMIT|OFFSET|AS|FROM|NAMED|PREFIX|BASE|UNDEF|ASC|DESC)$/i;
const MOST_WORDS = 4;
const NEXT = { subject: 'predicate', predicate: 'object' };

/**
 * What may stand at the end of a text.
 * @returns {{slot: string, predicate: string}} slot is subject, predicate, object, any (in
 *   an expression or a list of values), or none; predicate is the one before, as written.
 */
export function position(before) {
  let slot = 'none';
  let predicate = '';
  let values = false;
  const round = [];
  const curly = [];
  for (const { groups } of before.matchAll(TOKEN)) {
    const { skip, word, other } = groups;
    if (skip) continue;
    if (word && /^(FILTER|BIND|EXISTS|NOT|IN)$/i.test(word)) continue;
    if (word && /^VALUES$/i.test(word)) {
      values = true;
      slot = 'none';
    } else if (word && PATTERNS.test(word)) {
      slot = 'none';
    } else if (other === '{') {
      curly.push(values);
      slot = values ? 'any' : 'subject';
      values = false;
    } else if (other === '}') {
      curly.pop();
      slot = curly.length ? 'subject' : 'none';
    } else if (other === '(') {
      round.push(slot);
      slot = slot === 'predicate' ? 'predicate' : curly.length && !values ? 'any' : 'none';
    } else if (other === ')') {
      const outside = round.pop() ?? 'none';
      slot = slot === 'object' && outside === 'predicate' ? 'object' : outside;
    } else if (other === '[') slot = 'predicate';
    else if (other === '.') slot = curly.length ? 'subject' : 'none';
    else if (other === ';') slot = 'predicate';
    else if (other === ',' && slot !== 'any') slot = 'object';
    else if ((other === '/' || other === '|' || other === '^') && slot === 'object') slot = 'predicate';
    else if (!other && slot in NEXT) {
      if (slot === 'predicate') predicate = groups.iri ?? groups.pname ?? word ?? '';
      slot = NEXT[slot];
    } else if (!other && slot === 'object') slot = 'done';
  }
  return { slot, predicate };
}

/** The word that the cursor stands behind, and where it begins; null in a string or comment. */
export function wordBefore(line, before) {
  if (/^[^"']*#(?![^<\s]*>)[^>]*$/.test(line) || (line.match(/(?<!\\)"/g) ?? []).length % 2) return null;
  const [text] = /(?:<[^<>"{}|^`\\\s]*|[\p{L}\p{N}_:][\p{L}\p{N}_:'’.-]*)?$/u.exec(line);
  const start = line.length - text.length;
  if ('?$@\\'.includes(line[start - 1] ?? ' ')) return null;
  return { text, start, ...position(before.slice(0, before.length - text.length)) };
}

/** The last words of a line that may be one name, longest first: "South Os", "Os". */
export function namesBefore(line) {
  const [whole] = /(?<![\p{L}\p{N}_:?$@<>.'’-])(?:[\p{L}][\p{L}\p{N}'’.-]* )*[\p{L}][\p{L}\p{N}'’.-]*$/u.exec(line) ?? [''];
  const words = whole ? whole.split(' ') : [];
  return words.slice(-MOST_WORDS).map((_, at, last) => last.slice(at).join(' '));
}
