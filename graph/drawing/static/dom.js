// Makes elements from plain data. Texts become text nodes: nothing here reads HTML.

/** An element with attributes and children; children are elements or texts. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ''));
  return made;
}

export const byId = (id) => document.getElementById(id);

/** A link to a document; only web addresses become links. */
export function documentLink(source) {
  if (!source) return 'document not named';
  if (!/^https?:\/\//.test(source.url)) return source.label;
  return el('a', { href: source.url, rel: 'noopener noreferrer', target: '_blank' }, source.label);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A date of the data in words: 13 Sep 2022, Sep 2022, 2022, or one of two days. */
export function inWords(text) {
  if (!text) return 'date not known';
  if (text === '..') return 'still in force';
  if (text.includes('/')) return text.split('/').map(inWords).join(' or ');
  const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(text) || [];
  if (!year) return text;
  return [day && Number(day), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(' ');
}

/** A day without its year, for an axis that says the year elsewhere: 13 Sep. */
export function inShort(text) {
  const [, , month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(text) || [];
  return month ? `${Number(day)} ${MONTHS[Number(month) - 1]}` : text;
}

/** A month and its year: Sep 2022. */
export const inMonth = (text) => inWords(text.slice(0, 7));
