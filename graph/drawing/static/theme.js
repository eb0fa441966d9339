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
