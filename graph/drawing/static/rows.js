// The rows of the table twin become elements when they are looked at, or when nothing else is
// to do. The server has written them, texts escaped, as what a page without scripts shows.

const AT_ONCE = 40;
const AT_LATEST = 400;
// Lists whose rows are not made yet.
const unmade = [];

/** Waits until there is nothing else to do; says how long nothing else will be. */
export const rest = () =>
  new Promise((resolve) => {
    if (window.requestIdleCallback) requestIdleCallback(resolve, { timeout: AT_LATEST });
    else setTimeout(resolve, 1, { timeRemaining: () => 0 });
  });

/** Puts the heads of the tables in place; their rows wait. */
export function startRows() {
  for (const text of document.querySelectorAll('noscript.rows')) {
    const [head, ...rows] = text.textContent.split(/\n(?=<(?:tr|li)[ >])/);
    text.insertAdjacentHTML('beforebegin', head);
    const list = text.previousElementSibling;
    rows.push(rows.pop().split('\n</')[0]);
    unmade.push({ body: list.querySelector('tbody') || list, rows });
    text.remove();
  }
}

/** Makes the next rows, all where no number is said. */
export function makeRows(many = Infinity) {
  let left = many;
  while (unmade.length && left > 0) {
    const { body, rows } = unmade[0];
    const next = rows.splice(0, left);
    body.insertAdjacentHTML('beforeend', next.join(''));
    left -= next.length;
    if (!rows.length) unmade.shift();
  }
}

/** Makes all rows that are left, some in every rest of the page. */
export async function restOfRows() {
  while (unmade.length) {
    const time = await rest();
    do makeRows(AT_ONCE);
    while (unmade.length && time.timeRemaining() > 10);
  }
}
