// "Copy as": the query as a command that runs as it stands, in a dialog of its own.
import { config } from './config.js';
import { byId } from './dom.js';
import { say } from './words.js';

const isGraph = (text) => /^(?:\s|#[^\n]*\n|PREFIX\s+\S+\s+<[^>]*>|BASE\s+<[^>]*>)*(CONSTRUCT|DESCRIBE)\b/i.test(text);

/** The query as a command of curl. */
export function asCurl(text, endpoint = config.service) {
  let end = 'SPARQL';
  while (text.split('\n').includes(end)) end += '_';
  return `curl '${endpoint}' \\
  -H 'Accept: ${isGraph(text) ? 'text/turtle' : 'text/csv'}' \\
  --data-urlencode query@- <<'${end}'
${text}
${end}
`;
}

/** The query as a Python program with SPARQLWrapper. */
export function asPython(text, endpoint = config.service) {
  // JSON's way to write a text is also Python's.
  const plain = text.includes('"""') || text.includes('\\') || text.endsWith('"');
  const written = plain ? JSON.stringify(text) : `"""\n${text}\n"""`;
  const graph = isGraph(text);
  return `from SPARQLWrapper import ${graph ? 'POST, TURTLE' : 'JSON, POST'}, SPARQLWrapper

service = SPARQLWrapper("${endpoint}")
service.setMethod(POST)
service.setOnlyConneg(True)  # the format by header only
service.setReturnFormat(${graph ? 'TURTLE' : 'JSON'})
service.setQuery(${written})

${graph ? 'print(service.query().convert().decode())' : `answer = service.query().convert()
for row in answer.get("results", {}).get("bindings", []):
    print({name: cell["value"] for name, cell in row.items()})
if "boolean" in answer:
    print(answer["boolean"])`}
`;
}

/** The query as an R program with httr2. */
export function asR(text, endpoint = config.service) {
  let dashes = '---';
  while (text.includes(`)${dashes}"`)) dashes += '-';
  return `library(httr2)

query <- r"${dashes}(
${text}
)${dashes}"
answer <- request("${endpoint}") |>
  req_headers(Accept = "${isGraph(text) ? 'text/turtle' : 'text/csv'}") |>
  req_body_form(query = query) |>
  req_perform()
${isGraph(text) ? 'cat(resp_body_string(answer))' : 'rows <- read.csv(text = resp_body_string(answer))\nprint(rows)'}
`;
}

const WAYS = { curl: asCurl, Python: asPython, R: asR };

/** Starts the dialog; `current` gives the text in the editor. */
export function startCopy(current) {
  const dialog = byId('copy');
  const code = byId('copy-text');
  const show = (way) => {
    code.value = WAYS[way](current());
    byId('copied').textContent = '';
    for (const button of dialog.querySelectorAll('[data-way]')) button.setAttribute('aria-pressed', String(button.dataset.way === way));
  };
  for (const button of dialog.querySelectorAll('[data-way]')) button.addEventListener('click', () => show(button.dataset.way));
  byId('copy-as').addEventListener('click', () => {
    show('curl');
    dialog.showModal();
  });
  byId('copy-now').addEventListener('click', async () => {
    code.select();
    // Only pages from a secure origin may write to the clipboard by themselves.
    const done = navigator.clipboard ? await navigator.clipboard.writeText(code.value).then(() => true, () => false) : document.execCommand('copy');
    byId('copied').textContent = done ? say('Copied.') : say('Selected: press Ctrl-C.');
  });
}
