// Colours, widths and dashes of lines and nodes. Colours come from the style sheet, so
// that light and dark are written once.

const read = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The colours of the theme in use. */
export function palette() {
  const names = ['ground', 'text', 'quiet', 'plus', 'minus', 'half', 'zero', 'none', 'pledge', 'other', 'node', 'party', 'ring', 'event', 'event-line', 'accent', 'lens-csto', 'lens-nato', 'lens-eu', 'lens-ots', 'lens-cis', 'lens-one', 'lens-two'];
  return Object.fromEntries(names.map((name) => [name, read(`--${name}`)]));
}

const DASHES = { half: [8, 5], none: [3, 3.5], pledge: [1.8, 3.2], other: [6, 3] };

/** Which of the styles of the legend a line has. */
export function styleOf(edge) {
  if (edge.relation === 'obligation') return 'pledge';
  if (edge.relation !== 'stance') return 'other';
  if (edge.sign === null) return 'none';
  if (edge.sign === 0) return 'zero';
  if (edge.sign > 0) return 'plus';
  return edge.sign > -1 ? 'half' : 'minus';
}

export const MARKS = { plus: '+', minus: '−', half: '!', zero: '', none: '·', pledge: '§', other: '' };

export const dashesOf = (style) => DASHES[style] || false;

/** By the number of acts; unsigned lines grow more slowly, pledges do not. */
export function widthOf(edge) {
  const style = styleOf(edge);
  if (style === 'pledge') return edge.weak ? 1.3 : 2.2;
  if (style === 'other') return 1.2;
  const step = style === 'zero' || style === 'none' ? 0.28 : 0.5;
  return Math.min(6, 1.3 + step * (edge.count - 1));
}

/** A colour on its way to another; both as #rrggbb, so that nothing shines through. */
export function mix(colour, ground, share) {
  const parts = (text) => [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
  const [from, to] = [parts(colour), parts(ground)];
  return `#${from.map((one, i) => Math.round(one + (to[i] - one) * share).toString(16).padStart(2, '0')).join('')}`;
}
