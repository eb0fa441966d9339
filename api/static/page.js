// What every page has besides its text: the choice of colours.
import { isDark, startTheme } from '../comity/theme.js';
import { say } from '../comity/words.js';

document.documentElement.classList.add('js');

/** Pictures follow the button too, not the system alone. */
function choosePictures() {
  for (const source of document.querySelectorAll('source[data-dark]')) source.media = isDark() ? 'all' : 'not all';
}

startTheme(choosePictures);
choosePictures();

// Buttons that copy a citation or a command.
document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const name = button.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = say('Copied');
  } catch {
    button.textContent = button.dataset.copy;
    return;
  }
  setTimeout(() => {
    button.textContent = name;
  }, 2000);
});
