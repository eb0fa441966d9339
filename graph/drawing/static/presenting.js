// Presenting: the view fills the screen, with letters for a room.
import { byId } from './dom.js';
import { change, state } from './state.js';
import { say } from './words.js';

export function drawPresenting() {
  document.documentElement.classList.toggle('presenting', state.presenting);
  byId('present').setAttribute('aria-pressed', String(state.presenting));
  byId('present').textContent = state.presenting ? say('Stop presenting') : say('Present');
}

export function startPresenting() {
  byId('present').addEventListener('click', async () => {
    const presenting = !state.presenting;
    change({ presenting });
    // Some frames may not fill the screen; large letters they can have.
    if (presenting) await document.documentElement.requestFullscreen?.().catch(() => {});
    else if (document.fullscreenElement) await document.exitFullscreen();
  });
  document.addEventListener('fullscreenchange', () => {
    if (!document.fullscreenElement && state.presenting) change({ presenting: false });
  });
}
