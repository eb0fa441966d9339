// The words of the page, and their translation: those of the explorer.

export { say, sayMany } from '../../../graph/drawing/static/words.js';
