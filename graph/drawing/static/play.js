// Act by act: one step is one act, its line and its card; never a picture frame.
import { byId } from './dom.js';
import { change, state } from './state.js';

const PAUSE = 3600;
let order = [];
let timer = null;

/** The acts to step through; a filter may have changed them. */
export function setOrder(acts) {
  order = acts;
  if (state.told >= order.length) state.told = order.length - 1;
  drawPlay();
}

export const stepText = () => (state.told >= 0 && order.length ? `Act ${state.told + 1} of ${order.length}` : '');

/** Acts told so far, the last one being the act shown. */
export const toldActs = () => order.slice(0, state.told + 1);

/** Goes to an act by its place in the order. */
export function goTo(place, playing = false) {
  if (!order.length) return;
  const told = Math.min(order.length - 1, Math.max(0, place));
  change({ told, playing, chosen: { act: order[told] } });
  clearTimeout(timer);
  if (!playing) return;
  if (told === order.length - 1) change({ playing: false });
  else timer = setTimeout(() => goTo(state.told + 1, true), PAUSE);
}

export function stepBy(by) {
  const at = state.told >= 0 ? state.told : order.indexOf(state.chosen?.act);
  goTo(at < 0 ? (by > 0 ? 0 : order.length - 1) : at + by);
}

export function pause() {
  clearTimeout(timer);
  if (state.playing) change({ playing: false });
}

/** Plays from the act shown, or from the first. */
export function play() {
  goTo(state.told >= 0 && state.told < order.length - 1 ? state.told + 1 : 0, true);
}

export function drawPlay() {
  byId('play').textContent = state.playing ? 'Pause' : 'Play';
  byId('count').textContent = stepText() || `${order.length} ${order.length === 1 ? 'act' : 'acts'}`;
  byId('follow-count').textContent = `${order.length} ${order.length === 1 ? 'act' : 'acts'}, in the order in which they were said`;
  byId('back').disabled = !order.length || state.told === 0;
  byId('on').disabled = !order.length || state.told === order.length - 1;
  byId('play').disabled = !order.length;
  byId('follow').disabled = !order.length;
}

export function startPlay() {
  byId('play').addEventListener('click', () => (state.playing ? pause() : play()));
  byId('follow').addEventListener('click', () => goTo(0, true));
  byId('back').addEventListener('click', () => stepBy(-1));
  byId('on').addEventListener('click', () => stepBy(1));
}
