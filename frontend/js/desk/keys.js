/** Keys that hold on every page of the desk, dialogs that open and close, and photos in full. */

const PLACES = { i: "/desk/", c: "/desk/catalogue", p: "/desk/people", u: "/desk/units", a: "/desk/areas" };
const typing = (element) => element.closest?.("input:not([type=radio]):not([type=checkbox]):not([type=file]), textarea, select, [contenteditable]");
let led = 0; /* until when a letter after g is awaited */

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (led > event.timeStamp && PLACES[event.key]) {
    event.preventDefault();
    led = 0;
    location.assign(PLACES[event.key]);
  } else if (event.key === "g") {
    event.preventDefault();
    led = event.timeStamp + 1200;
  } else led = 0;
});

/* Ctrl + Enter sends the form one is writing in. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest?.("form[data-turn], form[data-take], form[data-save]");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
});

/* 1 to 9 choose a reason while the dialog of reasons is open; Enter sends it. */
document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("dialog[open] form[data-turn]");
  if (!form || event.isComposing || event.target.matches("textarea")) return;
  const choice = form.querySelector(`[data-number="${event.key}"]`);
  if (choice) {
    event.preventDefault();
    choice.checked = true;
    choice.focus();
  } else if (event.key === "Enter" && event.target.matches("input[type=radio]")) {
    event.preventDefault();
    form.requestSubmit();
  }
});

document.addEventListener("click", (event) => {
  const close = event.target.closest?.("[data-close]");
  if (close) close.closest("dialog").close();
  const opens = event.target.closest?.("[data-opens]");
  if (opens) {
    const dialog = document.getElementById(opens.dataset.opens);
    dialog.showModal();
    dialog.querySelector("input:checked, textarea, input")?.focus();
  }
  if (event.target.closest?.("[data-help]")) document.getElementById("keys")?.showModal();
  if (event.target.matches?.("dialog[open]")) event.target.close(); /* beside it */
});

/* Photos: large, with the arrow keys from one to the next. */
let shown = [];
let index = 0;
const box = () => document.getElementById("lightbox");
function show(at) {
  index = (at + shown.length) % shown.length;
  const image = box().querySelector("img");
  image.src = shown[index].href;
  image.alt = shown[index].querySelector("img").alt;
  box().querySelector("figcaption").textContent = [shown.length > 1 ? `${index + 1} / ${shown.length}` : "", image.alt].filter(Boolean).join(" · ");
}
function open(link) {
  shown = [...link.closest("article, main").querySelectorAll(".photos a")];
  show(shown.indexOf(link));
  box().showModal();
}
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".photos a");
  if (!link || !box() || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  open(link);
});
document.addEventListener("keydown", (event) => {
  if (!box()) return;
  if (box().open) {
    if (event.key === "ArrowRight") show(index + 1);
    else if (event.key === "ArrowLeft") show(index - 1);
    return;
  }
  if (event.key !== "p" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  const first = document.querySelector("#detail .photos a");
  if (first) { event.preventDefault(); open(first); }
});
