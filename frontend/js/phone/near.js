/** What the home shows beside reports: the nearest station, today nearby, a lesson, what one was thanked with and appointed to. */
import { keep, kept, askFor, Said } from "../api.js";
import { h, icon } from "../dom.js";
import { t } from "../words.js";
import { chip } from "./parts.js";
import { position } from "./place.js";

const PATH = "/api/home";

/** Where the phone is, if it may be asked without asking the person: the home is no place for a question. */
async function whereIfAllowed() {
  const allowed = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
  const found = allowed?.state === "granted" ? await position({ timeout: 4000 }) : null;
  return found ? { lon: Number(found.lon.toFixed(5)), lat: Number(found.lat.toFixed(5)) } : {};
}

/** Shows what is kept, then what the server says from where the phone is. show(data) is called once or twice. */
export async function nearby(show) {
  const before = await kept(PATH).catch(() => null);
  if (before) show(before.data);
  try {
    const data = await askFor(PATH, await whereIfAllowed());
    await keep(PATH, data);
    show(data);
  } catch (error) {
    if (!before && error instanceof Said) show({});
  }
}

const station = (one) => h("a", { class: "card station-card", href: one.url },
  h("div", { class: "row top" },
    h("div", { class: "grow" }, h("h2", {}, one.name),
      h("p", { class: "small soft" }, [one.minutes, one.far].filter(Boolean).join(" · ") || t(one.tone === "ok" ? "near.open_station" : "near.station"))),
    icon("station")),
  h("div", { class: "chips" }, chip(one.state_words, one.tone === "plain" ? "" : one.tone), one.services.slice(0, 3).map((word) => chip(word, "plain"))));

const tile = (one) => h("a", { class: "card", href: one.url },
  h("span", { class: "small soft one-line" }, one.small), h("span", { class: "strong two-lines" }, one.title));

const shift = (one) => h("section", { class: "rows" }, h("a", { class: "line", href: one.url }, icon("heart"),
  h("span", { class: "grow" }, t("near.shift", { title: one.title }), h("br"), h("span", { class: "small soft" }, `${one.when} · ${one.where}`)), icon("forward")));

const thanks = (points) => h("section", { class: "rows" },
  h("a", { class: "line", href: points.url }, icon("gift"), h("span", { class: "grow" }, t("near.points")), h("b", { class: "figure" }, points.balance), icon("forward")),
  points.codes.map((code) => h("a", { class: "line", href: code.url }, icon("box"),
    h("span", { class: "grow" }, t("near.code", { gift: code.gift }), h("br"), h("span", { class: "small soft" }, t("near.code_where", { window: code.window, until: code.until }))), icon("forward"))));

const appointed = (held, open) => h("section", { class: "rows" },
  held.map((one) => h("a", { class: "line", href: one.url }, icon("badge"),
    h("span", { class: "grow" }, one.title, one.until && [h("br"), h("span", { class: "small soft" }, t("near.until", { day: one.until }))]), icon("forward"))),
  open && h("a", { class: "line", href: open.url }, icon("edit"), h("span", { class: "grow" }, t("near.correct", { n: open.count })), icon("forward")));

/** The cards, in the order in which a rider needs them. */
export function nearCards(data) {
  return [
    data.correct && appointed([], data.correct),
    data.station && station(data.station),
    data.tiles?.length > 0 && h("div", { class: "tiles" }, data.tiles.map(tile)),
    data.points?.on && thanks(data.points),
    data.appointments?.length > 0 && appointed(data.appointments, null),
    data.shift && shift(data.shift),
    data.doors?.length > 0 && h("nav", { class: "doors", "aria-label": t("near.more") }, data.doors.map((one) => h("a", { href: one.url }, icon(one.icon), one.title))),
  ].filter(Boolean);
}
