// Places for the nodes of a network: springs and repulsion, worked out at once and always
// the same for the same network. Nothing moves on the screen, and nothing is random.

const ROUNDS = 300;
const TURN = Math.PI * (3 - Math.sqrt(5));
// Room that a node wants with its name, in pixels.
const ROOM = { width: 165, height: 100 };
const MARGIN = { width: 90, height: 40 };
const NAME_HEIGHT = 46;
const GAP = 14;

/**
 * Places by node, in pixels around the middle of the picture.
 * @param {Map<string, number>} widths of the names, by node
 * @param {[string, string][]} links
 * @param {{width: number, height: number}} box the picture is shaped like; many nodes
 *   take more room than it has, and the picture is then seen from further away
 */
export function places(widths, links, box) {
  const parts = components([...widths.keys()], links).map(({ nodes, pairs }) => arrange(nodes, pairs));
  const placed = stretch(shelves(parts, box.width / Math.max(1, box.height)), box);
  apart(placed, widths);
  return placed;
}

/** What hangs together, the largest first, each with its links once per pair. */
function components(nodes, links) {
  const near = new Map(nodes.map((node) => [node, new Set()]));
  for (const [from, to] of links) {
    if (from === to) continue;
    near.get(from).add(to);
    near.get(to).add(from);
  }
  const seen = new Set();
  const found = [];
  for (const start of [...nodes].sort()) {
    if (seen.has(start)) continue;
    const part = [start];
    seen.add(start);
    for (const node of part) {
      for (const other of [...near.get(node)].sort()) {
        if (!seen.has(other)) part.push(other);
        seen.add(other);
      }
    }
    // The best linked begin in the middle of a spiral, the others around them.
    part.sort((one, other) => near.get(other).size - near.get(one).size || (one < other ? -1 : 1));
    const index = new Map(part.map((node, at) => [node, at]));
    found.push({ nodes: part, pairs: part.flatMap((node, at) => [...near.get(node)].map((other) => [at, index.get(other)]).filter(([one, other]) => one < other)) });
  }
  return found.sort((one, other) => other.nodes.length - one.nodes.length);
}

/** One part by springs and repulsion, in a box of its own. */
function arrange(nodes, pairs) {
  const x = nodes.map((_, at) => Math.sqrt(at + 0.5) * Math.cos(at * TURN));
  const y = nodes.map((_, at) => Math.sqrt(at + 0.5) * Math.sin(at * TURN));
  const warm = Math.sqrt(nodes.length) * 0.2;
  for (let round = 0; round < ROUNDS; round += 1) step(x, y, pairs, warm * (1 - round / ROUNDS) ** 2 + 0.002);
  const side = Math.sqrt(nodes.length);
  const [width, height] = [ROOM.width * side, ROOM.height * side];
  return { nodes, x: within(x, width - ROOM.width), y: within(y, height - ROOM.height), width, height };
}

function step(x, y, pairs, limit) {
  const count = x.length;
  const dx = new Float64Array(count);
  const dy = new Float64Array(count);
  for (let one = 0; one < count; one += 1) {
    for (let other = one + 1; other < count; other += 1) {
      const ax = x[one] - x[other];
      const ay = y[one] - y[other];
      const push = 1 / (ax * ax + ay * ay + 0.01);
      dx[one] += ax * push;
      dy[one] += ay * push;
      dx[other] -= ax * push;
      dy[other] -= ay * push;
    }
  }
  for (const [one, other] of pairs) {
    const ax = x[other] - x[one];
    const ay = y[other] - y[one];
    const pull = Math.hypot(ax, ay);
    dx[one] += ax * pull;
    dy[one] += ay * pull;
    dx[other] -= ax * pull;
    dy[other] -= ay * pull;
  }
  for (let one = 0; one < count; one += 1) {
    const length = Math.hypot(dx[one], dy[one]) || 1;
    const move = Math.min(length, limit) / length;
    x[one] += dx[one] * move;
    y[one] += dy[one] * move;
  }
}

/** Values moved and stretched to lie around nought, as far apart as a size. */
function within(values, size) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const scale = high - low > 0.01 ? size / (high - low) : 0;
  return values.map((value) => (value - (low + high) / 2) * scale);
}

/** The parts in rows, as books on shelves: all of it about as wide as the picture. */
function shelves(parts, shape) {
  const area = parts.reduce((sum, part) => sum + part.width * part.height, 0);
  const most = Math.max(parts[0]?.width ?? 0, Math.sqrt(area * shape) * 1.1);
  const placed = new Map();
  let [left, top, tall] = [0, 0, 0];
  for (const part of parts) {
    if (left > 0 && left + part.width > most) [left, top, tall] = [0, top + tall, 0];
    tall = Math.max(tall, part.height);
    // What stands beside something taller stands in the middle of the row.
    const down = top + tall / 2;
    part.nodes.forEach((node, at) => placed.set(node, { x: left + part.width / 2 + part.x[at], y: down + part.y[at] }));
    left += part.width;
  }
  return placed;
}

/** All of it, stretched to the shape of the picture where it is smaller. */
function stretch(placed, { width, height }) {
  const all = [...placed.values()];
  const along = (name, size, margin) => {
    const values = all.map((place) => place[name]);
    const extent = Math.max(...values) - Math.min(...values);
    // A few nodes need not stand in the far corners.
    const wanted = Math.min(size - 2 * margin, extent * 2.5);
    within(values, Math.max(extent, wanted)).forEach((value, at) => {
      all[at][name] = value;
    });
  };
  if (all.length) {
    along('x', width, MARGIN.width);
    along('y', height, MARGIN.height);
  }
  return placed;
}

/** Moves nodes until no name lies on another. */
function apart(placed, widths) {
  const all = [...placed].map(([node, place]) => [place, widths.get(node)]);
  for (let round = 0; round < 80; round += 1) {
    let moved = false;
    for (let at = 0; at < all.length; at += 1) {
      for (let next = at + 1; next < all.length; next += 1) {
        const [[one, width], [other, wide]] = [all[at], all[next]];
        const over = (width + wide) / 2 + GAP - Math.abs(one.x - other.x);
        const under = NAME_HEIGHT + GAP - Math.abs(one.y - other.y);
        if (over <= 0 || under <= 0) continue;
        moved = true;
        const axis = over < under ? 'x' : 'y';
        const by = (Math.min(over, under) / 2 + 0.5) * (one[axis] < other[axis] ? -1 : 1);
        one[axis] += by;
        other[axis] -= by;
      }
    }
    if (!moved) return;
  }
}
