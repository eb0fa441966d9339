// What the server tells the page: addresses, limits, prefixes, themes of the questions.

export const config = JSON.parse(document.getElementById('config').textContent);

/** The server's address of a path, wherever it is mounted. */
export const at = (path) => `${config.base}${path}`;
