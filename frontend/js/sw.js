/**
 * The service worker. The server puts `self.FRONT = {version, now, later}` before this text: the hashed addresses of what
 * the phone needs at once and later. So a new build is a new text, and the browser takes it in by itself.
 *
 *   pages    network first (3 s), else what was kept, else a page of the same kind, else /offline; lessons, services,
 *            stations, points and codes once they were read
 *   static   kept first: the address changes with the content
 *   map      its look network first, its one file kept first: the address changes with the content
 *   media    small pictures kept as they are seen, the last 200
 *   outbox   sent by Background Sync, where the browser has it
 *   push     shown as the server said it; a tap leads to its page
 * Answers of /api are kept by the page itself (store.js), so that phones without a service worker have them too.
 */
import { flush } from "./outbox.js";

const STATIC = `static-${self.FRONT.version}`;
const PAGES = "pages-1";
const MEDIA = "media-1";
const MAP = "map-1";
const MEDIA_MOST = 200;
/* One page stands for all of its kind: they differ only in what the page's script fetches. */
const NOBODY = "00000000-0000-0000-0000-000000000000";
const KINDS = [
  [/^\/mine\/[^/]+$/, `/mine/${NOBODY}`],
  [/^\/tasks\/[^/]+$/, `/tasks/${NOBODY}`],
  [/^\/r\/[^/]+$/, "/r/0000"],
];
const SHELLS = ["/", "/report", "/mine", "/tasks", "/me", "/offline", ...KINDS.map(([, address]) => address)];

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(STATIC);
    await cache.addAll(self.FRONT.now);
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("static-") && name !== STATIC);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

async function warm() {
  const pages = await caches.open(PAGES);
  await Promise.all(SHELLS.map(async (address) => {
    const response = await fetch(address, { credentials: "same-origin" }).catch(() => null);
    if (response?.ok && !response.redirected) await pages.put(address, response);
  }));
  const held = await caches.open(STATIC);
  for (const address of self.FRONT.later) {
    if (!(await held.match(address))) await held.add(address).catch(() => null);
  }
}

self.addEventListener("message", (event) => {
  if (event.data === "warm") event.waitUntil(warm());
});

self.addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(flush({ hurry: true }));
});

/* Read before, readable without a network; the last so many. What others change meanwhile is shown from here only when
 * nothing answers: a code that is to be shown at the window, points, and which station is open. */
const READ = [/^\/lessons$/, /^\/x\/[^/]+$/, /^\/services(\/[^/]+)?$/];
const CHANGING = [/^\/points(\/codes\/[^/]+)?$/, /^\/places(\/[0-9a-f-]{36})?$/, /^\/p\/[^/]+$/];
const READ_MOST = 80;
const changes = (path) => CHANGING.some((pattern) => pattern.test(path));
const isRead = (path) => READ.some((pattern) => pattern.test(path)) || changes(path);
const kindOf = (path) => KINDS.find(([pattern]) => pattern.test(path))?.[1] || path;
const phonePage = (path) => SHELLS.includes(kindOf(path)) || isRead(path);

async function keepPage(pages, path, response) {
  await pages.put(kindOf(path), response);
  const read = (await pages.keys()).filter((kept) => isRead(new URL(kept.url).pathname));
  await Promise.all(read.slice(0, Math.max(0, read.length - READ_MOST)).map((old) => pages.delete(old)));
}

async function page(request) {
  const path = new URL(request.url).pathname;
  const pages = await caches.open(PAGES);
  const kept = await pages.match(kindOf(path));
  const fresh = fetch(request).then((response) => {
    if (response.ok && !response.redirected && phonePage(path)) keepPage(pages, path, response.clone()).catch(() => null);
    return response;
  });
  // A weak network must not keep someone waiting who has the page already.
  const late = kept && !changes(path) && new Promise((resolve) => setTimeout(() => resolve(kept.clone()), 3000));
  try {
    return await (late ? Promise.race([fresh, late]) : fresh);
  } catch {
    return kept || offline();
  }
}

const offline = async () => (await (await caches.open(PAGES)).match("/offline")) || Response.error();

async function fixed(request) {
  const cache = await caches.open(STATIC);
  const kept = await cache.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && response.status === 200) await cache.put(request, response.clone());
  return response;
}

async function picture(request) {
  const cache = await caches.open(MEDIA);
  const { pathname, searchParams } = new URL(request.url); // without the pass, which changes by the hour
  const again = searchParams.get("again"); // covered anew: what was kept before shows what is covered now
  const path = again ? `${pathname}?again=${again}` : pathname;
  const kept = await cache.match(path);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.status === 200) {
    await cache.delete(pathname, { ignoreSearch: true });
    await cache.put(path, response.clone());
    const held = await cache.keys();
    await Promise.all(held.slice(0, Math.max(0, held.length - MEDIA_MOST)).map((old) => cache.delete(old)));
  }
  return response;
}

async function map(request, path) {
  const cache = await caches.open(MAP);
  const kept = await cache.match(request);
  if (kept && path === "/map/base.pmtiles") return kept;
  try {
    const response = await fetch(request);
    if (response.status === 200) {
      // Only one map is kept: what was there under another address is old.
      for (const old of await cache.keys()) if (new URL(old.url).pathname === path) await cache.delete(old);
      await cache.put(request, response.clone());
    }
    return response;
  } catch {
    return kept || Response.error();
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || request.headers.has("range")) return;
  if (request.mode === "navigate") {
    if (phonePage(pathname) && !(isRead(pathname) && search)) event.respondWith(page(request));
    else if (!pathname.startsWith("/desk")) event.respondWith(fetch(request).catch(offline));
  } else if (pathname.startsWith("/static/")) event.respondWith(fixed(request));
  else if (pathname.startsWith("/map/")) event.respondWith(map(request, pathname));
  else if (pathname.startsWith("/media/") && !pathname.endsWith("/clear") && request.destination === "image") event.respondWith(picture(request));
});

self.addEventListener("push", (event) => {
  let said = {};
  try {
    said = event.data.json();
  } catch {
    return; // not ours
  }
  event.waitUntil(self.registration.showNotification(said.title, {
    body: said.body, tag: said.tag, icon: "/static/icon-192.png", data: { url: said.url || "/messages" },
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const address = new URL(event.notification.data.url, self.location.origin);
  if (address.origin !== self.location.origin) return;
  event.waitUntil((async () => {
    const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const here = open.find((one) => new URL(one.url).pathname === address.pathname);
    return here ? here.focus() : self.clients.openWindow(address.href);
  })());
});
