// The workbench: joins questions, editor, answer and address. Owns the order of a run.
import { readAddress, writeAddress } from './address.js';
import { config } from './config.js';
import { startCopy } from './copy.js';
import { byId, el, many } from './dom.js';
import { drawDownloads } from './downloads.js';
import { markPlace, startEditor } from './editor.js';
import { drawNetwork, picture, repaintNetwork, whyNotDrawn } from './network.js';
import { startQuestions } from './questions.js';
import { cutInWords, run } from './run.js';
import { drawTable } from './table.js';
import { startTheme } from './theme.js';
import { loadTerms } from './vocabulary.js';
import { say } from './words.js';

const VIEWS = ['table', 'network', 'text'];
const MOST_TEXT = 200_000;
const narrow = window.matchMedia('(max-width: 900px)');
let editor;
let running = null;
let result = null;
let view = 'table';
// The question whose text is in the editor, until somebody changes it.
let question = null;
let writing;

const seconds = (time, digits = 1) => (time / 1000).toFixed(digits);

const status = (...parts) => byId('status').replaceChildren(...parts);
const notice = (text) => byId('notices').append(el('p', { class: 'notice' }, text));

function put(text, from = null) {
  editor.setValue(text);
  clearTimeout(writing);
  question = from && { ...from, text };
  heading();
}

function heading() {
  byId('about').textContent = question ? question.title : '';
  byId('about').hidden = !question;
}

async function start() {
  if (running) running.abort();
  const mine = new AbortController();
  running = mine;
  const text = editor.getValue();
  byId('stop').hidden = false;
  byId('result').setAttribute('aria-busy', 'true');
  const begun = performance.now();
  const clock = setInterval(() => status(say('Running, %(seconds)s s. It is stopped after %(most)s s.', { seconds: seconds(performance.now() - begun), most: config.deadline })), 100);
  status(say('Running.'));
  try {
    const found = await run(text, mine.signal);
    clearInterval(clock);
    if (running !== mine) return;
    await show(found, text);
  } catch (error) {
    clearInterval(clock);
    if (running === mine) fail(error, mine.signal.aborted, performance.now() - begun);
  } finally {
    clearInterval(clock);
    if (running === mine) {
      running = null;
      byId('stop').hidden = true;
      byId('result').removeAttribute('aria-busy');
    }
  }
}

async function show(found, text) {
  result = found;
  const rows = found.kind === 'graph' ? many('%(num)s triple', '%(num)s triples', found.rows.length) : found.kind === 'truth' ? say('An answer') : many('%(num)s row', '%(num)s rows', found.rows.length);
  status(el('b', {}, rows), ` ${say('in %(seconds)s s', { seconds: seconds(found.took, found.took < 10_000 ? 2 : 1) })}`);
  byId('notices').replaceChildren();
  if (found.cut) byId('notices').append(el('p', { class: 'notice cut', id: 'cut' }, cutInWords(found.cut, found.rows.length)));
  if (question?.note && question.text === text) notice(question.note);
  drawDownloads(found, text, question?.text === text ? question : null, notice);
  byId('tab-text').textContent = found.kind === 'graph' ? 'N-Triples' : 'JSON';
  const why = whyNotDrawn(found);
  byId('tab-network').disabled = why !== '';
  byId('tab-network').title = why || say('Draw the answer as a network');
  byId('tabs').hidden = false;
  byId('larger').hidden = false;
  if (why && view === 'network') view = 'table';
  await draw();
  // On a narrow screen the answer stands below everything else.
  if (narrow.matches) byId('result').scrollIntoView();
  // What was typed is run: its address must not be written over by one without a view.
  clearTimeout(writing);
  writeAddress({ query: text, view }, true);
}

function fail(error, aborted, took) {
  result = null;
  byId('tabs').hidden = true;
  enlarge(false);
  byId('larger').hidden = true;
  byId('downloads').replaceChildren();
  byId('notices').replaceChildren();
  const after = ` ${say('after %(seconds)s s', { seconds: seconds(took) })}`;
  if (aborted) {
    status(el('b', {}, say('Stopped')), after);
    byId('view').replaceChildren(el('p', { class: 'welcome quiet' }, say('You stopped the query. The server has let go of it.')));
    return;
  }
  status(el('b', { class: 'bad' }, error.title ?? say('No answer')), after);
  const [said, ...more] = explain(error);
  byId('view').className = 'view';
  byId('view').replaceChildren(el('div', { class: 'problem', role: 'alert' }, el('h3', {}, error.title ?? say('No answer')), el('p', {}, said), ...more));
  if (error.place) markPlace(editor, error.place, say('The server could not read the query from here.'));
}

/** A problem in plain words: what happened, and what to do or what the engine said. */
function explain(error) {
  if (error.place) {
    const engine = el('details', {}, el('summary', {}, say('What the engine says')), el('p', {}, error.message));
    return [say('The query cannot be read from line %(line)s, column %(column)s. The line is marked in the editor.', error.place), engine];
  }
  if (error.status === 504) return [error.message, el('p', { class: 'quiet' }, say('Ask for less: add a LIMIT, a date or a narrower pattern.'))];
  if (error instanceof TypeError) return [say('The server does not answer. Is it still running? Try again in a moment.')];
  return [error.message];
}

async function draw() {
  for (const name of VIEWS) {
    byId(`tab-${name}`).setAttribute('aria-selected', String(name === view));
    byId(`tab-${name}`).tabIndex = name === view ? 0 : -1;
  }
  const place = byId('view');
  place.className = `view ${view}`;
  place.setAttribute('aria-labelledby', `tab-${view}`);
  if (view === 'text') place.replaceChildren(raw());
  else if (view === 'network') await drawNetwork(place, result);
  else if (result.kind === 'truth') place.replaceChildren(el('p', { class: 'truth' }, result.truth ? say('Yes') : say('No')));
  else if (!result.rows.length) place.replaceChildren(el('p', { class: 'welcome quiet' }, say('No row. Nothing recorded does not mean nothing said.')));
  else await drawTable(place, result, question?.text === editor.getValue() ? question.columns : {});
}

function raw() {
  const text = result.kind === 'graph' ? result.text : JSON.stringify(JSON.parse(result.text), null, 2);
  const more = text.length > MOST_TEXT ? `\n${many('… %(num)s more character: download the file.', '… %(num)s more characters: download the file.', text.length - MOST_TEXT)}` : '';
  return el('pre', { class: 'raw', tabindex: '0' }, text.slice(0, MOST_TEXT) + more);
}

/** The answer alone on the page, or beside questions and query. */
function enlarge(large) {
  document.body.classList.toggle('large', large);
  byId('larger').setAttribute('aria-pressed', String(large));
  byId('larger').textContent = large ? say('Beside the query') : say('Enlarge');
}

function startTabs() {
  const choose = async (name) => {
    view = name;
    await draw();
    writeAddress({ query: editor.getValue(), view });
  };
  VIEWS.forEach((name, at) => {
    const tab = byId(`tab-${name}`);
    tab.addEventListener('click', () => choose(name));
    tab.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const open = VIEWS.filter((one) => !byId(`tab-${one}`).disabled);
      const next = open[(open.indexOf(VIEWS[at]) + step + open.length) % open.length];
      byId(`tab-${next}`).focus();
      choose(next);
    });
  });
}

function follow() {
  const { query, view: wanted } = readAddress();
  if (query === null || (query === editor.getValue() && result)) return;
  put(query);
  if (VIEWS.includes(wanted)) {
    view = wanted;
    start();
  }
}

function main() {
  const asked = readAddress();
  editor = startEditor(asked.query ?? config.example.trimEnd(), {
    run: start,
    changed: (text) => {
      if (question && question.text !== text) {
        question = null;
        heading();
      }
      clearTimeout(writing);
      writing = setTimeout(() => writeAddress({ query: text }), 400);
    },
  });
  byId('run').addEventListener('click', start);
  byId('stop').addEventListener('click', () => running?.abort());
  byId('larger').addEventListener('click', async () => {
    enlarge(!document.body.classList.contains('large'));
    // A picture is laid out for the room it has.
    if (view === 'network') await draw();
  });
  byId('format').addEventListener('click', () => {
    editor.autoformat();
    editor.focus();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !editor.hasFocus()) start();
    if (event.key === 'Escape' && running && !event.defaultPrevented) running.abort();
  });
  // By script, since the address holds the query and no place on the page.
  byId('skip').addEventListener('click', (event) => {
    event.preventDefault();
    editor.focus();
  });
  window.addEventListener('popstate', follow);
  // On a narrow screen the list would stand before everything else.
  if (narrow.matches) byId('questions').open = false;
  startTabs();
  startCopy(() => editor.getValue().trim());
  startTheme(repaintNetwork);
  startQuestions({
    put: (text, from) => {
      put(text, from);
      editor.focus();
    },
    run: (text, from) => {
      put(text, from);
      start();
    },
  });
  loadTerms();
  if (asked.query !== null && VIEWS.includes(asked.view)) {
    view = asked.view;
    start();
  }
  window.comity = { editor, picture };
  document.documentElement.classList.add('js');
}

main();
