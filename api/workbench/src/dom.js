// Makes elements from plain data. Texts become text nodes: nothing here reads HTML.
import { sayMany } from './words.js';

export const byId = (id) => document.getElementById(id);

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

/** A message for a number, written with commas: many('%(num)s row', '%(num)s rows', 10000). */
export const many = (one, several, number, values = {}) => sayMany(one, several, number, { num: number.toLocaleString('en'), ...values });

/** Words with a capital letter first. */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** A file for the user to keep. */
export function save(blob, name) {
  const address = URL.createObjectURL(blob);
  el('a', { href: address, download: name }).click();
  // The browser reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
