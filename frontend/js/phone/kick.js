/** When the outbox is sent: at once, when the network is back, when the window is looked at again, and every so often. */
import { online, setOnline } from "../api.js";
import { flush, list, watch } from "../outbox.js";

let timer = null;

async function next() {
  clearTimeout(timer);
  const waiting = (await list().catch(() => [])).filter((item) => item.state === "waiting");
  if (!waiting.length) return;
  const due = Math.min(...waiting.map((item) => item.nextAt)) - Date.now();
  timer = setTimeout(kick, Math.min(60000, Math.max(1500, due)));
}

/** Sends what waits. Resolves when everything that can go has gone. */
export async function kick({ hurry = false } = {}) {
  const before = (await list().catch(() => [])).filter((item) => item.state === "waiting").length;
  if (before && navigator.onLine !== false) {
    await flush({ hurry }).catch(() => null);
    const after = (await list().catch(() => [])).filter((item) => item.state === "waiting");
    if (after.length < before) setOnline(true);
    else if (online() && after.length && after.every((item) => !item.message)) setOnline(false);
  }
  await next();
}

/** Asks the browser to send later, even when this window is closed. Not every browser can. */
export async function later() {
  try {
    const registration = await navigator.serviceWorker?.getRegistration();
    await registration?.sync?.register("outbox");
  } catch {
    // Not allowed here (private window): the open page keeps the queue.
  }
  try {
    await navigator.storage?.persist?.();
  } catch {
    // The browser decides by itself.
  }
}

export function startKicking() {
  watch(next);
  addEventListener("online", () => kick({ hurry: true }));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && kick({ hurry: true }));
  return kick({ hurry: true });
}
