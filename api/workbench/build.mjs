// Makes the bundle: one script, one sheet, and the licence texts of what is in them.
// Takes the folder to write to; `bundle.py` calls it.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, 'node_modules');
const out = process.argv[2];
const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
const PERMISSIVE = /^\(?(MIT|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|MPL-2\.0 OR Apache-2\.0)\)?$/;

const made = await build({
  absWorkingDir: here,
  entryPoints: { workbench: 'src/main.js' },
  outdir: out,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});

/** The package a path lies in, or null for own files. */
const packageOf = (path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? null;

const packages = new Set();
for (const input of Object.keys(made.metafile.inputs)) {
  const name = packageOf(input);
  if (!name) continue;
  packages.add(name);
  // The editor comes already joined with what it uses: its source map says with what.
  if (!input.endsWith('.js')) continue;
  const map = join(here, `${input}.map`);
  for (const source of JSON.parse(readFileSync(map, 'utf8')).sources) {
    const inside = packageOf(source) ?? /\/(utils)\/src\//.exec(source)?.[1];
    if (inside) packages.add(inside === 'utils' ? '@zazuko/yasgui-utils' : inside);
  }
}

const texts = [...packages].sort().map((name) => {
  const folder = join(modules, name);
  let about;
  try {
    about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch {
    // Polyfills that the editor was built with and that are no dependency of it.
    return unlisted(name);
  }
  if (!PERMISSIVE.test(about.license ?? '')) throw new Error(`${name} has the licence ${about.license}, which is not on the list`);
  const file = readdirSync(folder).find((one) => /^licen[cs]e(\.(md|txt))?$/i.test(one));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : mit(about);
  return `${name} ${about.version}\nLicence: ${about.license}\n\n${text}\n`;
});
writeFileSync(
  join(out, 'THIRD-PARTY.txt'),
  `The script and the sheet beside this file hold code of the following packages.\n\n${texts.join(`\n${'-'.repeat(78)}\n\n`)}`,
);

/** The text of a package that names its licence and holders, but ships no file with it. */
function mit(about) {
  if (about.license !== 'MIT') throw new Error(`${about.name} ships no licence text`);
  const person = (one) => (typeof one === 'string' ? one : one?.name);
  const holders = [about.author, ...(about.contributors ?? [])].map(person).filter(Boolean);
  return `Copyright (c) ${holders.join(', ')}\n\n${MIT}`;
}

function unlisted(name) {
  const known = { events: 'Copyright Joyent, Inc. and other Node contributors.' };
  if (!known[name]) throw new Error(`${name} is in the bundle and not installed: its licence cannot be read`);
  return `${name}\nLicence: MIT\n\n${known[name]}\n\n${MIT}\n`;
}
