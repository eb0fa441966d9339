// The answer as a picture: vis-network on positions that are known before it starts, the
// facts of what is chosen beside it, and the same as a list for those who use no pointer.
import { config } from './config.js';
import { capital, el, many, save } from './dom.js';
import { places } from './layout.js';
import { learn, nameOf } from './names.js';
import { cell, textOf } from './table.js';
import { palette } from './theme.js';
import { MOST_NODES, columnsOf, network } from './ties.js';
import { say, sayMany } from './words.js';

const SHAPES = { person: 'dot', official: 'dot', state: 'dot' };
const MOST_ACTS = 60;
const LONGEST = 26;
const MOST_LABELS = 40;
const MANY_LINES = 300;
// About the width of a letter of a name, in pixels.
const LETTER = 7.6;
let loading;
let drawn = null;
let shown = null;

/** What the picture shows: nodes with their places, and lines. */
export const picture = () => shown;

/** vis-network as the server carries it; loaded with the first picture. */
function library() {
  loading ??= new Promise((done, failed) => {
    const script = el('script', { src: config.vis, onload: done, onerror: () => failed(new Error(say('The drawing library did not come from the server; load the page again.'))) });
    document.head.append(script);
  });
  return loading;
}

/** Why an answer cannot be drawn, or "". */
export function whyNotDrawn(result) {
  if (result.kind === 'truth' || !result.rows.length) return say('There is nothing to draw.');
  return columnsOf(result) ? '' : say('A picture needs two columns of things, such as ?holder and ?target.');
}

const nodesIn = (found) => many('%(num)s node', '%(num)s nodes', found.nodes.length);

const linesIn = (edges) => many('%(num)s line', '%(num)s lines', edges.length);

/** Draws an answer into a place. */
export async function drawNetwork(place, result, chosen = columnsOf(result)) {
  const found = network(result.rows, chosen);
  await learn([...found.nodes, ...found.edges.map((edge) => edge.label).filter((label) => label?.type === 'uri').map((label) => label.value)]);
  await library();
  const canvas = el('div', { class: 'canvas', role: 'img', 'aria-label': say('Network of %(nodes)s and %(lines)s. The list below holds the same.', { nodes: nodesIn(found), lines: linesIn(found.edges) }) });
  const facts = el('aside', { class: 'facts', 'aria-live': 'polite' });
  const again = (name) => (event) => drawNetwork(place, result, { ...chosen, [name]: event.target.value });
  const picker = (label, name, choices) => el('label', {}, label, el('select', { onchange: again(name) }, choices.map((one) => el('option', { value: one, selected: one === chosen[name] }, one ? one.replaceAll('_', ' ') : say('nothing')))));
  const ends = chosen.choices ?? [];
  const others = ['', ...result.columns.filter((column) => column !== chosen.from && column !== chosen.to)];
  place.replaceChildren(
    el(
      'div',
      { class: 'network-head' },
      el('span', { class: 'quiet' }, `${nodesIn(found)}, ${linesIn(found.edges)}`),
      ...(ends.length ? [picker(say('From'), 'from', ends), picker(say('to'), 'to', ends), picker(say('lines say'), 'how', others), picker(say('sign'), 'sign', others)] : []),
      el('button', { type: 'button', onclick: () => canvas.querySelector('canvas')?.toBlob((blob) => save(blob, 'network.png')) }, say('Save picture')),
    ),
    found.left_out ? el('p', { class: 'notice' }, many('The answer names %(num)s thing; the picture shows the %(most)s in most rows. Narrow the query to see the others.', 'The answer names %(num)s things; the picture shows the %(most)s in most rows. Narrow the query to see the others.', found.nodes.length + found.left_out, { most: MOST_NODES })) : '',
    el('div', { class: 'network-body' }, canvas, facts),
    list(found),
  );
  tell(facts, el('p', { class: 'quiet' }, found.edges.length ? say('Select a node or a line. Drag to move, turn the wheel to come nearer.') : say('No row has two ends.')));
  draw(canvas, found, facts);
}

/** Draws the picture on the screen again, in the colours of now. */
export const repaintNetwork = () => drawn?.();

function draw(canvas, found, facts) {
  const { width, height } = canvas.getBoundingClientRect();
  const widths = new Map(found.nodes.map((iri) => [iri, shortened(nameOf(iri).label).length * LETTER]));
  const at = places(widths, found.edges.map((edge) => [edge.from, edge.to]), { width, height });
  shown = { nodes: found.nodes.map((iri) => ({ iri, ...at.get(iri) })), edges: found.edges };
  const vis = window.vis;
  const data = { nodes: new vis.DataSet(), edges: new vis.DataSet() };
  const graph = new vis.Network(canvas, data, {
    physics: { enabled: false },
    layout: { improvedLayout: false },
    interaction: { hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, keyboard: { enabled: false }, dragNodes: true },
    edges: { arrows: { to: { enabled: true, scaleFactor: 0.5 } } },
  });
  drawn = () => {
    if (!canvas.isConnected) return;
    const colours = palette();
    data.nodes.update(found.nodes.map((iri) => node(iri, at.get(iri), colours)));
    data.edges.update(lines(found.edges, colours));
  };
  drawn();
  graph.fit({ animation: false });
  // Places are in pixels: nearer than that would make a network of two fill the screen.
  if (graph.getScale() > 1) graph.moveTo({ scale: 1 });
  shown.onScreen = (iri) => graph.canvasToDOM(at.get(iri));
  graph.on('selectNode', ({ nodes }) => tell(facts, ...aboutNode(nodes[0], found)));
  graph.on('selectEdge', ({ nodes, edges }) => {
    if (!nodes.length) tell(facts, ...aboutEdge(found.edges.find((edge) => edge.key === edges[0])));
  });
}

const shortened = (label) => (label.length > LONGEST ? `${label.slice(0, LONGEST - 1).trimEnd()}…` : label);

function node(iri, place, colours) {
  const { label, type } = nameOf(iri);
  const kind = type.replaceAll('-', ' ');
  return {
    id: iri,
    ...place,
    label: shortened(label),
    shape: SHAPES[kind] ?? (kind ? 'hexagon' : 'square'),
    size: kind === 'person' || kind === 'official' ? 9 : 13,
    color: { background: colours.node, border: colours.ground, highlight: { background: colours.accent, border: colours.ground }, hover: { background: colours.accent, border: colours.ground } },
    font: { color: colours.text, face: 'Noto Sans, system-ui, sans-serif', size: 14, strokeWidth: 4, strokeColor: colours.ground },
    borderWidth: 1.5,
  };
}

/** Lines side by side where several run between the same two. */
function lines(edges, colours) {
  const seen = new Map();
  return edges.map((edge) => {
    const pair = [edge.from, edge.to].sort().join('\n');
    const nth = seen.get(pair) ?? 0;
    seen.set(pair, nth + 1);
    const style = edge.sign > 0 ? 'plus' : edge.sign < 0 ? 'minus' : 'zero';
    // Every second bends the other way, each pair of them further out.
    const clockwise = (nth % 2 === 0) === edge.from < edge.to;
    const words = edge.label ? textOf(edge.label) : '';
    const sign = style === 'plus' ? '+ ' : style === 'minus' ? '− ' : '';
    return {
      id: edge.key,
      from: edge.from,
      to: edge.to,
      width: Math.min(6, 1.2 + 0.5 * (edge.rows - 1)),
      dashes: style === 'minus' ? [8, 5] : false,
      color: { color: colours[style], highlight: colours.accent, hover: colours.accent, opacity: edges.length > MANY_LINES ? 0.4 : 1 },
      label: edges.length > MOST_LABELS ? '' : `${sign}${words}${edge.rows > 1 ? ` ×${edge.rows}` : ''}`,
      font: { color: colours.quiet, size: 12, strokeWidth: 0, background: colours.ground, face: 'Noto Sans, system-ui, sans-serif' },
      smooth: nth === 0 && !edges.some((other) => other.from === edge.to && other.to === edge.from) ? false : { enabled: true, type: clockwise ? 'curvedCW' : 'curvedCCW', roundness: 0.16 + 0.16 * Math.floor(nth / 2) },
    };
  });
}

const tell = (facts, ...parts) => facts.replaceChildren(...parts);

const thing = (iri) => cell({ type: 'uri', value: iri });

const signed = (sign) => (sign > 0 ? `+${sign}` : String(sign).replace('-', '−'));

function sentence(edge) {
  return [thing(edge.from), ' → ', thing(edge.to), edge.label ? ': ' : '', edge.label ? cell(edge.label) : '', edge.sign === null ? '' : ` (${say('sign %(sign)s', { sign: signed(edge.sign) })})`, edge.rows > 1 ? ` ×${edge.rows}` : ''];
}

function aboutNode(iri, found) {
  const own = found.edges.filter((edge) => edge.from === iri || edge.to === iri);
  const { type } = nameOf(iri);
  return [el('h3', {}, thing(iri)), el('p', { class: 'quiet' }, [type && capital(type.replaceAll('-', ' ')), linesIn(own)].filter(Boolean).join(' · ')), el('ul', {}, own.map((edge) => el('li', {}, ...sentence(edge))))];
}

function aboutEdge(edge) {
  if (!edge) return [];
  const acts = [...new Set(edge.acts)];
  return [
    el('h3', {}, thing(edge.from), ' → ', thing(edge.to)),
    el('p', {}, edge.label ? cell(edge.label) : '', el('span', { class: 'quiet' }, ` ${many('%(num)s row', '%(num)s rows', edge.rows)}${edge.sign === null ? '' : ` · ${say('sign %(sign)s', { sign: signed(edge.sign) })}`}`)),
    acts.length ? el('p', { class: 'quiet' }, sayMany('The act behind it:', 'The acts behind it:', acts.length)) : '',
    acts.length ? el('ul', {}, acts.slice(0, MOST_ACTS).map((iri) => el('li', {}, thing(iri)))) : '',
  ];
}

function list(found) {
  const rows = found.edges.slice(0, 500).map((edge) => el('li', {}, ...sentence(edge), ...(edge.acts.length ? [' · ', ...edge.acts.slice(0, 5).flatMap((iri, nth) => [nth ? ', ' : '', thing(iri)])] : [])));
  return el('details', { class: 'as-list' }, el('summary', {}, say('The same as a list')), el('ol', {}, rows));
}
