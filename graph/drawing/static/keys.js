// The keyboard. In the picture, one Tab stop, arrows move along lines, Enter opens, Escape
// comes back; elsewhere left and right step through the acts, and / finds an actor.
import { data, nodeOf } from './data.js';
import { byId } from './dom.js';
import { fit, placeOn } from './picture.js';
import { pause, stepBy } from './play.js';
import { change, state } from './state.js';
import { isStory, stepStory } from './telling.js';
import { say } from './words.js';

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };
const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
// Where the reader stands in the picture: the end of the line moved along last.
let standing = null;

function strongest(shown) {
  const strength = new Map();
  for (const edge of shown) for (const end of [edge.subject, edge.object]) strength.set(end, (strength.get(end) || 0) + edge.count);
  return [...strength].filter(([key]) => nodeOf.get(key).thing === 'actor').sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0];
}

/** The line from a node that leads best in a direction, with the node at its other end. */
function lineToward(shown, from, [x, y]) {
  const here = placeOn(from);
  let best = null;
  for (const edge of shown) {
    const end = edge.subject === from ? edge.object : edge.object === from ? edge.subject : null;
    if (!end) continue;
    const there = placeOn(end);
    const [dx, dy] = [there.x - here.x, there.y - here.y];
    const far = Math.hypot(dx, dy) || 1;
    const along = (dx * x + dy * y) / far;
    // Within 60 degrees; straight and near comes first, of parallel lines the one with most acts.
    if (along < 0.5) continue;
    const cost = far * (2 - along) - edge.count / 100;
    if (!best || cost < best.cost) best = { edge, end, cost };
  }
  return best;
}

function walk(shown, way) {
  pause();
  if (!nodeOf.has(standing) || !shown.some((one) => one.subject === standing || one.object === standing)) standing = null;
  const from = state.chosen?.node || standing;
  if (!from) {
    standing = strongest(shown);
    if (standing) change({ chosen: { node: standing }, told: -1 });
    return;
  }
  const found = lineToward(shown, from, way);
  if (!found) {
    byId('live').textContent = say('No line of %(name)s leads that way.', { name: nodeOf.get(from).label });
    return;
  }
  standing = found.end;
  change({ chosen: { edge: found.edge.key }, told: -1 });
}

function escape(event) {
  pause();
  const menu = document.querySelector('details#filters[open], details#export[open]');
  if (menu) {
    menu.open = false;
    menu.querySelector('summary').focus();
    return;
  }
  // From the panel back to the picture, with the line still chosen.
  if (byId('opened').contains(event.target) && !state.table) {
    byId('stage').focus();
    return;
  }
  byId('find').value = '';
  if (byId('find') === document.activeElement) byId('stage').focus();
  if (state.presenting && !state.chosen) change({ presenting: false });
  else if (state.chosen || state.told >= 0) change({ chosen: null, told: -1 });
  else fit();
}

/** `shown` gives the lines on the screen. */
export function startKeys(shown) {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inPicture = event.target === byId('stage');
    if (event.key === 'Escape') escape(event);
    else if (event.target.matches('input, select, textarea')) return;
    else if (event.key === '/') {
      event.preventDefault();
      byId('find').focus();
    } else if (inPicture && event.key === 'Enter') {
      if (!state.chosen) walk(shown(), WAYS.ArrowRight);
      byId('opened').focus();
    } else if (inPicture && event.key in WAYS) {
      event.preventDefault();
      walk(shown(), WAYS[event.key]);
    } else if (event.key in STEPS && isStory && !event.target.closest('.scroll, .sheet')) {
      event.preventDefault();
      stepStory(STEPS[event.key]);
    } else if (event.key in STEPS && data.acts.length && !event.target.closest('.scroll, .sheet')) {
      event.preventDefault();
      stepBy(STEPS[event.key]);
    }
  });
}
