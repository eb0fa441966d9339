// Light and dark: the system's choice, until the button is used; then kept for all pages.
import { byId } from './dom.js';
import { say } from './words.js';

// `early.js` reads it before the first paint.
const THEME_KEY = 'comity-theme';

const system = window.matchMedia('(prefers-color-scheme: dark)');

/** Whether the page is dark now. */
export const isDark = () => (document.documentElement.dataset.theme || (system.matches ? 'dark' : 'light')) === 'dark';

/** Starts the button; `repaint` is called when colours change. */
export function startTheme(repaint) {
  const button = byId('theme');
  const name = () => {
    // The button says what it does, not what is.
    button.textContent = isDark() ? say('Light colours') : say('Dark colours');
  };
  button.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem(THEME_KEY, theme);
    } catch {
      // A page in a sandboxed frame may keep nothing; its own colours change all the same.
    }
    name();
    repaint();
  });
  system.addEventListener('change', () => {
    name();
    repaint();
  });
  name();
}
