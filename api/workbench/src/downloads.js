// The answer as a file, in a format the server writes. The query is sent again, so that
// the file holds all of it and not what the table shows.
import { at } from './config.js';
import { byId, el, save } from './dom.js';
import { Refused, refusal, send } from './run.js';
import { say } from './words.js';

const ROWS = { csv: 'CSV', tsv: 'TSV', json: 'JSON', parquet: 'Parquet' };
const GRAPH = { ttl: 'Turtle', nt: 'N-Triples', jsonld: 'JSON-LD' };

/** Puts the buttons for an answer in place. */
export function drawDownloads(result, text, question, tell) {
  const formats = result.kind === 'graph' ? GRAPH : result.kind === 'rows' ? ROWS : {};
  const buttons = Object.entries(formats).map(([format, name]) => el('button', { type: 'button', 'data-format': format, title: say('Download as %(format)s', { format: name }), onclick: (event) => download(event.target, format, text, question, tell) }, name));
  byId('downloads').replaceChildren(...(buttons.length ? [el('span', { class: 'quiet' }, say('Download')), ...buttons] : []));
}

async function download(button, format, text, question, tell) {
  button.disabled = true;
  try {
    const answer = format === 'parquet' && question ? await asked(question, format) : await send(text, { format });
    const file = await answer.blob().catch(() => {
      // These formats have no place for a mark, so the server breaks a cut answer off.
      throw new Refused({ title: say('No file'), detail: say('The answer is longer than this server gives and was broken off. Add a LIMIT.'), status: 0 });
    });
    save(file, `${question?.id ?? 'answer'}.${format}`);
    // JSON has a place for the mark: its very end.
    const cut = /"comity":\s*\{\s*"cut":\s*"([^"]+)"/.exec(await file.slice(-200).text())?.[1];
    if (cut) tell(say('The file is not whole: the server cut it (%(cut)s).', { cut }));
  } catch (error) {
    tell(`${error.title ?? say('No file')}. ${error.message}`);
  } finally {
    button.disabled = false;
  }
}

async function asked({ id, query }, format) {
  const answer = await fetch(at(`/queries/${id}?${query}&format=${format}`));
  if (answer.ok) return answer;
  throw await refusal(answer);
}
