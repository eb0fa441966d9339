// What every page has besides its text: the choice of colours.
import { startTheme } from '../comity/theme.js';
import { say } from '../comity/words.js';

document.documentElement.classList.add('js');
startTheme(() => {});

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
