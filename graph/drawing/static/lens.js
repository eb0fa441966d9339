// The lens: one bloc at a time, or the camps of the balance measure, as colour and hull.
// Owns who is in front of the lens on the day shown; the only colour of a node.
import { measureAddress } from './address.js';
import { data, nodeOf } from './data.js';
import { byId, el, inWords } from './dom.js';
import { change, state } from './state.js';
import { say, sayMany } from './words.js';

const CAMPS = 'camps';
// Below this many signed pairs two camps say nothing.
const ENOUGH = 20;
let camps = data.camps || null;
let signedPairs = 0;

const dayShown = () => (state.asOf === 'any' ? state.until : state.asOf);

/** Keys of the bloc's members on the day shown, of those in the picture. */
function members() {
  const bloc = data.lenses.find((one) => one.id === state.lens);
  if (!bloc) return [];
  const day = dayShown();
  return bloc.members.filter((one) => (!one.first || one.first <= day) && (!one.last || day <= one.last)).map((one) => one.key);
}

/** What the lens shows: groups with a name, a colour of the palette and the keys in them. */
export function lensGroups() {
  if (state.lens === CAMPS) {
    const found = camps?.nodes.filter((one) => one.part === 1) || [];
    const side = (camp) => found.filter((one) => one.camp === camp && one.certainty === 'same').map((one) => placedKey(one.node));
    return [
      { name: say('camp 1'), colour: 'lens-one', keys: side(1).filter(Boolean) },
      { name: say('camp 2'), colour: 'lens-two', keys: side(2).filter(Boolean) },
    ];
  }
  const bloc = data.lenses.find((one) => one.id === state.lens);
  return bloc ? [{ name: bloc.label, colour: `lens-${bloc.id}`, keys: [...new Set(members())] }] : [];
}

const placedKey = (id) => [`actor/${id}`, `event/${id}`].find((key) => nodeOf.has(key));

/** How many pairs of those shown have a sign. */
export function countSigned(edges) {
  const sums = new Map();
  for (const edge of edges) {
    if (edge.sign === null || edge.relation !== 'stance') continue;
    const pair = [edge.subject, edge.object].sort().join('|');
    sums.set(pair, (sums.get(pair) || 0) + edge.sign * edge.count);
  }
  signedPairs = [...sums.values()].filter((sum) => sum).length;
}

async function loadCamps() {
  const answer = await fetch(measureAddress('camps-certainty'), { headers: { Accept: 'application/json', Prefer: 'wait=60' } });
  if (answer.status !== 200) throw new Error(String(answer.status));
  camps = (await answer.json()).result;
}

async function choose(id) {
  change({ lens: state.lens === id ? '' : id });
  if (id !== CAMPS || state.lens !== CAMPS || camps) return;
  byId('lens-says').textContent = say('Looking for the camps …');
  try {
    await loadCamps();
    change({ lens: CAMPS });
  } catch {
    byId('lens-says').textContent = say('The camps could not be worked out just now.');
  }
}

/** Camps belong to the lines they were found in: another filter, other camps. */
export function forgetCamps() {
  if (data.served) camps = null;
  if (state.lens === CAMPS && data.served) choose(CAMPS).then(() => state.lens || choose(CAMPS));
}

function says() {
  if (!state.lens) return '';
  const groups = lensGroups();
  if (state.lens !== CAMPS) {
    const many = groups[0].keys.length;
    return sayMany('%(num)s member of %(bloc)s in this picture on %(day)s', '%(num)s members of %(bloc)s in this picture on %(day)s', many, { bloc: groups[0].name, day: inWords(dayShown()) });
  }
  if (!camps) return '';
  const sure = groups[0].keys.length + groups[1].keys.length;
  return say('Camps that fewest signed ties contradict (n = %(pairs)s signed pairs): %(sure)s actors stand in the same camp in every best division; the rest is not determined', { pairs: signedPairs, sure });
}

// What the buttons offer and which of them is pressed.
let lensesDrawn = null;

export function drawLens() {
  const offersCamps = signedPairs >= ENOUGH && (data.served || camps);
  const all = [{ id: '', label: say('none') }, ...data.lenses, ...(offersCamps ? [{ id: CAMPS, label: say('camps') }] : [])];
  const focused = document.activeElement?.closest('#lenses') ? document.activeElement.value : null;
  byId('lens-says').textContent = says();
  const now = `${offersCamps} ${state.lens}`;
  if (now === lensesDrawn) return;
  lensesDrawn = now;
  byId('lenses').hidden = all.length < 2;
  byId('lens-choice').replaceChildren(
    ...all.map(({ id, label }) => el('button', { type: 'button', value: id, class: `lens lens-${id || 'none'}`, 'aria-pressed': String(state.lens === id), onclick: () => choose(id) }, label)),
  );
  if (focused !== null) byId('lens-choice').querySelector(`[value="${CSS.escape(focused)}"]`)?.focus();
}
