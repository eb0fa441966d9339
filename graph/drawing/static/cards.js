// Acts and obligations as cards: who, what, whom, in which words, written where.
import { actOf, data } from './data.js';
import { documentLink, el, inWords } from './dom.js';
import { MARKS, styleOf } from './look.js';
import { say, sayMany } from './words.js';

const fact = (name, ...value) => (value.flat().some((one) => one) ? [el('dt', {}, name), el('dd', {}, ...value)] : []);

/** Quotation marks only around words; anything else is named for what it is. */
export function quotation(quote) {
  if (quote.words) return el('blockquote', { class: 'words', lang: quote.lang }, `“${quote.words}”`);
  if (quote.passage) {
    return el('div', { class: 'passage' }, el('p', { lang: quote.lang }, quote.passage), el('p', { class: 'tag' }, say('text of the document')));
  }
  if (quote.row) {
    return el('div', { class: 'summary' }, el('p', {}, quote.row), el('p', { class: 'tag' }, say('a row of a data set, not a quotation')));
  }
  return el('div', { class: 'summary' }, el('p', {}, quote.summary), el('p', { class: 'tag' }, say('paraphrase, not a quotation')));
}

function speakerOf(act) {
  if (!act.speaker_known) return say('speaker not named');
  const place = act.post_of && !act.post.includes(act.post_of) ? ` (${act.post_of})` : '';
  return act.speakers.join(', ') + (act.post ? `, ${act.post}${place}` : '');
}

/** Whom an act is about or speaks to, in words. */
export function towardOf(act) {
  const named = [act.toward, act.to, act.about].find((names) => names.length);
  return named ? named.join(', ') : say('a claim');
}

const styleOfAct = (act) => styleOf({ relation: 'stance', sign: act.sign });

function chip(style, words) {
  return el('p', { class: `chip ${style}` }, MARKS[style] ? el('span', { 'aria-hidden': 'true' }, MARKS[style]) : null, words);
}

function source(quote) {
  const from = quote.document;
  const published = from && [from.publisher, from.issued && inWords(from.issued)].filter(Boolean).join(', ');
  const needs = from && published && !from.label.startsWith(from.publisher);
  return [documentLink(from), needs ? el('span', { class: 'quiet' }, ` ${published}`) : null];
}

/** One act. `lead` is a line above, such as its number in the play. */
export function actCard(id, lead) {
  const act = actOf.get(id);
  const [first, ...others] = act.quotes;
  return el(
    'article',
    { class: `card ${styleOfAct(act)}`, 'data-act': id },
    lead ? el('p', { class: 'lead' }, lead) : null,
    chip(styleOfAct(act), act.verb),
    el('h3', {}, act.holder, el('span', { class: 'to' }, ' → '), towardOf(act)),
    first ? quotation(first) : null,
    el(
      'dl',
      {},
      fact(say('Date'), inWords(act.date)),
      fact(say('Speaker'), speakerOf(act)),
      fact(say('For'), act.who !== act.holder ? act.who : ''),
      first ? fact(say('As told by'), first.told_by.join(', ')) : [],
      fact(say('Asks to'), act.requested),
      act.toward.length ? fact(say('Said to'), act.to.join(', ')) : [],
      fact(sayMany('Claim', 'Claims', act.claims.length), act.claims.map((claim) => el('span', { class: 'line' }, claim))),
      fact(say('Condition'), act.condition),
      fact(say('Said at'), act.venue),
      first ? fact(say('Document'), ...source(first)) : [],
      first ? fact(say('About it'), first.note) : [],
      fact(say('Manner'), act.modality === 'plain' ? '' : act.modality),
      fact(say('Confidence'), act.confidence),
      fact(say('Note'), act.note),
    ),
    others.length
      ? el(
          'details',
          {},
          el('summary', {}, sayMany('%(num)s more report of this act', '%(num)s more reports of this act', others.length)),
          others.map((quote) => [quotation(quote), el('p', { class: 'cite' }, quote.told_by.length ? `${toldBy(quote)} ` : '', ...source(quote))]),
        )
      : null,
    el('p', { class: 'cite' }, el('a', { href: `#act-${id}`, class: 'in-table', 'data-act': id }, say('Show in the table'))),
  );
}

const toldBy = (quote) => say('As told by %(tellers)s.', { tellers: quote.told_by.join(', ') });

const duty = (pledge) => (pledge.mandatory === false ? say('may %(verb)s', { verb: pledge.verb }) : say('shall %(verb)s', { verb: pledge.verb }));

/** One obligation. */
export function pledgeCard(pledge) {
  return el(
    'article',
    { class: 'card pledge', 'data-statement': pledge.id },
    chip('pledge', duty(pledge)),
    el('h3', {}, pledge.obligor, el('span', { class: 'to' }, ' → '), pledge.beneficiary),
    el('div', { class: 'summary' }, el('p', {}, pledge.paraphrase), el('p', { class: 'tag' }, say('paraphrase, not a quotation'))),
    el(
      'dl',
      {},
      fact(say('Treaty'), pledge.treaty, pledge.article ? `, ${pledge.article}` : ''),
      fact(say('Type'), pledge.type),
      fact(say('Trigger'), pledge.trigger),
      fact(say('On request'), pledge.on_request === null ? say('not stated') : pledge.on_request ? say('yes') : say('no')),
      fact(say('Duty'), pledge.mandatory === null ? say('not stated') : pledge.mandatory ? say('mandatory') : say('at its discretion')),
      fact(say('From'), pledge.start ? inWords(pledge.start) : say('not known')),
      fact(say('Until'), pledge.end ? inWords(pledge.end) : say('not known')),
      fact(say('Documents'), pledge.documents.map((one) => el('span', { class: 'line' }, documentLink(one)))),
      fact(say('Note'), pledge.note),
    ),
  );
}

/** A membership, an office or a part in an event: from when, until when, by which documents. */
export function factCard(one) {
  return el(
    'article',
    { class: 'card other', 'data-statement': one.id },
    chip('other', one.what || say('holds office')),
    el('h3', {}, one.who, el('span', { class: 'to' }, ' → '), one.where),
    el(
      'dl',
      {},
      fact(say('From'), one.start ? inWords(one.start) : say('not known')),
      fact(say('Until'), one.end ? inWords(one.end) : say('not known')),
      fact(say('Coverage'), one.status === 'not covered' ? say('the source ends; no statement about later') : ''),
      fact(say('Documents'), one.documents.map((document) => el('span', { class: 'line' }, documentLink(document)))),
      fact(say('Note'), one.note),
    ),
  );
}
