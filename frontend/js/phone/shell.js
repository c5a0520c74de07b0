/** What stands around every page of the phone: toasts, dialogs, the banner of what waits, and who is using it. */
import { onNetwork, online } from "../api.js";
import { h, icon, put } from "../dom.js";
import { flush, list, watch } from "../outbox.js";
import { t } from "../words.js";

/** The person whose session this page was made in, or null. */
export const person = document.documentElement.dataset.person || null;

/** A short word at the foot of the screen; read out by screen readers. */
export function toast(words, { tone = "" } = {}) {
  const box = document.querySelector(".toasts");
  const one = h("div", { class: `toast ${tone}` }, icon(tone === "bad" ? "alert" : "check"), words);
  box.append(one);
  setTimeout(() => one.remove(), 4500);
}

/**
 * Asks. build(close) returns the children. Resolves with what close(value) was given, or null when closed without an answer.
 */
export function dialog(build, { label, full = false } = {}) {
  return new Promise((resolve) => {
    const box = h("dialog", { class: full ? "full" : "", "aria-label": label });
    let result = null;
    const close = (value = null) => { result = value; box.close(); };
    box.addEventListener("close", () => { box.remove(); resolve(result); });
    box.addEventListener("click", (event) => event.target === box && close());
    put(box, build(close));
    document.body.append(box);
    box.showModal();
  });
}

/** A question with yes and no. */
export const confirm = (title, words, yes, { danger = false } = {}) => dialog((close) => [
  h("h2", {}, title),
  words && h("p", { class: "soft" }, words),
  h("div", { class: "actions" },
    h("button", { class: "btn", type: "button", onclick: () => close(null) }, t("action.no")),
    h("button", { class: `btn ${danger ? "danger" : "dark"}`, type: "button", onclick: () => close(true) }, yes)),
], { label: title });

/** A few words from the person; resolves with the text, or null. */
export const askWords = (title, { hint, yes, value = "", required = true, rows = 3 } = {}) => dialog((close) => {
  const box = h("textarea", { class: "input", rows, maxlength: 2000, autofocus: true, "aria-label": title, placeholder: hint });
  box.value = value;
  const error = h("p", { class: "small tone-bad strong", role: "alert" });
  const done = () => {
    if (required && !box.value.trim()) { error.textContent = t("error.say_something"); box.focus(); return; }
    close(box.value.trim());
  };
  return [
    h("h2", {}, title),
    box, error,
    h("div", { class: "actions" },
      h("button", { class: "btn", type: "button", onclick: () => close(null) }, t("action.no")),
      h("button", { class: "btn dark", type: "button", onclick: done }, yes || t("action.send"))),
  ];
}, { label: title });

/** The banner under the head: no network, and what waits. */
export function banner() {
  const place = document.querySelector("[data-banner]");
  const draw = async () => {
    const items = await list().catch(() => []);
    const waiting = items.filter((item) => item.state === "waiting").length;
    const stuck = items.length - waiting;
    const slowed = items.find((item) => item.state === "waiting" && item.message);
    const parts = [];
    if (stuck) {
      parts.push(h("div", { class: "banner bad" }, icon("alert"), h("span", { class: "grow" }, t("banner.stuck", { n: stuck })),
        h("a", { class: "btn small", href: "/mine" }, t("banner.look"))));
    }
    if (waiting) {
      parts.push(h("div", { class: "banner" }, h("span", { class: "dot" }),
        h("span", { class: "grow" }, slowed ? slowed.message : t(online() ? "banner.sending" : "banner.waiting", { n: waiting })),
        online() && h("button", { class: "btn small", type: "button", onclick: () => flush({ hurry: true }) }, t("banner.now"))));
    } else if (!online()) {
      parts.push(h("div", { class: "banner info" }, icon("offline"), h("span", {}, t("banner.offline"))));
    }
    put(place, parts);
  };
  watch(draw);
  onNetwork(draw);
  return draw();
}
