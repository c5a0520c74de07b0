/** The picker of matters, filing conditions and units: one dialog, resolved with what was chosen, or with null. */
import { ask as read } from "../api.js";
import { combobox } from "./combobox.js";

let box = null;
let current = null;

function prepare() {
  const dialog = document.getElementById("picker");
  if (!dialog || box?.dialog === dialog) return box;
  const input = dialog.querySelector("input");
  const note = dialog.querySelector(".picker-none");
  const list = combobox(input, dialog.querySelector("ul"), {
    ask: async (text, signal) => (await read(`${current.url}${current.url.includes("?") ? "&" : "?"}q=${encodeURIComponent(text)}`, signal)).options,
    take: (offer) => { finish(offer); },
    shown: (offers) => { note.textContent = offers.length || !input.value.trim() ? "" : dialog.dataset.none; },
    failed: () => { note.textContent = dialog.dataset.failed; },
  });
  dialog.addEventListener("close", () => finish(null));
  box = { dialog, input, list, note };
  return box;
}

function finish(offer) {
  if (!current) return;
  const { done } = current;
  current = null;
  box.list.close();
  if (box.dialog.open) box.dialog.close();
  done(offer);
}

/** title: a key of the dialog's data (matter, condition, unit, dispatch); url: gives {options}. */
export function pick(title, url) {
  const { dialog, input, list, note } = prepare();
  return new Promise((done) => {
    current = { url, done };
    dialog.querySelector("h2").textContent = dialog.dataset[title];
    list.close();
    input.value = "";
    note.textContent = "";
    if (!dialog.open) dialog.showModal();
    input.focus();
    list.load();
  });
}
