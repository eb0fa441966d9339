// In a file, the data and vis-network are compressed; a server gives them as they are.

/** The text of a compressed element. */
async function unpacked(id) {
  const text = document.getElementById(id).textContent;
  const bytes = Uint8Array.fromBase64?.(text) || Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}

const isPacked = Boolean(document.getElementById('packed-payload'));

/** What the page is about, as JSON. */
export const payload = isPacked ? await unpacked('packed-payload') : document.getElementById('payload').textContent;

/** vis-network, once it has run. `address` is where a server has it. */
export async function loadVis(address) {
  const script = document.createElement('script');
  // The nonce of this page's content policy is what lets the script run.
  script.nonce = document.querySelector('script[nonce]').nonce;
  if (isPacked) {
    script.textContent = await unpacked('packed-vis');
    document.head.append(script);
    return window.vis;
  }
  script.src = address;
  await new Promise((resolve, reject) => {
    script.addEventListener('load', resolve);
    script.addEventListener('error', reject);
    document.head.append(script);
  });
  return window.vis;
}
