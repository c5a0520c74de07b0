/** What else a worker may do with a task: give it back, ask for more time or a hold, pass it up, go on. Each asks for a reason. */
import { h, icon } from "../dom.js";
import { t } from "../words.js";
import { dialog } from "./shell.js";

const TURNS = { give_back: "again", ask_extension: "clock", ask_suspension: "calendar", escalate: "send", resume: "check" };

export const others = (card) => Object.keys(TURNS).filter((name) => card.can?.includes(name));

/** The list of them; resolves to a name, or null. */
export const choose = (card) => dialog((close) => h("div", { class: "stack" },
  h("h2", {}, t("task.more")),
  h("div", { class: "rows" }, others(card).map((name) => h("button", { class: "line", type: "button", onclick: () => close(name) },
    icon(TURNS[name]), h("span", { class: "grow" }, t(`turn.${name}`))))),
  h("div", { class: "actions" }, h("button", { class: "btn", type: "button", onclick: () => close(null) }, t("action.no")))), { label: t("task.more") });

const day = (after) => { const on = new Date(); on.setDate(on.getDate() + after); return `${on.getFullYear()}-${String(on.getMonth() + 1).padStart(2, "0")}-${String(on.getDate()).padStart(2, "0")}`; };

/** The sheet of one; resolves to {text, value, until}, or null. */
export const ask = (name, card) => dialog((close) => {
  if (name === "resume") {
    return h("div", { class: "stack" }, h("h2", {}, t("turn.resume")), h("p", { class: "soft" }, t("turn.resume_hint")),
      h("div", { class: "actions" }, h("button", { class: "btn", type: "button", onclick: () => close(null) }, t("action.no")), h("button", { class: "btn main", type: "button", onclick: () => close({}) }, t("turn.resume"))));
  }
  const text = h("textarea", { class: "input", rows: 3, maxlength: 2000, placeholder: t(`turn.${name}_hint`), "aria-label": t("turn.why") });
  const error = h("p", { class: "small tone-bad strong", role: "alert" });
  const until = name === "ask_suspension" && h("input", { class: "input", type: "date", min: day(1), max: day(365), "aria-label": t("turn.until") });
  let value = card.more_time?.at(-1)?.value;
  const times = name === "ask_extension" && h("div", { class: "chips", role: "group", "aria-label": t("turn.how_much") }, (card.more_time || []).map((one) =>
    h("button", { class: "chip choice", type: "button", "aria-pressed": String(one.value === value), onclick: (event) => {
      value = one.value;
      for (const other of event.target.parentNode.children) other.setAttribute("aria-pressed", String(other === event.target));
    } }, one.word)));
  const done = () => {
    if (until && !until.value) { error.textContent = t("turn.say_until"); until.focus(); return; }
    if (!text.value.trim()) { error.textContent = t("turn.say_why"); text.focus(); return; }
    close({ text: text.value.trim(), ...(times ? { value } : {}), ...(until ? { until: until.value } : {}) });
  };
  return h("div", { class: "stack" }, h("h2", {}, t(`turn.${name}`)), times, until && h("label", { class: "stack tight" }, h("span", { class: "small soft" }, t("turn.until")), until), text, error,
    h("div", { class: "actions" }, h("button", { class: "btn", type: "button", onclick: () => close(null) }, t("action.no")), h("button", { class: "btn main", type: "button", onclick: done }, t("task.send"))));
}, { label: t(`turn.${name}`) });
