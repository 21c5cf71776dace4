// Keeps the whole release for offline use. A new release waits until no page uses the old one, or until somebody
// asks for it: nothing is reloaded unasked.
const VERSION = "/*VERSION*/";
const FILES = /*PRECACHE*/[];
const CACHE = `just-right-${VERSION}`;

self.addEventListener("install", (event) => {
  // "reload" goes past the browser's own cache: a release is kept whole or not at all.
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })))));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("just-right-") && name !== CACHE).map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

// Somebody has asked for the new version.
self.addEventListener("message", (event) => {
  if (event.data === "take-over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  event.respondWith((async () => {
    const cache = await caches.open(CACHE);
    const page = event.request.mode === "navigate" ? new Request("./") : event.request;
    return (await cache.match(page, { ignoreSearch: true })) ?? fetch(event.request);
  })());
});
