// A hull around the members of a bloc: one band along the shortest tree that joins them, so
// that it runs past others and does not swallow them.

// What a line costs for each stranger that it runs over; the same as graph/drawing/hull.py.
const OVER = 400;
const ROOM = 34;

/** How far a point is from the line between two others. */
export function distance(point, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = Math.min(1, Math.max(0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(point.x - a.x - along * dx, point.y - a.y - along * dy);
}

/** The lines of the shortest tree between some points, by Prim, around strangers where it can. */
export function treeOf(points, strangers) {
  const far = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) + OVER * strangers.filter((one) => distance(one, a, b) < ROOM).length;
  const rest = points.slice(1);
  const done = points.slice(0, 1);
  const lines = [];
  while (rest.length) {
    let best = [0, 0, Infinity];
    done.forEach((from, i) => rest.forEach((to, j) => (far(from, to) < best[2] ? (best = [i, j, far(from, to)]) : 0)));
    const [to] = rest.splice(best[1], 1);
    lines.push([done[best[0]], to]);
    done.push(to);
  }
  return lines;
}

function trace(context, points, strangers) {
  context.beginPath();
  for (const { x, y } of points) {
    context.moveTo(x, y);
    context.lineTo(x + 0.01, y);
  }
  for (const [from, to] of treeOf(points, strangers)) {
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
  }
}

/** Draws the band below everything else; a dark rim, a light inside. */
export function drawHull(context, points, strangers, [rim, inside]) {
  if (!points.length) return;
  const wide = Math.max(...points.map((one) => one.radius)) * 2 + 22;
  context.save();
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const [width, colour] of [[wide, rim], [wide - 3, inside]]) {
    context.lineWidth = width;
    context.strokeStyle = colour;
    trace(context, points, strangers);
    context.stroke();
  }
  context.restore();
}
