/**
 * What is found while one types, as a list of keys below the field.
 * look(words, signal) resolves with lines {icon, name, detail, more, choose()}; none, broken: words for an empty list and for no answer.
 */
import { h, icon, put } from "../dom.js";
import { t } from "../words.js";

const PAUSE = 250;

export function suggestBelow(input, { look, none, broken }) {
  const list = h("div", { class: "pick-found", role: "region", "aria-live": "polite", "aria-label": t("place.found"), hidden: true });
  let timer;
  let running;
  const close = () => {
    clearTimeout(timer);
    running?.abort();
    list.hidden = true;
  };
  const line = (one) => h("li", {}, h("button", { class: "line", type: "button", onclick: () => { close(); one.choose(); } },
    icon(one.icon),
    h("span", { class: "grow" }, h("span", { class: "strong" }, one.name), one.detail && [h("br"), h("span", { class: "small soft" }, one.detail)]),
    one.more && h("span", { class: "small soft" }, one.more)));
  const ask = async (words) => {
    running?.abort();
    running = new AbortController();
    if (!words) return close();
    try {
      const lines = await look(words, running.signal);
      put(list, lines.length ? h("ul", { class: "rows" }, lines.map(line)) : h("p", { class: "state small" }, none));
    } catch (error) {
      if (error.name === "AbortError") return;
      put(list, h("p", { class: "state small" }, broken));
    }
    list.hidden = false;
  };
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => ask(input.value.trim()), PAUSE); });
  input.addEventListener("keydown", (event) => event.key === "Escape" && close());
  return { list, close };
}
