// The release as a good host serves it: compressed once and as well as it goes, hashed files for good, everything else asked for again.
import { createServer } from "node:http";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const KINDS = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};
const HASHED = /-[0-9a-f]{16}/;

const compress = {
  br: (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  gzip: (body) => gzipSync(body, { level: 9 }),
};

async function files(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return new Map(await Promise.all(paths.map(async (path) => [path.slice(folder.length + 1).replaceAll("\\", "/"), { raw: await readFile(path) }])));
}

/** Serves a folder; `sent` notes every answer: `{ name, bytes }`. */
export async function host(folder) {
  const all = await files(folder.replace(/\/+$/, ""));
  const here = { sent: [] };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    const name = path.endsWith("/") ? `${path.slice(1)}index.html` : path.slice(1);
    const file = all.get(name);
    if (!file) return response.writeHead(404).end();
    const accepted = request.headers["accept-encoding"] ?? "";
    const how = extname(name) === ".png" ? undefined : ["br", "gzip"].find((one) => accepted.includes(one));
    const body = how ? (file[how] ??= compress[how](file.raw)) : file.raw;
    here.sent.push({ name, bytes: body.length });
    response.writeHead(200, {
      "content-type": KINDS[extname(name)] ?? "application/octet-stream",
      "content-length": body.length,
      "cache-control": HASHED.test(name) ? "public, max-age=31536000, immutable" : "no-cache",
      "x-content-type-options": "nosniff",
      vary: "accept-encoding",
      ...(how && { "content-encoding": how }),
    });
    response.end(body);
  });
  // Brotli at its best takes seconds: not while somebody waits.
  for (const [name, file] of all) if (extname(name) !== ".png") file.br = compress.br(file.raw);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  here.url = `http://127.0.0.1:${server.address().port}/`;
  here.stop = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return here;
}
