// The evidence panel: the story until something is chosen, then what stands behind it.
import { verbOf } from './bundles.js';
import { actCard, factCard, pledgeCard, towardOf } from './cards.js';
import { actOf, data, nodeOf, pledgeOf, statementOf } from './data.js';
import { byId, el, inWords } from './dom.js';
import { MARKS, styleOf } from './look.js';
import { state } from './state.js';
import { stepShown } from './telling.js';
import { say, sayMany } from './words.js';

const nameOf = (key) => nodeOf.get(key)?.label || key;

const stepper = (id, name, sign) => el('button', { type: 'button', 'aria-label': name, onclick: () => byId(id).click() }, sign);

/** On a telephone the panel covers the strip below the picture: its steps come along. */
const steps = () => el('div', { class: 'steps' }, stepper('back', say('Previous act'), '‹'), stepper('play', say('Play or pause'), state.playing ? '❚❚' : '▶'), stepper('on', say('Next act'), '›'));

function heading(words, under, close) {
  return el(
    'div',
    { class: 'opened-head' },
    el('div', {}, el('h2', {}, ...words), under ? el('p', { class: 'quiet' }, under) : null),
    el('button', { type: 'button', class: 'close', 'aria-label': say('Close and show the story'), onclick: close }, '×'),
  );
}

/** A line: its bundle opened to single acts, or to single obligations. */
function openedEdge(edge, close) {
  const words = [nameOf(edge.subject), el('span', { class: 'to' }, ' → '), nameOf(edge.object)];
  if (edge.relation === 'obligation') {
    const many = edge.statements.length;
    const owed = many === 1 ? say('One obligation') : sayMany('%(num)s obligation', '%(num)s obligations', many);
    const inForce = state.asOf === 'any' ? owed : say('%(what)s, in force on %(day)s', { what: owed, day: inWords(state.asOf) });
    return [heading(words, inForce, close), ...edge.statements.map((id) => pledgeCard(pledgeOf.get(id)))];
  }
  if (edge.statements.length) return [heading(words, '', close), ...edge.statements.map((id) => factCard(statementOf.get(id)))];
  const count = edge.acts.length;
  const kinds = edge.kinds.map(([kind, many]) => (many > 1 ? `${verbOf(kind)} ×${many}` : verbOf(kind))).join(', ');
  const under = count === 1 ? say('One act') : sayMany('%(num)s act, by date: %(kinds)s', '%(num)s acts, by date: %(kinds)s', count, { kinds });
  return [heading(words, under, close), ...edge.acts.map((id, number) => actCard(id, count > 1 ? say('%(number)s of %(all)s', { number: number + 1, all: count }) : ''))];
}

/** How far around an actor lines stay in front, and where there is more about it. */
function nodeTools(node, choose) {
  const step = (many) => el('button', { type: 'button', 'aria-pressed': String(state.steps === many), onclick: () => choose(many) }, String(many));
  const links = data.served && node.thing === 'actor' ? [el('a', { href: `${data.base}/actors/${node.id}` }, say('Its page')), el('a', { href: `${data.base}/?actor=${node.id}&depth=1&level=${data.asked.level}&bundle=sign` }, say('All its ties'))] : [];
  return el('div', { class: 'node-tools' }, el('span', { class: 'quiet' }, say('Steps around it')), [1, 2, 3].map(step), links);
}

/** An actor of the graph that is not in this picture: its card, not an empty canvas. */
export function openedOutside(item, close) {
  return [
    heading([item.label], say('%(type)s; no line to it in this picture', { type: item.type.replaceAll('-', ' ') }), close),
    el('ul', { class: 'lines links' }, el('li', {}, el('a', { href: `${data.base}/?actor=${item.id}&depth=1&bundle=sign` }, say('Show its own network'))), el('li', {}, el('a', { href: `${data.base}/actors/${item.id}` }, say('Its page')))),
  ];
}

/** An actor: what it said, what was said to it, what it owes; or that nothing is recorded. */
function openedNode(node, edges, close, choose, steps) {
  const stancesFirst = (a, b) => Number(a.relation !== 'stance') - Number(b.relation !== 'stance');
  const given = edges.filter((edge) => edge.subject === node.key).sort(stancesFirst);
  const received = edges.filter((edge) => edge.object === node.key).sort(stancesFirst);
  const list = (title, some, other) =>
    some.length
      ? [
          el('h3', {}, title),
          el(
            'ul',
            { class: 'lines' },
            some.map((edge) =>
              el('li', {}, el('button', { type: 'button', class: styleOf(edge), onclick: () => choose({ edge: edge.key }) }, el('span', { class: 'mark' }, MARKS[styleOf(edge)] || '○'), el('span', {}, `${nameOf(edge[other])}: ${edge.label}`))),
            ),
          ),
        ]
      : [];
  const says = node.silent ? node.silence : node.thing === 'actor' ? sayMany('%(num)s document covers this actor', '%(num)s documents cover this actor', node.documents) : node.note;
  return [heading([node.label], says, close), nodeTools(node, steps), ...list(say('Says or owes'), given, 'object'), ...list(say('Is spoken of, spoken to or owed'), received, 'subject')];
}

/** Whether the act that opens the view of September 2022 is in the picture. */
const showsOpening = (edges) => edges.some((edge) => edge.acts.includes(data.opening));

/** The actors of a picture that tells no story of its own, best tied first. */
export function drawCast(edges, choose) {
  if (data.story || showsOpening(edges)) return;
  const lines = new Map();
  for (const edge of edges) for (const end of [edge.subject, edge.object]) lines.set(end, (lines.get(end) || 0) + 1);
  const order = [...lines].sort((a, b) => b[1] - a[1] || nameOf(a[0]).localeCompare(nameOf(b[0])));
  byId('cast-list').replaceChildren(
    ...order.map(([key, many]) => el('li', {}, el('button', { type: 'button', onclick: () => choose(key) }, el('span', {}, nameOf(key)), el('span', { class: 'number quiet' }, sayMany('%(num)s line', '%(num)s lines', many))))),
  );
}

// The opening act whose card stands in the panel, so that it is not made for every move.
let openingShown = '';

/** Shows a choice in the panel; without one, the story with one act open below it. */
export function showPanel(chosen, edges, lead, { close, choose, setSteps }) {
  const opened = byId('opened');
  const story = byId('story');
  const figures = byId('figures');
  const opening = !chosen && !data.story && showsOpening(edges) ? data.opening : '';
  let content = [];
  if (chosen?.act) content = [heading([lead || say('One act')], '', close), steps(), actCard(chosen.act)];
  else if (chosen?.edge) content = openedEdge(edges.find((edge) => edge.key === chosen.edge), close);
  else if (chosen?.node) content = openedNode(nodeOf.get(chosen.node), edges, close, choose, setSteps);
  else if (chosen?.outside) content = openedOutside(chosen.outside, close);
  else if (data.story && actOf.has(stepShown().select)) content = [el('h2', { class: 'small' }, say('In their words')), actCard(stepShown().select)];
  else if (opening && opening === openingShown) return;
  else if (opening) content = [el('h2', { class: 'small' }, say('One of the statements')), actCard(data.opening)];
  story.hidden = Boolean(chosen);
  byId('cast').hidden = Boolean(chosen) || Boolean(data.story) || Boolean(opening) || !edges.length;
  if (figures) figures.hidden = (Boolean(chosen) || Boolean(data.story)) && chosen?.node !== data.event;
  openingShown = opening;
  opened.replaceChildren(...content);
  if (chosen) byId('panel').scrollTop = 0;
}

/** A choice in one sentence, for the live region. */
export function spoken(chosen, edges, lead) {
  if (!chosen) return say('Nothing chosen. The story is shown.');
  if (chosen.act) {
    const act = actOf.get(chosen.act);
    return `${lead ? `${lead}. ` : ''}${inWords(act.date)}. ${act.holder} ${act.verb}: ${towardOf(act)}.`;
  }
  if (chosen.edge) {
    const edge = edges.find((one) => one.key === chosen.edge);
    return say('%(from)s to %(to)s: %(label)s.', { from: nameOf(edge.subject), to: nameOf(edge.object), label: edge.label });
  }
  if (chosen.outside) return say('%(name)s is not in this picture; its card is open.', { name: chosen.outside.label });
  const node = nodeOf.get(chosen.node);
  return `${node.label}. ${node.silent ? node.silence : ''}`;
}
