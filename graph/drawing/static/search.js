// Finds an actor by name: in the picture, or in the whole graph where a server answers.
import { data } from './data.js';
import { byId, el } from './dom.js';
import { change } from './state.js';
import { say } from './words.js';

const WAIT = 180;
let waiting = null;
// Names of actors outside the picture that the server suggested.
let suggested = new Map();

const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** The actor of the picture whose name fits best, or null. */
function inPicture(text) {
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

async function answered(path) {
  const answer = await fetch(`${data.base}${path}`, { headers: { Accept: 'application/json' } });
  return answer.ok ? (await answer.json()).items : [];
}

async function inGraph(text) {
  if (!data.served) return null;
  const known = suggested.get(plain(text));
  return known || (await answered(`/resolve?limit=1&name=${encodeURIComponent(text)}`))[0] || null;
}

async function suggest() {
  const text = byId('find').value.trim();
  if (!data.served || text.length < 2) return;
  const items = await answered(`/actors?limit=12&q=${encodeURIComponent(text)}`);
  suggested = new Map(items.map((item) => [plain(item.label), item]));
  const labels = new Set([...data.nodes.filter((node) => node.thing === 'actor').map((node) => node.label), ...items.map((item) => item.label)]);
  byId('actors').replaceChildren(...[...labels].map((label) => el('option', { value: label })));
}

/** Opens the actor that the search box names. */
export async function search() {
  const text = byId('find').value.trim();
  if (!text) return;
  const exact = suggested.get(plain(text));
  const node = inPicture(text);
  if (node && (!exact || exact.id === node.id)) return change({ chosen: { node: node.key }, told: -1, playing: false });
  const item = await inGraph(text);
  if (item) return change({ chosen: { outside: item }, told: -1, playing: false });
  byId('live').textContent = data.served ? say('No actor of that name.') : say('No actor of that name in this picture.');
  return null;
}

export function startSearch() {
  byId('find').addEventListener('change', search);
  byId('find').addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(suggest, WAIT);
  });
}
