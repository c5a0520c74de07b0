/** The phone's program. */
import { csrf } from "./api.js";
import "./fields.js";
import "./poll.js";
import { preload, start } from "./router.js";
import { prepare, returned } from "./outbox.js";
import { forgetOnLeaving } from "./phone/leave.js";
import { banner, person } from "./phone/shell.js";
import { startKicking } from "./phone/kick.js";
import { belongTo } from "./store.js";
import { loadWords } from "./words.js";

async function serviceWorker() {
  if (!navigator.serviceWorker) return; // plain http, or a browser inside an app: the page does without
  try {
    await navigator.serviceWorker.register("/sw.js");
    const registration = await navigator.serviceWorker.ready;
    registration.active?.postMessage("warm");
  } catch {
    // The page works without.
  }
}

async function main() {
  await loadWords();
  forgetOnLeaving();
  try {
    await belongTo(person);
  } catch {
    // No IndexedDB (some private windows): reading works, and the report page says that it cannot keep.
  }
  await banner();
  const drawn = document.body.dataset.page ? start() : null;
  if (person) await returned(person).catch(() => null);
  prepare(person, csrf()).catch(() => null);
  if (document.querySelector("[data-places], [data-place], [data-keep]")) import("./phone/places.js").then(({ start: places }) => places());
  const booking = document.querySelector("[data-room-book]");
  if (booking) import("./phone/rooms.js").then(({ start: begin }) => begin(booking));
  const fault = document.querySelector("[data-fault]");
  if (fault) import("./phone/fault.js").then(({ start: begin }) => begin(fault));
  const shifts = document.querySelector("[data-shifts]");
  if (shifts) import("./phone/shifts.js").then(({ start: begin }) => begin(shifts));
  const open = document.querySelector("[data-public]");
  if (open) import("./phone/public.js").then(({ start: begin }) => begin(open));
  startKicking();
  const pushes = document.querySelector("[data-push]");
  if (pushes) import("./phone/push.js").then(({ start: begin }) => begin(pushes));
  serviceWorker();
  if (document.querySelector("[data-questions]")) import("./phone/lecture.js");
  if (document.querySelector("input[type=file][accept^=image]")) import("./phone/files.js");
  if (document.querySelector("[data-spot-field]")) import("./phone/spot.js");
  if (document.querySelector("[data-find]")) import("./phone/find.js");
  await drawn;
  preload();
}

main();
