// A story: its steps set filters, lens, camera and what stays in front.
import { data } from './data.js';
import { byId, documentLink, el, inWords } from './dom.js';
import { frame } from './picture.js';
import { change, state } from './state.js';
import { say } from './words.js';

const story = data.story;
export const isStory = Boolean(story);

/** The step shown, or null where no story is told. */
export const stepShown = () => (story ? story.steps[state.step] : null);

/** The sentences with their notes, which lead to the documents below. */
function sentences(step) {
  return step.sentences.flatMap((one) => [one.text, ...one.notes.map((note) => el('sup', {}, el('a', { href: `#document-${note}`, 'aria-label': say('Document %(number)s', { number: note }) }, String(note)))), ' ']);
}

export function drawStep() {
  if (!story) return;
  const step = stepShown();
  byId('step-count').textContent = say('Step %(number)s of %(all)s', { number: state.step + 1, all: story.steps.length });
  byId('step-heading').textContent = step.heading;
  byId('step-date').textContent = inWords(step.date);
  byId('step-text').replaceChildren(...sentences(step));
  byId('step-notes').textContent = step.notes;
  byId('step-notes').hidden = !state.notes || !step.notes;
  const cited = [...new Set(step.sentences.flatMap((one) => one.notes))].sort((a, b) => a - b);
  byId('step-documents').replaceChildren(...cited.map((note) => el('li', { id: `document-${note}`, value: note }, documentLink(story.documents[note - 1]))));
  for (const dot of document.querySelectorAll('.dot')) dot.toggleAttribute('aria-current', Number(dot.dataset.step) === state.step + 1);
  byId('step-back').disabled = state.step === 0;
  byId('step-on').disabled = state.step === story.steps.length - 1;
}

/** Goes to a step by its place; the picture follows. */
export function goToStep(place) {
  const at = Math.min(story.steps.length - 1, Math.max(0, place));
  const { filters, lens } = story.steps[at];
  change({
    step: at,
    lens,
    since: filters.since || state.since,
    until: filters.until || (filters.as_of === 'any' ? state.until : filters.as_of),
    asOf: filters.as_of,
    kinds: filters.kind.length ? new Set(filters.kind) : null,
    relations: new Set(filters.relation),
    chosen: null,
    told: -1,
    playing: false,
  });
  frame(story.steps[at].camera);
  byId('live').textContent = say('Step %(number)s of %(all)s: %(heading)s. %(text)s', { number: at + 1, all: story.steps.length, heading: story.steps[at].heading, text: story.steps[at].text });
}

export const stepStory = (by) => goToStep(state.step + by);

export function startTelling() {
  if (!story) return;
  byId('step-back').addEventListener('click', () => stepStory(-1));
  byId('step-on').addEventListener('click', () => stepStory(1));
  byId('dots').addEventListener('click', (event) => {
    const dot = event.target.closest('.dot');
    if (dot) goToStep(Number(dot.dataset.step) - 1);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'n' || event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input, textarea')) return;
    change({ notes: !state.notes });
  });
}
