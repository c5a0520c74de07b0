/** A fault at a station: one of the words that are there, or one's own; with photos and a voice, and kept when there is no network. */
import { h, put } from "../dom.js";
import { put as post } from "../outbox.js";
import { t } from "../words.js";
import { later } from "./kick.js";
import { follow } from "./pages/sent.js";
import { person } from "./shell.js";
import { mediaOf, shotParts, voiceParts } from "./shot.js";

export function start(form) {
  const report = { photos: [], voice: null };
  const problem = form.querySelector("[data-fault-said]");
  const text = form.querySelector("[name=text]");
  const phone = form.querySelector("[name=phone]");
  const say = (words) => { problem.textContent = words; problem.hidden = !words; };
  const changed = () => say("");
  const { elements } = shotParts({ report, say, changed, small: true });
  const { key, told, voice } = voiceParts({ report, changed, say });
  put(form.querySelector("[data-fault-media]"), elements);
  put(form.querySelector("[data-fault-talk]"), key);
  put(form.querySelector("[data-fault-voice]"), told, voice);

  const chosen = () => form.querySelector("[name=what]:checked");
  form.addEventListener("change", changed);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const what = chosen();
    const words = text.value.trim();
    if (!words && !report.voice && !report.photos.length && (!what || what.value === "other")) {
      say(t("fault.say"));
      (what ? text : form.querySelector("[name=what]")).focus();
      return;
    }
    if (phone?.value.trim() && !/^[\d\s+()-]{7,20}$/.test(phone.value.trim())) { say(t("report.phone_wrong")); phone.focus(); return; }
    const submit = form.querySelector("[type=submit]");
    submit.disabled = true;
    submit.setAttribute("aria-busy", "true");
    const said = [what?.dataset.word, words].filter(Boolean).join(t("punctuation.comma"));
    const body = { point: form.dataset.fault, what: what?.value || "", text: words, phone: phone?.value.trim() || "" };
    let item;
    try {
      item = await post({ verb: "place.problem", body, media: mediaOf(report), person, title: `${form.dataset.name} · ${said || t("report.by_voice")}` });
    } catch {
      form.submit(); // no room to keep it: the plain way, without photos
      return;
    }
    later();
    const main = document.querySelector("main");
    await follow(main, item, { alive: () => true, onLeave: () => null });
  });
}
