// The keyboard: arrows step through acts, Enter opens, / finds an actor, Escape closes.
import { data } from './data.js';
import { byId } from './dom.js';
import { fit } from './picture.js';
import { pause, stepBy } from './play.js';
import { change, state } from './state.js';

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function plain(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

/** The actor whose name fits best, or null. */
function found(text) {
  const wanted = plain(text);
  if (!wanted) return null;
  const names = (node) => [node.label, node.short, node.id, ...node.also].map(plain);
  const actors = data.nodes.filter((node) => node.thing === 'actor');
  return (
    actors.find((node) => names(node).includes(wanted)) ||
    actors.find((node) => names(node).some((name) => name.startsWith(wanted))) ||
    actors.find((node) => names(node).some((name) => name.includes(wanted))) ||
    null
  );
}

function search(event) {
  const node = found(byId('find').value);
  if (node) change({ chosen: { node: node.key }, told: -1, playing: false });
  else if (event.type === 'keydown' && byId('find').value) byId('live').textContent = 'No actor of that name in this picture.';
}

function close() {
  pause();
  byId('filters').open = false;
  byId('find').value = '';
  if (byId('find') === document.activeElement) byId('stage').focus();
  if (state.chosen || state.told >= 0) change({ chosen: null, told: -1 });
  else fit();
}

export function startKeys() {
  byId('find').addEventListener('change', search);
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches('input, select, textarea');
    if (event.key === 'Escape') close();
    else if (typing) {
      if (event.key === 'Enter' && event.target === byId('find')) search(event);
    } else if (event.key === '/') {
      event.preventDefault();
      byId('find').focus();
    } else if (event.target === byId('stage') && event.key === 'Enter') {
      if (!state.chosen) stepBy(1);
      byId('opened').focus();
    } else if (event.key in STEPS) {
      const scrolls = event.key === 'ArrowUp' || event.key === 'ArrowDown';
      if (scrolls && event.target !== byId('stage')) return;
      event.preventDefault();
      stepBy(STEPS[event.key]);
    }
  });
}
