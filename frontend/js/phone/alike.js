/** "Is it this one? Me too": open reports that may be the same as the one being written. Without a network there is no hint. */
import { askFor, online } from "../api.js";
import { h, put } from "../dom.js";
import { metres, t } from "../words.js";
import { thumb } from "./parts.js";
import { sentHere } from "./reports.js";

const PAUSE = 600;

/** report: words and place as they are now; join(one): the person met the same. Returns the element and what looks again. */
export function alikeParts({ report, alive, join }) {
  const element = h("section", { class: "alike", "aria-live": "polite", "aria-label": t("alike.title") });
  let timer = null;
  let running = null;
  let asked = "";

  const key = (one, known) => {
    const href = one.own ? `/mine/${one.id}` : known && (known.receipt ? `/r/${known.receipt}` : `/mine/${one.id}`);
    if (href) return h("a", { class: "btn", href }, t(one.own ? "alike.own" : "alike.known"));
    return h("button", { class: "btn dark", type: "button", onclick: async (event) => { event.target.disabled = true; event.target.disabled = await join(one); } }, t("alike.me_too"));
  };
  const line = (one, known) => h("li", { class: "alike-one" }, one.photo && thumb(one.photo),
    h("div", { class: "grow" }, h("div", { class: "strong two-lines" }, one.title),
      h("div", { class: "small soft" }, [one.place, one.day, metres(one.metres)].filter(Boolean).join(" · "))),
    key(one, known));
  async function draw(found) {
    const mine = found.length ? await sentHere() : [];
    put(element, found.length > 0 && [
      h("h2", {}, t("alike.title")), h("p", { class: "small soft" }, t("alike.how")),
      h("ul", { class: "alike-list" }, found.map((one) => line(one, mine.find((sent) => sent.id === one.id))))]);
  }
  async function look() {
    const { place, matter } = report;
    const text = report.text.trim().slice(0, 500);
    if (text.length < 2 || !Number.isFinite(place?.lon) || !online()) { asked = ""; return draw([]); }
    const said = { text, lon: place.lon, lat: place.lat, matter };
    if (asked === JSON.stringify(said)) return null;
    running?.abort();
    running = new AbortController();
    try {
      const { cases } = await askFor("/api/joining/alike", said, running.signal);
      asked = JSON.stringify(said);
      if (alive()) await draw(cases);
    } catch (error) {
      if (error.name !== "AbortError" && alive()) draw([]); // then it is simply sent
    }
    return null;
  }
  return { element, soon: () => { clearTimeout(timer); timer = setTimeout(look, PAUSE); } };
}
