// The editor: Yasqe, the editor of yasgui, with our prefixes, our completion and our keys.
// Nothing of it that speaks to other servers is switched on or left in reach.
import '@zazuko/yasqe/build/yasqe.min.css';
import { Yasqe } from '@zazuko/yasqe';
import { completer, worthOffering } from './complete.js';
import { config } from './config.js';
import { byId, el } from './dom.js';
import { say } from './words.js';

const CodeMirror = Object.getPrototypeOf(Yasqe);
const MODE = 'comity-sparql';

// Prefixes that the server knows need no PREFIX line, so they are no fault in the editor.
CodeMirror.defineMode(MODE, (options) => {
  const sparql = CodeMirror.getMode(options, 'sparql11');
  return { ...sparql, startState: (...given) => ({ ...sparql.startState(...given), prefixes: { ...config.prefixes } }) };
});

// These two ask servers on the web for terms of other people's vocabularies.
delete Yasqe.Autocompleters.class;
delete Yasqe.Autocompleters.property;
delete Yasqe.Autocompleters.prefixes;
Yasqe.registerAutocompleter(completer(), false);
Yasqe.defaults.autocompleters = ['variables', 'comity'];

const check = Yasqe.prototype.checkSyntax;
Yasqe.prototype.checkSyntax = function checkSyntax() {
  check.call(this);
  // The stock tip on a faulty line is written as HTML with styles in it, which the page's
  // content policy rightly refuses: the same in plain words.
  for (const icon of this.getWrapperElement().querySelectorAll('.parseErrorIcon')) {
    icon.onmouseover = null;
    icon.onmouseout = null;
    icon.title = say('The query is not complete, or not right, at this line.');
  }
};

/**
 * Starts the editor.
 * @param {string} text to begin with
 * @param {{run: Function, changed: Function}} calls on Ctrl-Enter and on every change
 */
export function startEditor(text, { run, changed }) {
  const yasqe = new Yasqe(byId('editor'), {
    value: text,
    mode: MODE,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    queryingDisabled: say('The page runs queries itself.'),
    editorHeight: '100%',
    screenReaderLabel: say('SPARQL query'),
    // Tab leaves the editor, so that the page can be used without a mouse.
    extraKeys: { 'Ctrl-Enter': run, 'Cmd-Enter': run, Tab: false, 'Shift-Tab': false, 'Ctrl-S': false },
  });
  yasqe.on('changes', () => {
    clearMark(yasqe);
    changed(yasqe.getValue());
  });
  yasqe.on('inputRead', (_, change) => {
    if (!yasqe.state.completionActive && change.text.join('').trim() && worthOffering(yasqe)) yasqe.autocompleters.comity.autocomplete(false);
  });
  return yasqe;
}

let marked = null;

/** Marks the place that the server could not read. */
export function markPlace(yasqe, { line, column }, message) {
  clearMark(yasqe);
  const at = Math.min(line, yasqe.getDoc().lineCount()) - 1;
  const handle = yasqe.addLineClass(at, 'background', 'line-fault');
  const note = el('div', { class: 'line-note' }, message);
  const widget = yasqe.addLineWidget(at, note, { noHScroll: true });
  marked = { handle, widget };
  yasqe.scrollIntoView({ line: at, ch: 0 }, 60);
  yasqe.getDoc().setCursor({ line: at, ch: Math.max(0, column - 1) });
}

/** Takes the mark away. */
export function clearMark(yasqe) {
  if (!marked) return;
  yasqe.removeLineClass(marked.handle, 'background', 'line-fault');
  marked.widget.clear();
  marked = null;
}
