/** The open case: choosing matter and unit, the turns, and Enter for the one that matters. */
import htmx from "htmx.org";
import { pick } from "./picker.js";

const detail = document.getElementById("detail");
const typing = (element) => element.closest?.("input, textarea, select, [contenteditable]");
const article = () => detail.querySelector("[data-open-case]");

/* The id of the case that Enter may act on; the inbox says null while another one is on its way. */
export const open = () => (detail.getAttribute("aria-busy") === "true" ? null : article()?.dataset.openCase ?? null);

async function choose(kind, then) {
  const one = article();
  const { base } = one.dataset;
  const known = one.querySelector("[data-chosen]").dataset;
  const wanted = { matter: known.matter, condition: known.condition, unit: known.unit };
  if (kind === "matter") {
    const matter = await pick("matter", `${base}/matters`);
    if (!matter) return;
    wanted.matter = matter.id;
    wanted.unit = "";
    wanted.condition = "";
    const response = await fetch(`${base}/conditions?matter=${matter.id}`, { headers: { Accept: "application/json" } });
    const { options } = response.ok ? await response.json() : { options: [] };
    if (options.length > 1) {
      const condition = await pick("condition", `${base}/conditions?matter=${matter.id}`);
      if (!condition) return;
      wanted.condition = condition.id;
    } else if (options.length) wanted.condition = options[0].id;
  } else {
    const unit = await pick(then ? "dispatch" : "unit", `${base}/units`);
    if (!unit) return;
    wanted.unit = unit.id;
  }
  if (article() !== one) return; /* another case was opened meanwhile */
  await htmx.ajax("GET", `${base}/proposal?${new URLSearchParams(wanted)}`, { target: "#proposal", swap: "outerHTML" });
  if (then !== "dispatch") return;
  htmx.process(detail);
  detail.querySelector("form[data-dispatch]")?.requestSubmit();
}

/* The form of a turn, in its dialog. */
const dialog = document.getElementById("turn");
async function form(name) {
  const one = article();
  document.getElementById("more")?.close();
  await htmx.ajax("GET", `${one.dataset.base}/turns/${name}`, { target: "#turn-here", swap: "innerHTML" });
  if (article() !== one || !dialog.querySelector("form")) return;
  dialog.setAttribute("aria-labelledby", dialog.querySelector("h2").id);
  if (!dialog.open) dialog.showModal();
  (dialog.querySelector("input:checked, textarea, input:not([type=hidden]), [data-turn-unit]") ?? dialog.querySelector("[type=submit]")).focus();
}
async function unit(button) {
  const chosen = await pick("unit", `${button.closest("form").dataset.base}/units`);
  if (!chosen) return;
  button.previousElementSibling.value = chosen.id;
  button.querySelector("[data-turn-unit-name]").textContent = chosen.name;
  button.focus();
}

if (detail) {
  document.addEventListener("click", (event) => {
    const turn = event.target.closest("[data-turn-form]");
    if (turn) form(turn.dataset.turnForm);
    const chooses = event.target.closest("[data-turn-unit]");
    if (chooses) unit(chooses);
  });
  document.addEventListener("keydown", (event) => {
    const menu = document.querySelector("dialog.more[open]");
    if (!menu || event.ctrlKey || event.metaKey || event.altKey) return;
    const chosen = menu.querySelector(`[data-number="${event.key}"]`);
    if (chosen) { event.preventDefault(); chosen.click(); return; }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...menu.querySelectorAll("[data-number]")];
    all.at((all.indexOf(document.activeElement) + step) % all.length).focus();
  });
  document.body.addEventListener("case:turned", () => {
    dialog?.close();
    document.getElementById("refuse")?.close();
  });

  detail.addEventListener("click", (event) => {
    const picks = event.target.closest("[data-pick]");
    if (picks) choose(picks.dataset.pick, picks.dataset.then);
    if (event.target.closest("[data-reload]")) htmx.ajax("GET", article().dataset.base, { target: "#detail" });
  });

  /* Enter is the red button, wherever one is, except on another control. */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    const here = document.activeElement;
    if (here?.matches("a, button, summary, label") && !here.matches("a.line[aria-current]")) return;
    if (!article()) return;
    event.preventDefault();
    if (!open()) return;
    const field = article().querySelector("[data-main-field]");
    if (field) return field.focus();
    htmx.process(detail); /* whose hands are quick may come before htmx has seen the new form */
    article().querySelector("[data-main]:not(:disabled)")?.click();
  });

  /* A refused turn comes back with its sentence and what was chosen: it is shown, not thrown away. */
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const inDialog = event.detail.target.matches("dialog form[data-turn]");
    if (!inDialog && event.detail.target.id !== "detail" && event.detail.target.id !== "proposal") return;
    if (![409, 413, 415, 422].includes(event.detail.xhr.status)) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
    if (inDialog) return;
    event.detail.target = detail;
    event.detail.swapOverride = "innerHTML";
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === detail) detail.querySelector(".case-body")?.scrollTo(0, 0);
  });
  document.body.addEventListener("case:undone", () => {
    if (!document.querySelector("[data-inbox]")) htmx.ajax("GET", article().dataset.base, { target: "#detail" });
  });
  document.body.addEventListener("case:version", (event) => {
    if (event.detail.id !== article()?.dataset.openCase) return;
    for (const field of detail.querySelectorAll("[name=expect]")) field.value = event.detail.version;
  });
  /* In the inbox the server need not draw again what is left at once. */
  document.body.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb === "post" && document.querySelector("[data-inbox]")) event.detail.parameters.from = "inbox";
  });
}
