// The words that scripts say, in the language of the page: the same as graph/drawing/words.py.
// English needs no list; a translated page carries one in an element of its own.

const element = document.getElementById('words');
const { messages, plural } = element ? JSON.parse(element.textContent) : { messages: {}, plural: '' };

const filled = (text, values) => text.replace(/%\((\w+)\)s|%%/g, (found, name) => (name ? String(values[name]) : '%'));

/** A message with its places filled: say('%(many)s of %(all)s', { many, all }). */
export function say(message, values = null) {
  const text = messages[message] ?? message;
  return values ? filled(text, values) : text;
}

/** The form of a message for a number, which fills its place `num`. */
export function sayMany(one, many, num, values = {}) {
  const forms = messages[one];
  // Rules of plurals are given for the numbers below 200; above, the last two digits tell, but
  // for whole millions, which come last.
  const at = num < 200 ? num : num % 1e6 ? 100 + (num % 100) : 200;
  const text = forms ? forms[plural[at]] : num === 1 ? one : many;
  return filled(text, { num, ...values });
}
