/**
 * What browsers say in their own language is said in the page's: which file was chosen, and which day a date is.
 */
import { copyWords } from "./copy.js";
import { language } from "./words.js";

const locale = language === "en" ? "en-GB" : "zh-CN";
const day = new Intl.DateTimeFormat(locale, { timeZone: "UTC", weekday: "short", day: "numeric", month: language === "en" ? "short" : "long", year: "numeric" });

document.addEventListener("change", (event) => {
  if (!event.target.matches?.("input[type=file]")) return;
  const place = event.target.closest(".file-field, form")?.querySelector("[data-files]");
  const names = [...event.target.files].map((file) => file.name);
  if (place) place.textContent = names.join(language === "en" ? ", " : "、") || place.dataset.files;
});

/* Enter chooses a file as the space bar does; the form has a button of its own. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches?.("input[type=file]")) return;
  event.preventDefault();
  event.target.click();
});

/* A date field shows the day as the browser is set up, 11/12 or 12/11; below it stands which day that is. */
function tell(input) {
  let place = input.parentElement.querySelector("[data-day]");
  if (!place) {
    place = document.createElement("p");
    place.className = "hint";
    place.dataset.day = "";
    input.after(place);
  }
  const [date, time] = input.value.split("T");
  place.textContent = input.value ? [day.format(new Date(`${date}T00:00Z`)), time?.slice(0, 5)].filter(Boolean).join(" ") : "";
  place.hidden = !input.value;
}
const DATES = ".field input:is([type=date], [type=datetime-local])";
document.addEventListener("input", (event) => { if (event.target.matches?.(DATES)) tell(event.target); });
document.querySelectorAll(DATES).forEach(tell);

/* Buttons that print. */
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) print();
  const copies = event.target.closest?.("[data-copy]");
  if (copies) {
    const field = document.getElementById(copies.dataset.copy);
    field.select();
    copyWords(field.value);
  }
});
