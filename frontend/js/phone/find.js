/** Finds a line of the list of services while one types: words, or the pinyin initials of a name. Nothing is sent. */
import { t } from "../words.js";

const field = document.querySelector("[data-find]");
const lines = [...document.querySelectorAll("[data-words]")].map((line) => [line, line.dataset.words.toLowerCase()]);
const found = document.querySelector("[data-found]");
const before = found?.textContent;

function filter() {
  const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const [line, words] of lines) {
    line.hidden = !wanted.every((one) => words.includes(one));
    if (!line.hidden) count += 1;
  }
  for (const group of document.querySelectorAll("[data-group]")) group.hidden = !group.querySelector("[data-words]:not([hidden])");
  if (found) found.textContent = wanted.length ? t("find.count", { n: count }) : before;
}

/* While an input method is still composing, the letters are no words yet, but initials are just that. */
field.addEventListener("input", filter);
field.form.addEventListener("submit", (event) => {
  if (!lines.length) return;
  event.preventDefault();
  filter();
  field.blur();
});
if (field.value) filter();
