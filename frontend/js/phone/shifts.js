/** Free shifts, the nearest first: the phone's position is sent with the form and kept nowhere. */
import { csrf } from "../api.js";
import { t } from "../words.js";
import { position } from "./place.js";
import { toast } from "./shell.js";

export async function start(form) {
  if (!navigator.geolocation || !globalThis.isSecureContext) return;
  const { lon, lat } = form.elements;
  const list = form.querySelector("[data-free]");
  const locate = form.querySelector("[data-locate]");

  async function send(page) {
    const said = new FormData(form);
    said.set("page", page);
    list.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: said, headers: { "X-Part": "1", "X-CSRFToken": csrf() }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      list.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
      locate.hidden = true;
    } catch {
      toast(t("error.unreachable"), { tone: "bad" });
    } finally {
      list.removeAttribute("aria-busy");
    }
  }
  async function fromHere() {
    const found = await position();
    if (!found) { toast(t("place.no_position"), { tone: "bad" }); return; }
    lon.value = found.lon.toFixed(5);
    lat.value = found.lat.toFixed(5);
    send(1);
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.submitter?.value || 1).then(() => form.scrollIntoView());
  });
  locate.hidden = false;
  locate.addEventListener("click", fromHere);
  const asked = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
  if (asked?.state === "granted") fromHere();
}
