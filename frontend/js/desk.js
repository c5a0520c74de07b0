/** The desk's program: htmx, the keys of the shell, and the pages' own parts. */
import htmx from "htmx.org";
import "./desk/index.js";
import "./fields.js";
import "./poll.js";
import { forgetOnLeaving } from "./phone/leave.js";
import { loadWords, t } from "./words.js";

const typing = (element) => element.closest?.("input, textarea, select, [contenteditable]");

/* A key is written on what it does: <a data-key="n">. "/" goes to the search field; Escape leaves a field. */
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && typing(event.target)) return event.target.blur();
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  const wanted = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const target = [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key === wanted && element.offsetParent !== null);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input, textarea, select")) target.focus();
  else target.click();
});

/* The account menu closes when one looks elsewhere. */
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.account[open]")) if (!menu.contains(event.target)) menu.open = false;
});

/* Fields that send their form when changed. */
document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-submit]") && event.target !== walked) event.target.form.requestSubmit();
});
/* Whoever walks through a list with the arrow keys has chosen with Enter, or by going on. */
let walked = null;
let from = "";
const chosen = (list) => { walked = null; if (list.value !== from) list.form.requestSubmit(); };
document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.("select[data-submit]")) return;
  if (event.key === "Enter" && walked === event.target) { event.preventDefault(); chosen(walked); }
  else if (event.key !== "Tab" && event.key !== "Enter" && walked !== event.target) [walked, from] = [event.target, event.target.value];
});
document.addEventListener("focusout", (event) => { if (event.target === walked) chosen(walked); });
document.addEventListener("pointerdown", () => { walked = null; });

/** A short word at the foot of the desk. */
export function toast(words, tone = "", undo = "") {
  const one = document.createElement("div");
  one.className = `toast ${tone}`;
  one.textContent = words;
  if (undo) {
    for (const older of document.querySelectorAll(".toast button")) older.remove(); /* only the last turn can be taken back */
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.key = "z";
    button.textContent = t("action.undo");
    button.addEventListener("click", () => { one.remove(); htmx.ajax("POST", undo, { swap: "none" }); });
    one.append(button);
  }
  document.querySelector(".toasts")?.append(one);
  setTimeout(() => one.remove(), undo ? 20000 : 4500);
}
document.body.addEventListener("toast", (event) => toast(event.detail.words || event.detail.value, event.detail.tone || "", event.detail.undo));
document.body.addEventListener("htmx:sendError", () => toast(t("error.unreachable"), "bad"));
document.body.addEventListener("htmx:responseError", (event) => {
  let words = "";
  try { words = JSON.parse(event.detail.xhr.responseText).message; } catch { words = ""; }
  toast(words || t("error.server"), "bad");
});
loadWords().then(forgetOnLeaving);
