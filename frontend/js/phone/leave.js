/** Signing out forgets what is in this browser; what has not been sent would be lost, so ask first. */
import { list } from "../outbox.js";
import { wipe } from "../store.js";
import { t } from "../words.js";
import { confirm } from "./shell.js";

export function forgetOnLeaving() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-sign-out]")) return;
    event.preventDefault();
    const waiting = (await list().catch(() => [])).length;
    if (waiting && !(await confirm(t("me.leave_title"), t("me.leave_waiting", { n: waiting }), t("me.leave_yes"), { danger: true }))) return;
    await wipe().catch(() => null);
    form.submit(); // without another submit event
  });
}
