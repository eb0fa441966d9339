// In a file, vis-network and the data are compressed: opens them before anything else runs.

async function unpacked(id) {
  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}

{
  const library = document.createElement('script');
  // The nonce of this file's content policy is what lets the script run.
  library.nonce = document.querySelector('script[nonce]').nonce;
  library.textContent = await unpacked('packed-vis');
  document.head.append(library);
  document.getElementById('payload').textContent = await unpacked('packed-payload');
}
