// Where things stand on a canvas, and what lies under a point of it.
import { data, nodeOf, placeOf } from './data.js';
import { distance } from './hull.js';

// How far beside a line a click still means it.
const NEAR = 6;

/** The curve of a line at t, as vis-network bends it. */
export function curveAt(key, canvas, t) {
  const [subject, object] = key.split('|');
  const a = nodeOf.get(subject).places[canvas];
  const b = nodeOf.get(object).places[canvas];
  const bend = placeOf.get(key)?.[canvas].bend || 0;
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const angle = Math.atan2(a.y - b.y, b.x - a.x) + (bend * Math.PI) / 2;
  const reach = (0.5 + 0.5 * Math.abs(bend)) * length;
  const via = [a.x + reach * Math.cos(angle), a.y - reach * Math.sin(angle)];
  const rest = 1 - t;
  return [0, 1].map((i) => rest * rest * [a.x, a.y][i] + 2 * rest * t * via[i] + t * t * [b.x, b.y][i]);
}

const within = (box, [x, y]) => Boolean(box) && Math.abs(x - box[0]) * 2 <= box[2] && Math.abs(y - box[1]) * 2 <= box[3];

function isOnNode(node, canvas, [x, y]) {
  const { event, event_height: height } = data.canvases[canvas];
  const place = node.places[canvas];
  if (node.lane === 'event') return within([place.x, place.y, event, height], [x, y]);
  return Math.hypot(x - place.x, y - place.y) <= place.radius + 3 || within(place.name, [x, y]);
}

function isOnLine(key, canvas, [x, y]) {
  const spots = Array.from({ length: 13 }, (_, step) => curveAt(key, canvas, step / 12)).map(([a, b]) => ({ x: a, y: b }));
  return spots.slice(1).some((spot, at) => distance({ x, y }, spots[at], spot) <= NEAR);
}

/** The node or line under a point, in units of the canvas: marks, then labels, then lines. */
export function thingAt(point, canvas, nodes, edges) {
  const node = nodes.find((one) => isOnNode(one, canvas, point));
  if (node) return { node: node.key };
  const edge = edges.find((one) => within(placeOf.get(one.key)?.[canvas].box, point)) || edges.find((one) => isOnLine(one.key, canvas, point));
  return edge ? { edge: edge.key } : null;
}

/** Where a point of the window is on a canvas that lies in an element, and the way back into it. */
export function placedIn(element, canvas) {
  const { width, height } = data.canvases[canvas];
  const box = element.getBoundingClientRect();
  const scale = Math.min(box.width / width, box.height / height);
  return {
    toCanvas: (x, y) => [(x - box.x - box.width / 2) / scale + width / 2, (y - box.y - box.height / 2) / scale + height / 2],
    toElement: (x, y) => [box.width / 2 + (x - width / 2) * scale, box.height / 2 + (y - height / 2) * scale],
  };
}
