/** The phone's program. */
import { csrf } from "./api.js";
import { start } from "./router.js";
import { list, prepare, returned } from "./outbox.js";
import { banner, confirm, person } from "./phone/shell.js";
import { startKicking } from "./phone/kick.js";
import { database, wipe } from "./store.js";
import { loadWords, t } from "./words.js";

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

/* Signing out forgets what is on this phone; what has not been sent would be lost, so ask first. */
function signOut() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-sign-out]") || form.dataset.sure) return;
    event.preventDefault();
    const waiting = (await list().catch(() => [])).length;
    if (waiting && !(await confirm(t("me.leave_title"), t("me.leave_waiting", { n: waiting }), t("me.leave_yes"), { danger: true }))) return;
    await wipe().catch(() => null);
    form.dataset.sure = "1";
    form.submit();
  });
}

async function main() {
  await loadWords();
  signOut();
  try {
    await database();
  } catch {
    // No IndexedDB (some private windows): reading works, and the report page says that it cannot keep.
  }
  await banner();
  const drawn = document.body.dataset.page ? start() : null;
  if (person) await returned(person).catch(() => null);
  prepare(person, csrf()).catch(() => null);
  startKicking();
  serviceWorker();
  await drawn;
}

main();
