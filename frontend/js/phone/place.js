/** Where it is: the phone's own position, the words for a point, and the sheet on which a person chooses the spot. */
import { askFor } from "../api.js";
import { h, icon, put } from "../dom.js";
import { metres, t } from "../words.js";
import { dialog } from "./shell.js";
import { suggestBelow } from "./suggest.js";

/** The phone's position {lon, lat, accuracy}, or null when it can't or mustn't be had. Browsers give none on plain http. */
export function position({ timeout = 12000 } = {}) {
  if (!navigator.geolocation || !globalThis.isSecureContext) return Promise.resolve(null);
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude, accuracy: Math.round(coords.accuracy) }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout, maximumAge: 20000 });
  });
}

const six = (number) => Number(number.toFixed(6));

/** {address, area, grid, covered} of a point, or null without a network. */
export const wordsAt = (lon, lat, signal) => askFor("/api/territory/at", { lon: six(lon), lat: six(lat) }, signal).catch(() => null);

/** Looks up places of the map for `suggestBelow`. near: {lon, lat} or null; choose(place) is called with the one tapped. */
export const lookForPlaces = ({ near, choose }) => async (words, signal) => {
  const where = near ? { lon: six(near.lon), lat: six(near.lat) } : {};
  const { places } = await askFor("/api/territory/search", { q: words, ...where }, signal);
  return places.map((place) => ({
    icon: "pin", name: place.name, detail: place.detail, choose: () => choose(place),
    more: place.metres !== null && place.metres !== undefined && metres(place.metres),
  }));
};

function finder({ near, choose }) {
  const input = h("input", { class: "input", type: "search", autocomplete: "off", enterkeyhint: "search", placeholder: t("place.search"), "aria-label": t("place.search") });
  const { list } = suggestBelow(input, { look: lookForPlaces({ near, choose }), none: t("place.none_found"), broken: t("place.search_offline") });
  return { input, list };
}

/**
 * Lets the person choose a spot: moves the map under a cross, searches, or says it in words.
 * start: {lon, lat} or null. Resolves {lon, lat, accuracy, source: map|search|none, placeId, text} or null.
 */
export function choosePlace({ start, home, text = "" }) {
  const from = start || home;
  let chosen = null;
  let map = null;
  return dialog((close) => {
    const name = h("p", { class: "strong" }, text || t("place.move_map"));
    const more = h("p", { class: "small soft" });
    const own = h("input", { class: "input", type: "text", maxlength: 200, placeholder: t("place.say"), "aria-label": t("place.say"), hidden: Boolean(from) });
    const use = h("button", { class: "btn dark wide", type: "button", onclick: () => {
      const said = own.value.trim();
      if (!chosen && map && !said) chosen = { lon: six(map.centre().lon), lat: six(map.centre().lat), accuracy: null, source: "map", placeId: null, text: "" };
      if (chosen) close({ ...chosen, text: said || chosen.text });
      else if (said) close({ lon: null, lat: null, accuracy: null, source: "none", placeId: null, text: said });
      else own.focus();
    } }, t("place.use"));
    const box = h("div", { class: "map" });
    const field = h("div", { class: "pick-map" }, box, icon("locate", "pick-cross"));
    let asked = 0;
    const spot = async ({ lon, lat }) => {
      const mine = ++asked;
      chosen = { lon: six(lon), lat: six(lat), accuracy: null, source: "map", placeId: null, text: "" };
      const words = await wordsAt(lon, lat);
      if (mine !== asked) return;
      chosen.text = words?.address || "";
      name.textContent = words?.address || t("place.point_kept");
      more.textContent = words ? [words.grid, words.covered === false && t("place.outside")].filter(Boolean).join(" · ") : "";
    };
    const { input, list } = finder({ near: from, choose: (place) => {
      asked += 1;
      chosen = { lon: place.lon, lat: place.lat, accuracy: null, source: "search", placeId: place.id, text: place.name };
      name.textContent = place.name;
      more.textContent = place.detail || "";
      map?.flyTo(place.lon, place.lat);
    } });
    const without = () => {
      put(field, h("div", { class: "state" }, icon("map"), h("p", {}, t("place.no_map"))));
      own.hidden = false;
    };
    const here = h("button", { class: "btn square", type: "button", "aria-label": t("place.here"), onclick: async () => {
      const found = await position();
      if (!found) { more.textContent = t("place.no_position"); return; }
      map?.flyTo(found.lon, found.lat);
      spot(found);
    } }, icon("locate"));
    (async () => {
      if (!from) return without();
      if (start) chosen = { lon: six(start.lon), lat: six(start.lat), accuracy: null, source: "map", placeId: null, text };
      try {
        const { openMap } = await import("../map.js");
        map = await openMap(box, { ...from, zoom: 17.5 });
        let quiet = null;
        map.onCentre((centre) => {
          // A place found by search moves the map by itself; only a person's hand chooses another point.
          if (chosen?.source === "search" && Math.abs(chosen.lon - centre.lon) < 2e-5 && Math.abs(chosen.lat - centre.lat) < 2e-5) return;
          clearTimeout(quiet);
          quiet = setTimeout(() => spot(centre), 250);
        });
        await map.ready;
      } catch {
        without();
      }
    })();
    return h("div", { class: "pick" },
      h("div", { class: "pick-head" },
        h("button", { class: "back", type: "button", "aria-label": t("action.close"), onclick: () => close(null) }, icon("cross")), input, here),
      list, field,
      h("div", { class: "pick-foot" }, h("div", {}, name, more), own, use));
  }, { label: t("place.title"), full: true }).finally(() => map?.destroy());
}
