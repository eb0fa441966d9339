// Act by act: one step is one act, its line and its card; never a picture frame.
import { binOf, bins, hasActs, unit } from './data.js';
import { byId } from './dom.js';
import { change, state } from './state.js';
import { say, sayMany } from './words.js';

const PAUSE = 3600;
const BIN_PAUSE = 900;
// By what time goes on where there are no acts, and what the buttons beside it are called.
const BY = { day: say('by day'), week: say('by week'), month: say('by month'), year: say('by year') };
const BACK = { day: say('Previous day'), week: say('Previous week'), month: say('Previous month'), year: say('Previous year') };
const ON = { day: say('Next day'), week: say('Next week'), month: say('Next month'), year: say('Next year') };
let order = [];
let timer = null;

/** The acts to step through; a filter may have changed them. */
export function setOrder(acts) {
  order = acts;
  if (state.told >= order.length) state.told = order.length - 1;
  drawPlay();
}

export const stepText = () => (state.told >= 0 && order.length ? say('Act %(number)s of %(all)s', { number: state.told + 1, all: order.length }) : '');

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

/** Where there are no acts to step through, time itself: the handle goes on by a bin. */
function goToBin(place, playing) {
  const at = Math.min(bins.length - 1, Math.max(0, place));
  change({ until: bins[at].end, asOf: bins[at].end, playing });
  clearTimeout(timer);
  if (playing && at < bins.length - 1) timer = setTimeout(() => goToBin(at + 1, true), BIN_PAUSE);
  else if (playing) change({ playing: false });
}

export function stepBy(by) {
  if (!hasActs) return goToBin(binOf(state.until) + by, false);
  const at = state.told >= 0 ? state.told : order.indexOf(state.chosen?.act);
  return goTo(at < 0 ? (by > 0 ? 0 : order.length - 1) : at + by);
}

export function pause() {
  clearTimeout(timer);
  if (state.playing) change({ playing: false });
}

/** Plays from the act shown, or from the first. */
export function play() {
  if (!hasActs) return goToBin(binOf(state.until) === bins.length - 1 ? 0 : binOf(state.until) + 1, true);
  return goTo(state.told >= 0 && state.told < order.length - 1 ? state.told + 1 : 0, true);
}

export function drawPlay() {
  byId('play').textContent = state.playing ? say('Pause') : say('Play');
  if (!hasActs) {
    byId('count').textContent = BY[unit];
    for (const [id, names] of [['back', BACK], ['on', ON]]) byId(id).setAttribute('aria-label', names[unit]);
    byId('back').disabled = binOf(state.until) === 0;
    byId('on').disabled = binOf(state.until) === bins.length - 1;
    return;
  }
  byId('count').textContent = stepText() || sayMany('%(num)s act', '%(num)s acts', order.length);
  if (byId('follow')) byId('follow-count').textContent = sayMany('%(num)s act, in the order in which they were said', '%(num)s acts, in the order in which they were said', order.length);
  byId('back').disabled = !order.length || state.told === 0;
  byId('on').disabled = !order.length || state.told === order.length - 1;
  byId('play').disabled = !order.length;
  if (byId('follow')) byId('follow').disabled = !order.length;
}

export function startPlay() {
  byId('play').addEventListener('click', () => (state.playing ? pause() : play()));
  byId('follow')?.addEventListener('click', () => goTo(0, true));
  byId('back').addEventListener('click', () => stepBy(-1));
  byId('on').addEventListener('click', () => stepBy(1));
}
