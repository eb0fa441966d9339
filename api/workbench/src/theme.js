// The colours of the theme in use; the switch itself is the explorer's.

export { startTheme } from '../../../graph/drawing/static/theme.js';

/** The colours of the theme in use, by name. */
export function palette() {
  const style = getComputedStyle(document.documentElement);
  const names = ['ground', 'text', 'quiet', 'line', 'plus', 'minus', 'zero', 'node', 'party', 'accent'];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}
