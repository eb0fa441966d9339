// Makes elements from plain data. Texts become text nodes: nothing here reads HTML.
import { say } from './words.js';

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
  if (!source) return say('document not named');
  if (!/^https?:\/\//.test(source.url)) return source.label;
  return el('a', { href: source.url, rel: 'noopener noreferrer', target: '_blank' }, source.label);
}

const MONTHS = [say('Jan'), say('Feb'), say('Mar'), say('Apr'), say('May'), say('Jun'), say('Jul'), say('Aug'), say('Sep'), say('Oct'), say('Nov'), say('Dec')];

/** A date of the data in words: 13 Sep 2022, Sep 2022, 2022, or one of two days. */
export function inWords(text) {
  if (!text) return say('date not known');
  if (text === '..') return say('still in force');
  if (text.includes('/')) return text.split('/').map(inWords).reduce((one, other) => say('%(one)s or %(other)s', { one, other }));
  const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(text) || [];
  if (!year) return text;
  if (!month) return year;
  const name = MONTHS[Number(month) - 1];
  return day ? say('%(day)s %(month)s %(year)s', { day: Number(day), month: name, year }) : say('%(month)s %(year)s', { month: name, year });
}

/** A day without its year, for an axis that says the year elsewhere: 13 Sep. */
export function inShort(text) {
  const [, , month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(text) || [];
  return month ? say('%(day)s %(month)s', { day: Number(day), month: MONTHS[Number(month) - 1] }) : text;
}

/** A month and its year: Sep 2022. */
export const inMonth = (text) => inWords(text.slice(0, 7));
