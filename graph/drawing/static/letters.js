// Names of nodes and labels of lines, drawn at the places the server computed.
import { data, nodeOf, placeOf } from './data.js';
import { MARKS, styleOf } from './look.js';
import { curveAt } from './places.js';

const FAMILY = '"Noto Sans", system-ui, "Segoe UI", Helvetica, Arial, sans-serif';

const overlap = (a, b) => Math.abs(a[0] - b[0]) * 2 < a[2] + b[2] && Math.abs(a[1] - b[1]) * 2 < a[3] + b[3];

/** What a line's label says on a canvas; the narrow one has room for a number only. */
export function shortLabel(edge, canvas) {
  if (data.canvases[canvas].room) return edge.label;
  if (edge.relation !== 'stance') return edge.relation === 'obligation' ? '§' : '';
  return edge.count > 1 ? `×${edge.count}` : '';
}

/** A label in full, with its mark; `words` are those of a single act. */
function fullLabel(edge, words) {
  const mark = MARKS[styleOf(edge)];
  const label = words || edge.label;
  return mark && !label.startsWith(mark) ? `${mark} ${label}` : label;
}

/** The boxes of the labels to draw: those with a place, and those wanted in any case. */
export function labelBoxes(context, edges, canvas, wanted) {
  const size = data.canvases[canvas].line_text;
  const fixed = data.nodes.map((node) => node.places[canvas].name).filter(Boolean);
  const found = [];
  for (const edge of edges) {
    const isWanted = wanted.has(edge.key);
    const place = placeOf.get(edge.key)?.[canvas].box;
    if (!place && !isWanted) continue;
    const text = isWanted ? fullLabel(edge, wanted.get(edge.key)) : shortLabel(edge, canvas);
    if (!text) continue;
    context.font = `${isWanted ? 600 : 400} ${size}px ${FAMILY}`;
    const width = context.measureText(text).width + (isWanted ? 14 : 6);
    const at = place || curveAt(edge.key, canvas, 0.5);
    const room = data.canvases[canvas];
    const x = isWanted ? Math.min(Math.max(at[0], width / 2 + 2), room.width - width / 2 - 2) : at[0];
    let box = [x, at[1], Math.max(width, place && !isWanted ? place[2] : 0), size * (isWanted ? 1.55 : 1.3)];
    let shown = text;
    // A filter may have made the text longer than its place: then the number must do.
    if (place && !isWanted && width > place[2] + 4) {
      const others = [...fixed, ...found.map((one) => one.box)];
      if (others.some((other) => overlap(box, other))) {
        shown = `×${edge.count}`;
        box = [at[0], at[1], context.measureText(shown).width + 6, size * 1.3];
      }
    }
    found.push({ edge, text: shown, box, isWanted });
  }
  return found;
}

/** Draws line labels on small grounds, so that they stay legible where lines cross. */
export function drawLabels(context, labels, colours, canvas, isFaint) {
  const size = data.canvases[canvas].line_text;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const pass of [false, true]) {
    for (const { edge, text, box, isWanted } of labels) {
      // Labels of lines that recede would only be noise.
      if (isWanted !== pass || (isFaint(edge) && !isWanted)) continue;
      const [x, y, width, height] = box;
      const colour = colours[styleOf(edge)];
      context.fillStyle = isWanted ? colour : colours.ground;
      context.beginPath();
      context.roundRect(x - width / 2, y - height / 2, width, height, isWanted ? 6 : 4);
      context.globalAlpha = isWanted ? 1 : 0.86;
      context.fill();
      context.globalAlpha = 1;
      context.fillStyle = isWanted ? colours.ground : colour;
      const strong = isWanted || styleOf(edge) === 'plus' || styleOf(edge) === 'minus' || styleOf(edge) === 'half';
      context.font = `${strong ? 600 : 400} ${size}px ${FAMILY}`;
      context.fillText(text, x, y + 0.5, width - 2);
    }
  }
  context.globalAlpha = 1;
}

/** Draws the names of actors and the text in the event's box; a name without room of its
 * own only while it is wanted, below its mark. */
export function drawNames(context, colours, canvas, { isFaint, isHidden, chosen, wanted }) {
  const { text, event } = data.canvases[canvas];
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  for (const node of nodeOf.values()) {
    const place = node.places[canvas];
    if (isHidden(node)) continue;
    context.globalAlpha = isFaint(node) ? 0.3 : 1;
    if (node.lane === 'event') {
      const lines = data.eventLines;
      lines.forEach((line, number) => {
        const size = text * (number ? 0.86 : 0.96);
        context.font = `${number ? 400 : 600} ${size}px ${FAMILY}`;
        context.fillStyle = colours.text;
        const y = place.y + (number - (lines.length - 1) / 2) * text * 1.25;
        context.fillText(line, place.x, y + 0.5, event - 12);
      });
      continue;
    }
    const isParty = node.lane === 'first' || node.lane === 'second';
    if (!place.name && !wanted.has(node.key)) continue;
    const [x, y, width] = place.name || [place.x, place.y + place.radius + text * 0.8, 400];
    context.font = `${isParty || node.key === chosen ? 600 : 400} ${text * (isParty ? 1.12 : 1)}px ${FAMILY}`;
    context.strokeStyle = colours.ground;
    context.lineWidth = 4;
    context.strokeText(place.label, x, y + 0.5, width);
    context.fillStyle = colours.text;
    context.fillText(place.label, x, y + 0.5, width);
  }
  context.globalAlpha = 1;
}
