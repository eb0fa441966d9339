// Starts the page and keeps its parts in step.
import { dataAddress, writeAddress } from './address.js';
import { actsBehind, bundles } from './bundles.js';
import { actOf, data } from './data.js';
import { byId, inWords } from './dom.js';
import { drawFilters, startFilters, summaryOf } from './filters.js';
import { startKeys } from './keys.js';
import { showPanel, spoken } from './panel.js';
import { highlight, repaint, reveal, show, startPicture } from './picture.js';
import { drawPlay, pause, setOrder, startPlay, stepText, toldActs } from './play.js';
import { change, listen, readAddress, state } from './state.js';
import { actInAddress, drawRows, drawTable, goToRow, startTable } from './table.js';
import { startTheme } from './theme.js';
import { drawBars, drawWindow, spanOf, startTime } from './time.js';

let shown = [];

const edgesOf = (act) => shown.filter((edge) => edge.acts.includes(act));

/** The lines of an act, to be labelled with its own verb. */
const namedAs = (act) => edgesOf(act).map((edge) => [edge.key, actOf.get(act).verb]);

/** The lines of an act, the line itself, or all lines of a node. */
function chosenLines() {
  const { act, edge, node } = state.chosen;
  if (act) return edgesOf(act);
  return shown.filter((one) => (edge ? one.key === edge : one.subject === node || one.object === node));
}

/** What stays in front: the lines of the choice and their ends, or everything. */
function focusOf() {
  const { chosen } = state;
  // At rest nothing recedes; only the line of the act in the panel is named in full.
  if (!chosen) return [null, null, namedAs(data.opening)];
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

function drawChoice() {
  document.body.classList.toggle('has-choice', Boolean(state.chosen));
  highlight(...focusOf());
  showPanel(state.chosen, shown, stepText(), () => change({ chosen: null, told: -1, playing: false }), (chosen) => change({ chosen, told: -1 }));
  drawPlay();
  drawRows(shown);
  if (state.chosen && !state.table) reveal(chosenLines());
}

/** A choice that a filter has taken out of the picture is a choice no more. */
function dropLost() {
  const { chosen } = state;
  const isLost = chosen && ((chosen.act && !edgesOf(chosen.act).length) || (chosen.edge && !shown.some((edge) => edge.key === chosen.edge)));
  if (isLost) Object.assign(state, { chosen: null, told: -1, playing: false });
}

function drawShown() {
  shown = bundles();
  const acts = actsBehind(shown);
  dropLost();
  setOrder(acts);
  show(shown);
  byId('empty').hidden = shown.length > 0;
  byId('summary').textContent = [spanOf(inWords), ...summaryOf(shown, acts)].join(' · ');
  drawBars();
  drawWindow();
  drawFilters();
  writeAddress();
  byId('curl').textContent = queryNeeded();
}

const queryNeeded = () => `curl '${dataAddress()}'`;

listen((values) => {
  const isFiltered = ['relations', 'kinds', 'since', 'until'].some((name) => name in values) || !Object.keys(values).length;
  if (isFiltered) {
    pause();
    drawShown();
  }
  if (isFiltered || 'chosen' in values || 'told' in values) drawChoice();
  if ('chosen' in values) byId('live').textContent = spoken(state.chosen, shown, stepText());
  if ('playing' in values && !('chosen' in values)) drawChoice();
  if ('table' in values) drawTable();
});

function start() {
  document.documentElement.classList.add('js');
  readAddress();
  startFilters();
  startTime();
  startPicture((chosen) => change({ chosen, told: -1, playing: false }));
  startTheme(repaint);
  startPlay();
  startTable((statement) => shown.find((edge) => edge.statements.includes(statement))?.key);
  startKeys();
  byId('panel').addEventListener('click', (event) => {
    const link = event.target.closest('a.in-table');
    if (!link) return;
    event.preventDefault();
    goToRow(link.dataset.act);
  });
  change({});
  drawTable();
  const named = actInAddress();
  if (named) change({ chosen: { act: named } });
  performance.mark('comity-drawn');
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
  choose: (chosen) => change({ chosen, told: -1, playing: false }),
  data,
};

start();
