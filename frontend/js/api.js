/** Reads. Each answer is kept on the phone, so that the same page can be read without a network. */
import { database } from "./store.js";
import { t } from "./words.js";

/** The server could not be reached, and nothing is kept. */
export class Unreachable extends Error {
  constructor() { super(t("error.unreachable")); }
}

/** The server said no. status, message (in the person's language), and when to come back. */
export class Said extends Error {
  constructor(status, body) {
    super(body.message || t(status === 404 ? "error.not_found" : status === 403 || status === 401 ? "error.not_yours" : "error.server"));
    this.status = status;
    this.retryAfter = Number(body.retry_after) || null;
  }
}

let reachable = navigator.onLine !== false;
const watchers = new Set();
/** Whether the server answers, as far as known. */
export const online = () => reachable;
export const onNetwork = (watcher) => { watchers.add(watcher); return () => watchers.delete(watcher); };
export function setOnline(now) {
  if (now === reachable) return;
  reachable = now;
  watchers.forEach((watcher) => watcher(now));
}
addEventListener("offline", () => setOnline(false));
addEventListener("online", () => setOnline(true));

async function fetchJson(path, signal, said = null) {
  const sent = said && { method: "POST", body: JSON.stringify(said) };
  const headers = { Accept: "application/json", ...(said && { "Content-Type": "application/json" }) };
  let response;
  try {
    response = await fetch(path, { ...sent, headers, credentials: "same-origin", signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    setOnline(false);
    throw new Unreachable();
  }
  setOnline(true);
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Said(response.status, body);
  return body;
}

/** The form token: the cookie's, because a page that was kept on the phone may carry an old one. */
export const csrf = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] || document.querySelector("meta[name=csrf]")?.content || "";

/** Tells the server something small that may get lost (what has been read); what must not goes through the outbox. */
export const tell = (path) => fetch(path, { method: "POST", headers: { "X-CSRFToken": csrf() }, credentials: "same-origin" }).catch(() => null);

/** One answer, not kept. Raises Unreachable, Said, AbortError. */
export const ask = fetchJson;

/** The same for words that somebody types and for where somebody stands: these are sent, because addresses are kept in logs. */
export const askFor = (path, said, signal) => fetchJson(path, signal, said);

/** Keeps an answer by hand: details that came within a list. */
export async function keep(path, data) {
  await (await database()).put("kept", { data, at: Date.now() }, path).catch(() => null);
}

export async function kept(path) {
  return (await database()).get("kept", path).catch(() => undefined);
}

/**
 * Shows what is kept at once, then what the server says. show(data, {at, old}) is called once or twice;
 * raises Unreachable or Said only when there is nothing to show, or when the server says that the thing is gone.
 */
export async function read(path, show) {
  const before = await kept(path);
  if (before) show(before.data, { at: before.at, old: true });
  try {
    const data = await fetchJson(path);
    await keep(path, data);
    show(data, { at: Date.now(), old: false });
  } catch (error) {
    if (!before || (error instanceof Said && [401, 403, 404].includes(error.status))) throw error;
  }
}
