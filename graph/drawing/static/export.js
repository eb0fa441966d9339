// What leaves the page: files of the view, its address, its curl.
import { dataAddress, pictureAddress, viewAddress } from './address.js';
import { byId } from './dom.js';
import { say } from './words.js';

async function copy(text) {
  let said = say('Copied.');
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    said = say('Copy this: %(text)s', { text });
  }
  byId('live').textContent = said;
  byId('copied').textContent = said;
  byId('copied').hidden = false;
  setTimeout(() => {
    byId('copied').hidden = true;
  }, 4000);
}

export const curl = (format = '') => `curl '${dataAddress(format)}'`;

/** Brings every link of the menus to the state of the page. */
export function drawLinks() {
  for (const link of document.querySelectorAll('[data-picture]')) link.href = pictureAddress(link.dataset.picture);
  for (const link of document.querySelectorAll('[data-network]')) link.href = dataAddress(link.dataset.network);
  for (const link of document.querySelectorAll('[data-way]')) {
    link.href = viewAddress({ [link.dataset.way]: link.dataset.value, select: '' });
    link.toggleAttribute('aria-current', link.dataset.value === link.dataset.now);
  }
  const full = byId('full-view');
  if (full) full.href = viewAddress({ embed: '' });
  const now = byId('known-now');
  if (now) now.href = viewAddress({ known_at: '' });
}

export function startExport(asked) {
  for (const link of document.querySelectorAll('[data-way]')) link.dataset.now = asked[link.dataset.way];
  byId('copy-curl').addEventListener('click', () => copy(curl()));
  byId('copy-link').addEventListener('click', () => copy(location.href));
  for (const menu of document.querySelectorAll('details#filters, details#export')) {
    document.addEventListener('click', (event) => {
      // A redraw may have taken the clicked element out of the page.
      if (menu.open && event.target.isConnected && !menu.contains(event.target)) menu.open = false;
    });
  }
}
