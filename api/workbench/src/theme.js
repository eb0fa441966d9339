// Light and dark: the system's choice, until the button is used.
import { byId } from './dom.js';

const system = window.matchMedia('(prefers-color-scheme: dark)');

const isDark = () => (document.documentElement.dataset.theme || (system.matches ? 'dark' : 'light')) === 'dark';

/** Starts the button; `repaint` is called when colours change. */
export function startTheme(repaint) {
  const button = byId('theme');
  const name = () => {
    // The button says what it does, not what is.
    button.textContent = isDark() ? 'Light colours' : 'Dark colours';
  };
  button.addEventListener('click', () => {
    document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
    name();
    repaint();
  });
  system.addEventListener('change', () => {
    name();
    repaint();
  });
  name();
}

/** The colours of the theme in use, by name. */
export function palette() {
  const style = getComputedStyle(document.documentElement);
  const names = ['ground', 'text', 'quiet', 'line', 'plus', 'minus', 'zero', 'node', 'party', 'accent'];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}
