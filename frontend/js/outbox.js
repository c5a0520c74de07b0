/**
 * The outbox: every write of the phone is first kept here, then sent, in order, until the server has said what became of it.
 * Shared by the page and the service worker. A key makes a write that is sent twice one write, so the rule is: when in doubt, send again.
 *
 * An item's state is
 *   waiting   goes out as soon as it can
 *   refused   the server said no for a reason that the person can mend (error, field); stays until edited or thrown away
 *   stranger  written by someone who is not signed in any more, and whose token is gone; goes out after signing in again
 */
import { database, dropNote, note, setNote, uuid } from "./store.js";

export const LIMIT = 20 * 1024 * 1024;
const LEASE = 20000;
const LONGEST = 15 * 60 * 1000;
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("liuchi-outbox");
const listeners = new Set();

/** Calls back after each change of the outbox, in this window or another, with what happened. */
export function watch(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
if (channel) channel.onmessage = (event) => listeners.forEach((listener) => listener(event.data));
function tell(what) {
  listeners.forEach((listener) => listener(what));
  channel?.postMessage(what);
}

/** Raised when the phone has no room left. */
export class Full extends Error {}

async function keep(work) {
  try {
    return await work();
  } catch (error) {
    if (error?.name === "QuotaExceededError" || error?.inner?.name === "QuotaExceededError") throw new Full();
    throw error;
  }
}

/**
 * Keeps one write. media: [{key?, kind, blob}]. person: who writes, or null. title: the words a list shows.
 * Returns the item. Raises Full.
 */
export async function put({ verb, body, media = [], person = null, title = "", at = new Date() }) {
  const item = {
    key: uuid(),
    verb,
    at: at.toISOString(),
    version: 1,
    body,
    media: media.map(({ key, kind, blob, sent }) => ({ key: key || uuid(), kind, blob, sent: Boolean(sent) })),
    record: body.case || body.receipt || uuid(),
    person,
    title,
    state: "waiting",
    attempts: 0,
    nextAt: 0,
  };
  item.order = await keep(async () => (await database()).add("outbox", item));
  tell({ type: "kept", key: item.key });
  return item;
}

/** All items, oldest first. */
export const list = async () => (await database()).getAll("outbox");

/** The item with this key, or undefined when it has gone out. */
export const find = async (key) => (await database()).getFromIndex("outbox", "key", key);

/** Throws an item away. */
export async function drop(key) {
  const db = await database();
  const item = await db.getFromIndex("outbox", "key", key);
  if (item) await db.delete("outbox", item.order);
  tell({ type: "dropped", key });
}

/** Sends an item of someone who is no longer signed in as nobody's. */
export async function release(key) {
  const item = await find(key);
  if (item) await save({ ...item, person: null, state: "waiting", nextAt: 0 });
}

async function save(item) {
  const db = await database();
  // The person may have thrown it away while it was under way: then it must not come back.
  const work = db.transaction("outbox", "readwrite");
  if (await work.store.get(item.order)) await work.store.put(item);
  await work.done;
  tell({ type: "changed", key: item.key });
}

class Offline extends Error {}

async function post(address, init) {
  try {
    return await fetch(address, { method: "POST", credentials: "same-origin", ...init });
  } catch {
    throw new Offline();
  }
}

const answer = async (response) => {
  try {
    return await response.json();
  } catch {
    return {};
  }
};

/** The token of a person (or of nobody). Raises Offline; null when the session is not that person's. */
async function token(person, fresh) {
  const name = `token:${person || ""}`;
  const known = await note(name);
  if (known && !fresh) return known;
  if (fresh) await dropNote(name);
  const csrf = (await note("csrf")) || "";
  const response = await post(person ? "/outbox/token" : "/outbox/token?nobody=1", { headers: { "X-CSRFToken": csrf } });
  if (!response.ok) throw new Offline();
  const given = await answer(response);
  if (person && given.person !== undefined && given.person !== person) return null;
  await setNote(name, given.token);
  return given.token;
}

/** Gets a token while the session is good, so that it outlives it. Called when a page opens with a network. */
export async function prepare(person, csrf) {
  if (csrf) await setNote("csrf", csrf);
  if (!(await note(`token:${person || ""}`))) await token(person, true).catch(() => null);
}

async function authorised(item, address, init) {
  for (const fresh of [false, true]) {
    const held = await token(item.person, fresh);
    if (!held) return null;
    const response = await post(address, { ...init, headers: { ...init.headers, Authorization: `Outbox ${held}` } });
    if (response.status !== 401) return response;
  }
  return null;
}

const wait = (item, milliseconds, message = null) =>
  save({ ...item, state: "waiting", attempts: item.attempts + 1, nextAt: Date.now() + milliseconds, message });
const backOff = (item) => Math.min(LONGEST, 2000 * 2 ** Math.min(item.attempts, 9)) * (0.75 + Math.random() / 2);

/* What to do with an answer that is not a success. True = this item is settled or has to wait. */
async function notTaken(item, response, field) {
  if (response === null) return save({ ...item, state: "stranger" });
  const said = await answer(response);
  if (response.status === 429) return wait(item, (Number(said.retry_after) || 30) * 1000, said.message || null);
  // This key came with other words before, which only our own mistake can cause: a new key, same words.
  if (response.status === 409 && said.error === "other_body") {
    const db = await database();
    const again = { ...item, key: uuid(), attempts: item.attempts + 1, nextAt: Date.now() + backOff(item) };
    await db.put("outbox", again);
    return tell({ type: "changed", key: again.key });
  }
  if (response.status >= 500 || response.status === 408) return wait(item, backOff(item));
  // The server no longer has what was sent (it was restored from an older backup): all of it goes out again.
  if (said.error === "media_missing") return wait({ ...item, media: item.media.map((piece) => ({ ...piece, sent: false })) }, backOff(item));
  return save({ ...item, state: "refused", message: said.message || null, field: said.field || field || null, code: said.error || null });
}

async function send(item) {
  for (const piece of item.media) {
    if (piece.sent) continue;
    const response = await authorised(item, `/outbox/media?key=${piece.key}&kind=${piece.kind}`, {
      body: piece.blob,
      headers: { "Content-Type": piece.blob.type || "application/octet-stream" },
    });
    if (!response?.ok) return notTaken(item, response, piece.kind);
    piece.sent = true;
    await save(item);
  }
  const { key, verb, at, version, body } = item;
  const response = await authorised(item, "/outbox", {
    body: JSON.stringify({ key, verb, at, version, body, media: item.media.map((piece) => piece.key) }),
    headers: { "Content-Type": "application/json" },
  });
  if (!response?.ok) return notTaken(item, response, null);
  const { result } = await answer(response);
  const db = await database();
  const work = db.transaction(["outbox", "sent"], "readwrite");
  work.objectStore("outbox").delete(item.order);
  if (result?.number) work.objectStore("sent").put({ key, at, title: item.title, person: item.person, ...result });
  await work.done;
  tell({ type: "sent", key, verb, body, result });
}

/* Web Locks where the browser has them (not on plain http); else a lease that other windows see in the database. */
async function alone(work) {
  if (globalThis.navigator?.locks) {
    return navigator.locks.request("liuchi-outbox", { ifAvailable: true }, (lock) => (lock ? work(() => {}) : false));
  }
  const me = uuid();
  const take = async () => {
    const db = await database();
    const change = db.transaction("notes", "readwrite");
    const held = await change.store.get("lease");
    const free = !held || held.by === me || held.until < Date.now();
    if (free) await change.store.put({ by: me, until: Date.now() + LEASE }, "lease");
    await change.done;
    return free;
  };
  if (!(await take())) return false;
  const again = setInterval(take, LEASE / 3);
  try {
    return await work();
  } finally {
    clearInterval(again);
    await dropNote("lease");
  }
}

/**
 * Sends what can be sent. hurry: forget the waiting times (the network is back, or the person asks); a time that the server asked for is kept.
 * Returns false when another window is at it.
 */
export async function flush({ hurry = false } = {}) {
  return alone(async () => {
    const blocked = new Set();
    const tried = new Set();
    for (;;) {
      const items = await list();
      blocked.clear();
      const next = items.find((item) => {
        // What was refused waits for the person, and may not hold up what came after it.
        if (item.state === "refused" || blocked.has(item.record)) return false;
        blocked.add(item.record);
        const due = item.nextAt <= Date.now() || (hurry && !item.message);
        return item.state === "waiting" && due && !tried.has(item.order);
      });
      if (!next) return true;
      tried.add(next.order);
      try {
        await send(next);
      } catch (error) {
        await wait(next, backOff(next));
        if (error instanceof Offline) return true; // the others would meet the same
      }
    }
  });
}

/** Makes strangers' items wait again: someone has signed in. */
export async function returned(person) {
  for (const item of await list()) {
    if (item.state === "stranger" && item.person === person) await save({ ...item, state: "waiting", nextAt: 0 });
  }
}
