// The release as static files on a free port of this machine, read into memory at the start: a build that goes on beside the tests does not
// change what they see. It notes every request, can send more headers, serve a changed file, and be cut off like a network.
import { createServer } from "node:http";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";

const KINDS = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".bin": "application/octet-stream",
};

async function read(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return new Map(await Promise.all(files.map(async (path) => [path.slice(folder.length + 1).replaceAll("\\", "/"), await readFile(path)])));
}

/**
 * Serves a folder.
 * @param {string} folder
 * @param {{ headers?: Record<string, string>, change?: Record<string, (text: string) => string> }} options
 */
export async function serve(folder, { headers = {}, change = {} } = {}) {
  const files = await read(folder.replace(/\/+$/, ""));
  const sockets = new Set();
  const site = { files: [...files.keys()], asked: [], missed: [], refusing: new Set(), headers, change };
  let server;
  let port = 0;

  const answer = (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://site").pathname);
    site.asked.push(path);
    const name = path.endsWith("/") ? `${path.slice(1)}index.html` : path.slice(1);
    const body = site.refusing.has(name) ? undefined : files.get(name);
    if (body === undefined) {
      site.missed.push(path);
      response.writeHead(404, { "content-type": "text/plain" }).end("404");
      return;
    }
    const changed = site.change[name] ? Buffer.from(site.change[name](body.toString("utf8"))) : body;
    response.writeHead(200, {
      "content-type": KINDS[extname(name)] ?? "application/octet-stream",
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
      ...site.headers,
    });
    response.end(changed);
  };

  /** Takes up serving, always at the same address. */
  site.start = () => new Promise((resolve, reject) => {
    server = createServer(answer);
    server.on("connection", (socket) => {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    });
    server.on("error", reject);
    server.listen(port, "127.0.0.1", () => {
      port = server.address().port;
      site.origin = `http://127.0.0.1:${port}`;
      site.url = `${site.origin}/`;
      resolve(site);
    });
  });

  /** Cuts it off: nothing is answered any more, and open connections end. */
  site.stop = () => new Promise((resolve) => {
    if (!server) return resolve();
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
    server = undefined;
  });

  return site.start();
}
