/** Taking a report: words, place, phone, saved; Enter leads from one to the next. */
import htmx from "htmx.org";
import { askFor } from "../api.js";
import { h, put } from "../dom.js";
import { metres } from "../words.js";
import { combobox } from "./combobox.js";

const form = document.querySelector("form[data-take]");

function start() {
  const field = (name) => form.elements[name];
  const words = form.querySelector("#t-text");
  const place = form.querySelector("#t-place");
  const list = form.querySelector("#t-places");
  const hint = form.querySelector("[data-place-hint]");

  /* What it may be about, while it is being written. */
  const matters = form.querySelector("[data-matters]");
  const here = form.querySelector("[data-matters-here]");
  let timer = 0;
  const suggest = async () => {
    const text = words.value.trim();
    const found = text.length > 1 ? await askFor("/api/cases/suggest", { text: text.slice(0, 500) }).catch(() => null) : { suggestions: [] };
    if (!found || words.value.trim() !== text) return;
    matters.hidden = !found.suggestions.length;
    put(here, found.suggestions.map((one) => h("button", {
      class: "chip choice", type: "button", "aria-pressed": String(field("matter").value === one.matter),
      onclick: (event) => {
        const on = field("matter").value !== one.matter;
        field("matter").value = on ? one.matter : "";
        for (const other of here.children) other.setAttribute("aria-pressed", String(on && other === event.currentTarget));
      },
    }, one.name, " ", h("span", { class: "small" }, `${Math.round(one.share * 100)}%`))));
  };
  words.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(suggest, 300); });

  /* The place. */
  const open = (shown) => { list.hidden = !shown; place.setAttribute("aria-expanded", String(shown)); };
  const near = () => {
    const values = { lon: field("lon").value, lat: field("lat").value };
    htmx.ajax("POST", form.dataset.near, { target: "[data-near-here]", swap: "innerHTML", values });
  };
  const settle = (one) => {
    field("place_id").value = one?.id || "";
    field("lon").value = one ? one.lon : "";
    field("lat").value = one ? one.lat : "";
    hint.textContent = one ? hint.dataset.chosen : place.value.trim() ? hint.dataset.loose : "";
    hint.classList.toggle("tone-ok", Boolean(one));
  };
  const goOn = () => { if (document.activeElement === place) field("phone").focus(); };
  const offers = combobox(place, list, {
    ask: async (text, signal) => {
      if (!text) return [];
      const at = form.dataset.lon ? { lon: Number(form.dataset.lon), lat: Number(form.dataset.lat) } : {};
      const { places } = await askFor("/api/territory/search", { q: text, ...at }, signal);
      return places.map((one) => ({ ...one, hint: one.metres === null ? "" : metres(one.metres) }));
    },
    take: (one) => {
      place.value = one.name;
      settle(one);
      offers.close();
      near();
      goOn();
    },
    none: () => goOn(),
    leave: () => goOn(),
    shown: (found) => open(found.length > 0),
  });
  place.addEventListener("input", () => { if (field("place_id").value) { settle(null); near(); } else settle(null); });
  place.addEventListener("blur", () => setTimeout(offers.close, 150));

  form.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Escape" && !list.hidden) { event.stopPropagation(); offers.close(); }
    if (event.key !== "Enter") return;
    const next = event.target === words ? place : event.target === place ? field("phone") : null;
    if (next) { event.preventDefault(); next.focus(); }
  });
  /* Alt 1, 2, 3: how it came; of a visit also when. */
  const visited = form.querySelector("[data-visit]");
  const came = () => { visited.hidden = field("channel").value !== "visit"; };
  form.addEventListener("change", came);
  form.addEventListener("keydown", (event) => {
    const choice = event.altKey && form.querySelector(`[data-alt="${event.code.replace("Digit", "")}"]`);
    if (!choice) return;
    event.preventDefault();
    choice.checked = true;
    came();
  });
  form.addEventListener("submit", () => form.querySelector("[data-take-send]").setAttribute("aria-busy", "true"));
  suggest();
  if (field("lon").value) near();
}

if (form) start();
