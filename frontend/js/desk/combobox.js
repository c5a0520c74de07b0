/**
 * A text field with a list of offers, for the arrow keys (the combobox pattern of ARIA).
 * ask(text, signal) -> offers [{id, name, detail, hint, more}]; take(offer) is called with the one chosen, none() when
 * Enter finds nothing to take. Enter waits for the offers to what was typed last: quick hands never take an older one. While it
 * waits, leave() may lead on to the next field at once, so that what is typed meanwhile lands there.
 */
import { h, put } from "../dom.js";

export function combobox(input, list, { ask, take, shown = () => {}, failed = () => {}, none = () => {}, leave = () => {}, wait = 120 }) {
  let offers = [];
  let at = -1;
  let timer = 0;
  let running = null;
  let fresh = true; /* the offers are those to the words in the field */
  let moves = 0; /* arrow keys pressed while the offers were on their way */
  let waiting = false; /* Enter was pressed and waits for them */

  const mark = (index) => {
    at = index;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", i === at));
    if (at >= 0) list.children[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", at >= 0 ? list.children[at].id : "");
  };
  const draw = () => {
    put(list, offers.map((offer, index) => h("li", { id: `${list.id}-${index}`, role: "option", "aria-selected": "false" },
      h("span", { class: "grow" }, h("span", { class: "strong" }, offer.name), offer.detail ? h("span", { class: "small soft" }, offer.detail) : null),
      offer.hint || offer.more ? h("span", { class: "offer-hint" }, offer.hint ? h("span", { class: "small" }, offer.hint) : null, offer.more ? h("span", { class: "tiny soft" }, offer.more) : null) : null)));
    mark(offers.length ? Math.min(Math.max(moves, 0), offers.length - 1) : -1);
    moves = 0;
    shown(offers);
  };
  const load = async () => {
    fresh = false;
    clearTimeout(timer);
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    const asked = input.value.trim();
    try {
      const found = await ask(asked, signal);
      if (signal.aborted || asked !== input.value.trim()) return; /* typed on meanwhile: the next answer is on its way */
      offers = found;
      fresh = true;
      draw();
    } catch (error) {
      if (error.name !== "AbortError") failed(error);
    }
  };
  const chosen = (index) => {
    if (!offers[index]) return false;
    take(offers[index]);
    return true;
  };
  const close = () => {
    if (waiting) return;
    running?.abort();
    clearTimeout(timer);
    offers = [];
    fresh = true;
    draw();
  };

  input.addEventListener("input", () => { fresh = false; clearTimeout(timer); timer = setTimeout(load, wait); });
  input.addEventListener("keydown", async (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!fresh) moves += event.key === "ArrowDown" ? 1 : -1;
      else if (offers.length) mark((at + (event.key === "ArrowDown" ? 1 : offers.length - 1)) % offers.length);
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && (offers.length || !fresh)) {
      event.preventDefault();
      if (!fresh) {
        waiting = true;
        leave();
        await load();
        waiting = false;
        if (!fresh) { /* typed on in this field, or no answer: what stands there stays */
          if (document.activeElement !== input) close();
          return;
        }
      }
      if (!chosen(at)) none();
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); /* the field keeps the focus */
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) chosen([...list.children].indexOf(item));
  });
  return { load, close };
}
