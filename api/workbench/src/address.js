// The state in the address bar: `#query=` the text, `view=` how its answer is shown.
// A view in the address means that the query has been run; opening it runs it again.

/** What the address says. */
export function readAddress() {
  const fields = new URLSearchParams(location.hash.slice(1));
  return { query: fields.get('query'), view: fields.get('view') };
}

/** Writes the address; a new entry of the history where `step` says so. */
export function writeAddress({ query, view }, step = false) {
  const fields = new URLSearchParams({ query, ...(view ? { view } : {}) });
  const address = `#${fields}`;
  if (address === location.hash) return;
  if (step) history.pushState(null, '', address);
  else history.replaceState(null, '', address);
}
