/** A worker's tasks, with what has been done on this phone and not been sent yet laid over what the server knows. */
import { keep, kept, read } from "../api.js";
import { WHOLE_MOST } from "../map/source.js";
import { flush, list, put } from "../outbox.js";
import { t } from "../words.js";
import { later } from "./kick.js";
import { person, toast } from "./shell.js";

const PATH = "/api/cases/tasks";

/* Each task comes whole, so that it can be opened without a network. */
const spread = (data) => Promise.all(data.tasks.map((task) => keep(`/api/cases/${task.id}`, task)));

export const tasks = (show) => read(PATH, (data, how) => {
  if (!how.old) spread(data);
  show(data, how);
});

export async function task(id, show) {
  const listed = (await kept(PATH))?.data.tasks.find((one) => one.id === id);
  if (listed && !(await kept(`/api/cases/${id}`))) await keep(`/api/cases/${id}`, listed);
  return read(`/api/cases/${id}`, show);
}

/** case id -> verbs that wait on this phone, oldest first. */
export async function pendingByCase() {
  const found = new Map();
  for (const item of await list().catch(() => [])) {
    if (item.body.case) found.set(item.body.case, [...(found.get(item.body.case) || []), item]);
  }
  return found;
}

/** The last of these verbs in words: 待发送 · 办好了. */
export function pendingWords(items) {
  if (!items?.length) return "";
  const last = items[items.length - 1];
  return `${t(last.state === "waiting" ? "mine.waiting" : "mine.stuck")} · ${t(`verb.${last.verb}`)}`;
}

/** What a worker may do now, taking for done what waits on this phone. */
export function mayNow(card, items = []) {
  const done = new Set(items.filter((item) => item.state === "waiting").map((item) => item.verb));
  if (["case.handle", "case.give_back", "case.escalate"].some((verb) => done.has(verb))) return [];
  if (done.has("case.accept")) return ["handle"];
  return (card.can || []).filter((what) => ["accept", "handle"].includes(what));
}

let keeping = null;
/** Brings the map onto the phone, once, so that the way to a task is there without a network. */
export function keepMap() {
  if (navigator.connection?.saveData) return null;
  keeping ??= (async () => {
    const style = await fetch("/map/style.json", { headers: { Accept: "application/json" } }).then((response) => response.json());
    if (style.sources.base && style.metadata["liuchi:bytes"] <= WHOLE_MOST) await fetch(style.sources.base.url.replace("pmtiles://", ""));
  })().catch(() => { keeping = null; });
  return keeping;
}

export async function act(verb, card, body = {}, media = []) {
  await put({ verb, body: { case: card.id, ...body }, media, person, title: card.title });
  later();
  flush({ hurry: true });
  toast(t(`done.${verb}`));
}
