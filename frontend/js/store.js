/**
 * What the phone keeps: an IndexedDB of four stores. Shared by the page and the service worker, so nothing here touches the page.
 *
 *   outbox   what waits to be sent          {order, key, verb, at, version, body, media, record, person, state, ...}
 *   kept     answers of the server          path -> {data, at}: read when there is no network
 *   sent     reports sent from this phone   key -> {number, receipt, url, id, title, at}
 *   notes    small things                   name -> value: tokens, a draft, a lease
 */
import { openDB } from "idb";

let opened;

export function database() {
  opened ??= openDB("liuchi", 1, {
    upgrade(db) {
      const outbox = db.createObjectStore("outbox", { keyPath: "order", autoIncrement: true });
      outbox.createIndex("key", "key", { unique: true });
      db.createObjectStore("kept");
      db.createObjectStore("sent", { keyPath: "key" });
      db.createObjectStore("notes");
    },
    terminated() { opened = undefined; },
  }).catch((error) => { opened = undefined; throw error; });
  return opened;
}

export const note = async (name) => (await database()).get("notes", name);
export const setNote = async (name, value) => (await database()).put("notes", value, name);
export const dropNote = async (name) => (await database()).delete("notes", name);

/**
 * Whose the kept answers, pages and photos are. When somebody else opens the page - a sign-in ran out and another person came -
 * what was kept for the one before goes. What waits to be sent stays: it belongs to who wrote it, and goes out in that name.
 */
export async function belongTo(person) {
  const before = await note("whose");
  if (before && before !== person) {
    await (await database()).clear("kept");
    await forgetCaches();
  }
  await setNote("whose", person || "");
}

async function forgetCaches() {
  if (typeof caches === "undefined") return;
  await Promise.all((await caches.keys()).filter((name) => !name.startsWith("static")).map((name) => caches.delete(name)));
}

/** Forgets everything on this phone. */
export async function wipe() {
  const db = await database();
  const names = ["outbox", "kept", "sent", "notes"];
  const work = db.transaction(names, "readwrite");
  await Promise.all([...names.map((name) => work.objectStore(name).clear()), work.done]);
  await forgetCaches();
}

/** A version 4 UUID; crypto.randomUUID is missing on plain http. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
