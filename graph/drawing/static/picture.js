// The picture: vis-network draws nodes and lines at fixed places, this module decides
// which ones, how strong, and what a click means. Until it is there, the picture of the server
// stands in its place and takes the clicks.
import { data, nodeOf, placeOf } from './data.js';
import { byId } from './dom.js';
import { drawHull } from './hull.js';
import { lensGroups } from './lens.js';
import { drawLabels, drawNames, labelBoxes } from './letters.js';
import { dashesOf, mix, palette, styleOf, widthOf } from './look.js';
import { placedIn, thingAt } from './places.js';
import { state } from './state.js';

let nodes = null;
let lines = null;
let network = null;
let canvas = 'wide';
let colours = palette();
let edges = [];
let labels = null;
let tied = new Set();
let focus = { edges: null, nodes: null, wanted: new Map(), named: new Set() };
let framed = [];
let isDragged = false;
// Of more lines than this none is drawn while the picture is dragged, so that it follows the hand.
const TOO_MANY = 1000;

export const canvasInUse = () => canvas;

/** Where a node stands on the canvas in use. */
export const placeOn = (key) => nodeOf.get(key).places[canvas];

/** Starts the picture of the server. `choose` is called with {edge}, {node} or null. */
export function startPicture(choose) {
  byId('paper').addEventListener('click', ({ clientX, clientY }) => {
    const point = placedIn(byId('paper'), canvas).toCanvas(clientX, clientY);
    choose(thingAt(point, canvas, data.nodes.filter((node) => !isHidden(node)), edges));
  });
  byId('whole').addEventListener('click', fit);
  fit();
}

/** Draws in its place, by vis-network. */
export function drawNetwork(vis, choose) {
  const colourOf = lensColours();
  nodes = renewing(new vis.DataSet(data.vis.nodes.map((node) => ({ ...node, label: undefined, ...nodeLook(nodeOf.get(node.id), colourOf) }))));
  lines = renewing(new vis.DataSet(edges.map(lineLook)));
  network = new vis.Network(byId('canvas'), { nodes: nodes.set, edges: lines.set }, { ...data.vis.options, interaction: interaction(), autoResize: false });
  // The stage is the one Tab stop; what vis-network makes focusable lies in it.
  byId('canvas').querySelector('.vis-network').removeAttribute('tabindex');
  network.on('beforeDrawing', drawGroups);
  network.on('afterDrawing', (context) => {
    labels ||= labelBoxes(context, edges, canvas, focus.wanted);
    if (!(isDragged && hasMany())) drawLabels(context, labels, colours, canvas, (edge) => isFaint(edge));
    drawNames(context, colours, canvas, { isFaint: (node) => focus.nodes && !focus.nodes.has(node.key), isHidden, chosen: state.chosen?.node, wanted: focus.named });
  });
  network.on('click', (event) => choose(hit(event.pointer.canvas, event)));
  network.on('hoverEdge', (event) => point(event.edge));
  network.on('blurEdge', () => point(null));
  network.on('hoverNode', () => setCursor('pointer'));
  network.on('blurNode', () => setCursor(''));
  network.on('dragStart', () => {
    isDragged = true;
  });
  network.on('dragEnd', moved);
  network.on('zoom', moved);
  refit();
  new ResizeObserver(refit).observe(byId('stage'));
  document.documentElement.classList.add('drawn');
}

/** A data set that is told only what is new: vis-network works through all that it is given. */
function renewing(set) {
  const known = new Map();
  return {
    set,
    update(items) {
      const news = items.filter((item) => {
        const text = JSON.stringify(item);
        const isNew = known.get(item.id) !== text;
        known.set(item.id, text);
        return isNew;
      });
      if (news.length) set.update(news);
    },
    keep(keys) {
      const gone = set.getIds().filter((id) => !keys.has(id));
      for (const id of gone) known.delete(id);
      if (gone.length) set.remove(gone);
    },
  };
}

const hasMany = () => data.ties.length > TOO_MANY;

const interaction = () => ({ ...data.vis.options.interaction, dragView: canvas !== 'narrow', zoomView: canvas !== 'narrow', hideEdgesOnDrag: hasMany(), hideEdgesOnZoom: hasMany() });

const isFaint = (edge) => focus.edges && !focus.edges.has(edge.key);

function setCursor(name) {
  byId('canvas').style.cursor = name;
}

function moved() {
  isDragged = false;
  byId('whole').hidden = false;
}

function point(key) {
  state.pointed = key;
  setCursor(key ? 'pointer' : '');
  highlight(focus.edges, focus.nodes, focus.asked);
}

/** Labels first, since they lie on top; then nodes, then the nearest line. */
function hit({ x, y }, event) {
  const label = labels?.find(({ box }) => Math.abs(x - box[0]) * 2 <= box[2] && Math.abs(y - box[1]) * 2 <= box[3]);
  if (label && !event.nodes.length) return { edge: label.edge.key };
  if (event.nodes.length) return { node: event.nodes[0] };
  return event.edges.length ? { edge: event.edges[0] } : null;
}

/** The hulls of the lens, below lines and marks. */
function drawGroups(context) {
  for (const { colour, keys } of lensGroups()) {
    const within = new Set(keys);
    const visible = data.nodes.filter((node) => !isHidden(node));
    const placed = (isIn) => visible.filter((node) => within.has(node.key) === isIn).map((node) => node.places[canvas]);
    drawHull(context, placed(true), placed(false), [mix(colours[colour], colours.ground, 0.45), mix(colours[colour], colours.ground, 0.84)]);
  }
}

/** A node nobody asked for and without a line is not in the answer of /network either. */
const isHidden = (node) => !node.asked && node.key !== data.event && !tied.has(node.key);

/** Puts the whole network into the stage, on the canvas that suits its shape. */
export function fit() {
  const stage = byId('stage');
  const width = stage.clientWidth;
  const height = stage.clientHeight;
  if (!width || !height) return;
  canvas = width < 620 ? 'narrow' : state.presenting ? 'large' : 'wide';
  byId('whole').hidden = true;
  if (!network) return;
  const isOther = network.placed !== canvas;
  network.placed = canvas;
  if (isOther) {
    network.setOptions({ interaction: interaction() });
    paint();
  }
  const size = data.canvases[canvas];
  network.setSize(`${width}px`, `${height}px`);
  network.redraw();
  network.moveTo({ position: { x: size.width / 2, y: size.height / 2 }, scale: Math.min(width / size.width, height / size.height), animation: false });
}

const MARGIN = 125;

/** Moves the picture to some actors, by id; none for the whole. */
export function frame(ids) {
  framed = ids;
  const spots = ids.map((id) => nodeOf.get(`actor/${id}`)).filter(Boolean).map((node) => node.places[canvas]);
  if (!spots.length || canvas === 'narrow') return fit();
  const stage = byId('stage');
  if (!network || !stage.clientWidth || !stage.clientHeight) return null;
  const [xs, ys] = [spots.map((one) => one.x), spots.map((one) => one.y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const whole = Math.min(stage.clientWidth / data.canvases[canvas].width, stage.clientHeight / data.canvases[canvas].height);
  const near = Math.min(stage.clientWidth / (right - left + 2 * MARGIN), stage.clientHeight / (bottom - top + 2 * MARGIN));
  const animation = window.matchMedia('(prefers-reduced-motion: reduce)').matches ? false : { duration: 500, easingFunction: 'easeInOutQuad' };
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(whole, Math.min(near, whole * 1.7)), animation });
  byId('whole').hidden = false;
  return null;
}

/** The stage has another size: the frame of a story stays, else all of it is shown. */
function refit() {
  fit();
  if (framed.length) frame(framed);
}

/** Takes these lines and no others; `highlight` paints them. */
export function show(wanted) {
  edges = wanted;
  tied = new Set(edges.flatMap((edge) => [edge.subject, edge.object]));
  lines?.keep(new Set(edges.map((edge) => edge.key)));
}

/** Keeps some lines and nodes in front; null for all. `asked`: lines to label in
 * any case, with the words to use where they are a single act's. */
export function highlight(kept, keptNodes, asked) {
  const wanted = new Map(asked || []);
  if (state.pointed && !wanted.has(state.pointed)) wanted.set(state.pointed, '');
  const named = new Set(edges.filter((edge) => wanted.has(edge.key)).flatMap((edge) => [edge.subject, edge.object]));
  if (state.chosen?.node) named.add(state.chosen.node);
  focus = { edges: kept, nodes: keptNodes, wanted, asked, named };
  paint();
}

/** Takes the colours of the theme in use. */
export function repaint() {
  colours = palette();
  paint();
}

/** Brings vis-network to the state of the page, and has it draw once. */
function paint() {
  labels = null;
  if (!network) return;
  const colourOf = lensColours();
  nodes.update(data.nodes.map((node) => nodeLook(node, colourOf)));
  lines.update(edges.map(lineLook));
  network.body.emitter.emit('_requestRedraw');
}

function lineLook(edge) {
  const style = styleOf(edge);
  const bend = placeOf.get(edge.key)?.[canvas].bend || 0;
  const faint = isFaint(edge);
  const strong = focus.wanted.has(edge.key);
  const isQuiet = style === 'zero' || style === 'none';
  return {
    id: edge.key,
    from: edge.subject,
    to: edge.object,
    width: widthOf(edge) * (canvas === 'narrow' ? 0.75 : 1) + (strong ? 1.6 : 0),
    dashes: dashesOf(style),
    color: { color: colours[style], hover: colours[style], highlight: colours[style], opacity: faint ? 0.1 : strong ? 1 : isQuiet ? 0.55 : 0.85 },
    smooth: { enabled: bend !== 0, type: bend >= 0 ? 'curvedCW' : 'curvedCCW', roundness: Math.abs(bend) },
    arrows: { to: { enabled: true, scaleFactor: canvas === 'narrow' ? 0.38 : 0.5 } },
    hoverWidth: 1.2,
    selectionWidth: 0,
  };
}

/** What the lens gives a colour of its own. */
const lensColours = () => new Map(lensGroups().flatMap(({ colour, keys }) => keys.map((key) => [key, colours[colour]])));

function nodeLook(node, colourOf) {
  const { event, event_height: height } = data.canvases[canvas];
  const at = node.places[canvas];
  const faint = focus.nodes && !focus.nodes.has(node.key);
  const tone = (colour) => (faint ? mix(colour, colours.ground, 0.76) : colour);
  const common = { id: node.key, hidden: isHidden(node), x: at.x, y: at.y, size: at.radius };
  if (node.lane === 'event') {
    return {
      ...common,
      color: { background: tone(colours.event), border: tone(colours['event-line']), hover: { background: colours.event, border: colours.text } },
      widthConstraint: { minimum: event - 10, maximum: event - 10 },
      heightConstraint: { minimum: height - 10 },
      shapeProperties: { borderRadius: 9 },
    };
  }
  const isParty = node.lane === 'first' || node.lane === 'second';
  const isChosen = node.key === state.chosen?.node;
  const plain = state.lens ? colours.other : isParty ? colours.party : colours.node;
  const fill = colourOf.get(node.key) || (node.silent ? colours.ground : plain);
  const border = isChosen ? colours.accent : node.silent ? colours.quiet : colours.ring;
  return {
    ...common,
    color: { background: tone(fill), border: tone(border), hover: { background: fill, border: colours.accent } },
    borderWidth: isChosen ? 3.5 : 1.5,
    shapeProperties: { borderDashes: node.silent ? [3, 2.5] : false },
  };
}

/** On a telephone the panel covers the lower half: brings some lines into the upper one. */
export function reveal(wanted) {
  if (!wanted.length || window.innerWidth > 900) return;
  const heights = wanted.flatMap((edge) => [edge.subject, edge.object]).map((key) => nodeOf.get(key).places[canvas].y);
  const middle = (Math.min(...heights) + Math.max(...heights)) / 2;
  const stage = byId('stage').getBoundingClientRect();
  const y = network ? network.canvasToDOM({ x: 0, y: middle }).y : placedIn(byId('stage'), canvas).toElement(0, middle)[1];
  window.scrollTo({ top: window.scrollY + stage.top + y - window.innerHeight * 0.27, behavior: 'instant' });
}
