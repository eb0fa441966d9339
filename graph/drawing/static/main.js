// Starts the page and keeps its parts in step.
import { writeAddress } from './address.js';
import { actsBehind, bundles } from './bundles.js';
import { actOf, data } from './data.js';
import { byId, inWords } from './dom.js';
import { curl, drawLinks, startExport } from './export.js';
import { drawFilters, startFilters, summaryOf } from './filters.js';
import { startKeys } from './keys.js';
import { countSigned, drawLens, forgetCamps } from './lens.js';
import { drawCast, showPanel, spoken } from './panel.js';
import { canvasInUse, drawNetwork, fit, highlight, repaint, reveal, show, startPicture } from './picture.js';
import { drawPlay, pause, setOrder, startPlay, stepText, toldActs } from './play.js';
import { drawPresenting, startPresenting } from './presenting.js';
import { makeRows, rest, restOfRows, startRows } from './rows.js';
import { startSearch } from './search.js';
import { change, chosenBy, listen, nameInAddress, readAddress, state } from './state.js';
import { drawRows, drawTable, goToRow, startTable } from './table.js';
import { startTheme } from './theme.js';
import { drawStep, goToStep, isStory, startTelling, stepShown } from './telling.js';
import { drawBars, drawWindow, markBars, spanOf, startTime } from './time.js';
import { loadVis } from './unpack.js';

let shown = [];

const edgesOf = (act) => shown.filter((edge) => edge.acts.includes(act));

/** The lines of an act, to be labelled with its own verb. */
const namedAs = (act) => edgesOf(act).map((edge) => [edge.key, actOf.get(act).verb]);

/** The lines of an act, the line itself, or all lines of a node. */
function chosenLines() {
  const { act, edge, node } = state.chosen;
  if (act) return edgesOf(act);
  if (edge) return shown.filter((one) => one.key === edge);
  return node ? linesAround(node, state.steps) : [];
}

/** The lines within some steps of a node. */
function linesAround(node, steps) {
  let reached = new Set([node]);
  let lines = [];
  for (let step = 0; step < steps; step += 1) {
    lines = shown.filter((one) => reached.has(one.subject) || reached.has(one.object));
    reached = new Set([...reached, ...lines.flatMap((one) => [one.subject, one.object])]);
  }
  return lines;
}

/** In a story the lines of the acts that a step is about; all where it names none. */
function inFrontOfStory() {
  const { highlight: told } = stepShown();
  const kept = shown.filter((edge) => [...edge.acts, ...edge.statements].some((id) => told.includes(id)));
  if (!kept.length) return [null, null, []];
  const ends = new Set([...kept.flatMap((edge) => [edge.subject, edge.object]), ...stepShown().camera.map((id) => `actor/${id}`)]);
  return [new Set(kept.map((edge) => edge.key)), ends, []];
}

/** What stays in front: the lines of the choice and their ends, or everything. */
function focusOf() {
  const { chosen } = state;
  // At rest nothing recedes; only the line of the act in the panel is named in full.
  if (!chosen && isStory) return inFrontOfStory();
  if (!chosen || chosen.outside) return [null, null, actOf.has(data.opening) ? namedAs(data.opening) : []];
  const kept = chosenLines();
  const asked = chosen.act ? namedAs(chosen.act) : chosen.edge ? [[chosen.edge, '']] : [];
  const front = new Set(kept.map((edge) => edge.key));
  const ends = new Set(kept.flatMap((edge) => [edge.subject, edge.object]));
  if (chosen.node) ends.add(chosen.node);
  // In the play the picture grows: lines already told stay, those to come are faint.
  if (state.told >= 0) {
    const told = new Set(toldActs());
    for (const edge of shown) {
      if (!edge.acts.some((act) => told.has(act))) continue;
      front.add(edge.key);
      ends.add(edge.subject).add(edge.object);
    }
  }
  return [front, ends, asked];
}

function drawChoice(addressWaits) {
  document.body.classList.toggle('has-choice', Boolean(state.chosen));
  highlight(...focusOf());
  showPanel(state.chosen, shown, stepText(), {
    close: () => change({ chosen: null, told: -1, playing: false }),
    choose: (chosen) => change({ chosen, told: -1 }),
    setSteps: (steps) => change({ steps }),
  });
  drawPlay();
  if (state.chosen && !state.table) reveal(chosenLines());
  if (state.table) drawRows(shown);
  if (!addressWaits) drawAddress();
  clearTimeout(resting);
  resting = setTimeout(drawAtRest, AT_REST_AFTER);
}

const AT_REST_AFTER = 120;
let resting = null;

/** What nobody looks at while a handle moves: rows of the twin beside the picture, addresses. */
function drawAtRest() {
  if (!state.table) drawRows(shown);
  drawAddress();
}

function drawWholeTable() {
  makeRows();
  drawTable();
  drawRows(shown);
}

function drawAddress() {
  writeAddress();
  drawLinks();
  if (byId('curl')) byId('curl').textContent = curl();
}

/** A choice that a filter has taken out of the picture is a choice no more. */
function dropLost() {
  const { chosen } = state;
  const isLost = chosen && ((chosen.act && !edgesOf(chosen.act).length) || (chosen.edge && !shown.some((edge) => edge.key === chosen.edge)));
  if (isLost) Object.assign(state, { chosen: null, told: -1, playing: false });
}

function drawShown(isOnlyDates) {
  shown = bundles();
  const acts = actsBehind(shown);
  dropLost();
  setOrder(acts);
  show(shown);
  byId('empty').hidden = shown.length > 0;
  byId('summary').textContent = [spanOf(inWords), ...summaryOf(shown, acts)].join(' · ');
  if (isOnlyDates) markBars();
  else drawBars();
  drawWindow();
  if (!isOnlyDates || byId('filters').open) drawFilters();
  drawCast(shown, (node) => change({ chosen: { node }, told: -1 }));
  countSigned(shown);
  drawLens();
}

const RELOAD_AFTER = 700;
let reloading = null;

/** Which actors are in a picture of too many depends on the filters: the server chooses anew. */
function reloadSoon() {
  clearTimeout(reloading);
  if (data.served && data.asked.nodes) reloading = setTimeout(() => location.reload(), RELOAD_AFTER);
}

const FILTERS = ['relations', 'kinds', 'since', 'until', 'asOf'];

listen((values) => {
  const isFirst = !Object.keys(values).length;
  const isFiltered = isFirst || FILTERS.some((name) => name in values);
  const isOnlyDates = isFiltered && !isFirst && !('relations' in values || 'kinds' in values);
  if (isFiltered) {
    if (!('playing' in values)) pause();
    drawShown(isOnlyDates);
    if (!isFirst) {
      forgetCamps();
      reloadSoon();
    }
  }
  if ('lens' in values) drawLens();
  if ('presenting' in values) {
    drawPresenting();
    fit();
  }
  if ('table' in values) drawWholeTable();
  if ('step' in values || 'notes' in values) drawStep();
  if (isFiltered || ['chosen', 'told', 'steps', 'playing', 'lens'].some((name) => name in values)) drawChoice(isFirst || isOnlyDates);
  else drawAddress();
  if ('chosen' in values) byId('live').textContent = spoken(state.chosen, shown, stepText());
});

const chooseNow = (chosen) => change({ chosen, told: -1, playing: false });

/** Everything but the drawing by vis-network: from here on the page answers. */
function start() {
  document.documentElement.classList.add('js');
  readAddress();
  const named = nameInAddress();
  startFilters();
  startTime();
  startPicture(chooseNow);
  startTheme(repaint);
  startPlay();
  startRows();
  startTable((statement) => shown.find((edge) => edge.statements.includes(statement))?.key);
  startExport(data.asked);
  startSearch();
  startPresenting();
  startKeys(() => shown);
  startTelling();
  byId('panel').addEventListener('click', (event) => {
    const link = event.target.closest('a.in-table');
    if (!link) return;
    event.preventDefault();
    goToRow(link.dataset.act);
  });
  change({});
  if (isStory) goToStep(state.step);
  drawTable();
  drawPresenting();
  const chosen = chosenBy(named, shown);
  if (chosen) change({ chosen });
  window.addEventListener('beforeprint', drawWholeTable);
  performance.mark('comity-answers');
}

/** The canvas takes the place of the picture of the server; then the rows of the twin follow.
 * Each waits until there is nothing else to do, so that a click is answered before. */
async function draw() {
  await rest();
  const vis = await loadVis(`${data.base}/static/vis/vis-network.min.js`);
  await rest();
  drawNetwork(vis, chooseNow);
  performance.mark('comity-drawn');
  await restOfRows();
  drawWholeTable();
  document.documentElement.classList.remove('opening');
}

const plainEnd = (key) => key.slice(key.indexOf('/') + 1);

// For tests and for those who script the page.
window.comity = {
  visibleEdges: () =>
    shown.map((edge) => ({
      subject: plainEnd(edge.subject),
      object: plainEnd(edge.object),
      relation: edge.relation,
      sign: edge.sign,
      count: edge.count,
      acts: [...edge.acts],
      label: edge.label,
    })),
  inFront: () => [...(focusOf()[0] || [])],
  keyOf: (subject, object) => shown.find((edge) => plainEnd(edge.subject) === subject && plainEnd(edge.object) === object)?.key,
  canvas: canvasInUse,
  choose: chooseNow,
  data,
};

start();
draw();
