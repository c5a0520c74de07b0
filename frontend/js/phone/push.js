/** Pushes to this browser: switched on and off where one says how one wants to be told. */
import { csrf } from "../api.js";
import { toast } from "./shell.js";

const raw = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const part = (subscription, name) => btoa(String.fromCharCode(...new Uint8Array(subscription.getKey(name)))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function tell(body, failed) {
  const answer = await fetch("/me/notices/browser", {
    method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json", "X-CSRFToken": csrf() }, body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).message || failed);
}

/** form: holds the house's key (data-push), what is said (data-none, -denied, -failed), a line that says how it is, and two buttons. */
export async function start(form) {
  const [on, off, state] = ["[data-push-on]", "[data-push-off]", "[data-push-state]"].map((name) => form.querySelector(name));
  if (!on) return;
  if (!navigator.serviceWorker || !window.PushManager || !window.Notification) {
    state.textContent = form.dataset.none;
    return;
  }
  const registration = await navigator.serviceWorker.ready;
  const show = async () => {
    const has = await registration.pushManager.getSubscription();
    on.hidden = Boolean(has);
    off.hidden = !has;
    return has;
  };
  on.addEventListener("click", async () => {
    on.disabled = true;
    try {
      if ((await Notification.requestPermission()) !== "granted") throw new Error(form.dataset.denied);
      const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: raw(form.dataset.push) });
      await tell({ endpoint: subscription.endpoint, p256dh: part(subscription, "p256dh"), auth: part(subscription, "auth") }, form.dataset.failed);
      location.reload();
    } catch (error) {
      toast(error.name === "AbortError" ? form.dataset.failed : error.message);
    }
    on.disabled = false;
  });
  off.addEventListener("click", async () => {
    const subscription = await show();
    try {
      await tell({ endpoint: subscription.endpoint, off: true }, form.dataset.failed);
      await subscription.unsubscribe();
      location.reload();
    } catch (error) {
      toast(error.message);
    }
  });
  await show();
}
