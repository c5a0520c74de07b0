/* Builds the front end into $LIUCHI_VAR/front (default var/front).
 *
 *   node frontend/build.mjs            once, minified
 *   node frontend/build.mjs --watch    again on each change, readable
 *
 * Top-level names carry no hash (Django's manifest storage gives them one); the chunks that code splitting makes carry
 * esbuild's hash, since modules import each other by name. front.json lists what was written, for the service worker.
 */
import { build, context } from "esbuild";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const out = resolve(root, process.env.LIUCHI_VAR || "var", "front");
const watch = process.argv.includes("--watch");
const require = createRequire(import.meta.url);

/* Browsers of phones five years old: Chromium 87 (Android WebView, WeChat), Safari 14.1. */
const target = ["chrome87", "safari14.1", "firefox90"];
const shared = { absWorkingDir: root, bundle: true, minify: !watch, target, outdir: out, legalComments: "eof", logLevel: "warning", metafile: true };

const pages = {
  ...shared,
  entryPoints: { phone: join(here, "js/phone.js"), desk: join(here, "js/desk.js") },
  format: "esm",
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
};
/* A service worker is one classic script: module workers are younger than the phones above. */
const worker = { ...shared, entryPoints: { sw: join(here, "js/sw.js") }, format: "iife" };
const styles = {
  ...shared,
  entryPoints: { phone: join(here, "css/phone.css"), desk: join(here, "css/desk.css") },
  loader: { ".svg": "dataurl", ".png": "dataurl" },
};

/* A source map's address without the map makes Django's manifest storage fail. */
const withoutMapAddress = (text) => text.replace(/^\s*\/[/*][#@] sourceMappingURL=.*$/gm, "");

async function mapWorker() {
  const text = await readFile(require.resolve("maplibre-gl/dist/maplibre-gl-worker.mjs"), "utf8");
  await writeFile(join(out, "maplibre-worker.js"), withoutMapAddress(text));
}

/* One sprite of symbols from the drawings in icons/: each file holds the inner shapes on a 24 x 24 field. */
async function sprite() {
  const names = (await readdir(join(here, "icons"))).filter((name) => name.endsWith(".svg")).sort();
  const symbols = await Promise.all(names.map(async (name) => {
    const text = await readFile(join(here, "icons", name), "utf8");
    const [, attributes, inner] = text.match(/<svg([^>]*)>([\s\S]*)<\/svg>/);
    const kept = attributes.replace(/\s(xmlns|width|height)="[^"]*"/g, "");
    return `<symbol id="${name.slice(0, -4)}"${kept}>${inner.trim()}</symbol>`;
  }));
  await writeFile(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
}

async function images() {
  for (const name of await readdir(join(here, "images"))) {
    await copyFile(join(here, "images", name), join(out, name));
  }
}

/* What the phone keeps at once, and what is large and rarely needed (the map, the reader of photos' places) and so may come later. */
async function list(metafile) {
  const path = (name) => relative(out, resolve(root, name)).replaceAll("\\", "/");
  const outputs = Object.fromEntries(Object.entries(metafile.outputs).map(([name, data]) => [path(name), data]));
  const reached = new Set();
  const reach = (name) => {
    if (reached.has(name)) return;
    reached.add(name);
    outputs[name].imports.filter((link) => !link.external).forEach((link) => reach(path(link.path)));
  };
  reach("phone.js");
  const large = (name) => outputs[name].bytes > 60_000;
  await writeFile(join(out, "front.json"), JSON.stringify({
    now: [...reached].filter((name) => !large(name)).concat("phone.css", "icons.svg", "icon-192.png"),
    later: [...reached].filter(large).concat("maplibre-worker.js"),
  }));
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const copies = () => Promise.all([mapWorker(), sprite(), images()]);
if (watch) {
  const after = { name: "list", setup: (b) => b.onEnd((result) => result.metafile && list(result.metafile)) };
  const builds = await Promise.all([context({ ...pages, plugins: [after] }), context(worker), context(styles)]);
  await copies();
  await Promise.all(builds.map((one) => one.watch()));
  console.log(`watching, writing to ${out}`);
} else {
  const [done] = await Promise.all([build(pages), build(worker), build(styles), copies()]);
  await list(done.metafile);
}
