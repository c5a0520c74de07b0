/**
 * Where one can go: the phone's own position is asked for, sent with the form, and kept nowhere; a map beside the list; the way
 * on foot; and the keeper's taps, which go through the outbox so that they work without a network.
 */
import { askFor, csrf } from "../api.js";
import { copyWords } from "../copy.js";
import { h, put } from "../dom.js";
import { makeMap } from "../map.js";
import { put as keep } from "../outbox.js";
import { t } from "../words.js";
import { kick } from "./kick.js";
import { lookForPlaces, position } from "./place.js";
import { person, toast } from "./shell.js";
import { suggestBelow } from "./suggest.js";

const allowed = async () => {
  try {
    return (await navigator.permissions.query({ name: "geolocation" })).state === "granted";
  } catch {
    return false;
  }
};
const number = (text) => (text === undefined || text === "" ? NaN : Number(text));

function list(form) {
  const near = form.querySelector("[data-near]");
  const locate = form.querySelector("[data-locate]");
  let map = null;
  let shown = false;

  const drawMap = async () => {
    const box = near.querySelector("[data-near-map]");
    box.hidden = !shown;
    near.querySelector("[data-map-toggle]").setAttribute("aria-pressed", String(shown));
    if (!shown) return;
    const [lon, lat] = [number(box.dataset.lon), number(box.dataset.lat)];
    const cases = JSON.parse(near.querySelector("#dots").textContent);
    map = await makeMap(box.querySelector(".map"), { held: true, cases, padding: 30, onCase: (id) => near.querySelector(`[data-point="${id}"]`)?.click() });
    if (!map) return;
    const all = [...cases.features.map((one) => one.geometry.coordinates), ...(Number.isFinite(lon) && box.hasAttribute("data-known") ? [[lon, lat]] : [])];
    if (box.hasAttribute("data-known")) map.setHere(lon, lat);
    if (!all.length) return;
    const [x, y] = [all.map((one) => one[0]), all.map((one) => one[1])];
    map.fit([Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)], 40);
  };
  const ready = () => {
    const toggle = near.querySelector("[data-map-toggle]");
    if (!toggle) return;
    toggle.hidden = false;
    toggle.addEventListener("click", () => { shown = !shown; drawMap(); });
    if (shown) drawMap();
  };

  let turn = 0;
  async function send(need) {
    const mine = ++turn;
    const said = new FormData(form);
    said.set("need", need);
    near.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: said, headers: { "X-Part": "1", "X-CSRFToken": csrf() }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const text = await answer.text();
      if (mine !== turn) return;
      map?.destroy();
      map = null;
      near.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
      for (const key of form.querySelectorAll(".need")) key.setAttribute("aria-pressed", String(key.value === need));
      ready();
    } catch {
      if (mine === turn) toast(t("error.unreachable"), { tone: "bad" });
    } finally {
      if (mine === turn) near.removeAttribute("aria-busy");
    }
  }
  const chosen = () => near.querySelector("[data-need]")?.dataset.need || "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const key = event.submitter?.name === "need" ? event.submitter : null;
    send(key ? (key.getAttribute("aria-pressed") === "true" ? "" : key.value) : chosen());
  });

  async function fromHere({ quiet = false } = {}) {
    const here = await position();
    if (!here) {
      if (!quiet) { toast(t("places.no_position_here"), { tone: "bad" }); field.focus(); }
      return;
    }
    from(here.lon.toFixed(6), here.lat.toFixed(6));
    field.value = "";
    send(chosen());
  }
  const field = form.querySelector("[name=q]");
  const from = (lon, lat) => {
    form.querySelector("[data-lon]").value = lon;
    form.querySelector("[data-lat]").value = lat;
  };
  const { list: found, close } = suggestBelow(field, {
    none: t("place.none_found_here"), broken: t("error.unreachable"),
    look: async (words, signal) => {
      const { services, points, places } = await askFor("/api/places/find", { q: words }, signal);
      return [
        ...services.map((one) => ({ icon: one.icon, name: one.name, detail: t("places.a_service"), choose: () => { field.value = ""; from("", ""); send(one.code); } })),
        ...points.map((one) => ({ icon: "station", name: one.name, detail: one.detail, more: one.far, choose: () => location.assign(one.url) })),
        ...places.map((one) => ({ icon: "pin", name: one.name, detail: t("places.from_there"), choose: () => { field.value = one.name; from(one.lon.toFixed(6), one.lat.toFixed(6)); send(chosen()); } })),
      ];
    },
  });
  form.querySelector("[data-from]").after(found);
  field.addEventListener("input", () => from("", ""));
  form.addEventListener("submit", close);
  if (navigator.geolocation && globalThis.isSecureContext) {
    locate.hidden = false;
    locate.addEventListener("click", () => fromHere());
    allowed().then((yes) => yes && fromHere({ quiet: true }));
  }
  ready();
}

async function one(page) {
  const [lon, lat] = [Number(page.dataset.lon), Number(page.dataset.lat)];
  const said = page.querySelector("[data-way-words]");
  const way = page.querySelector("[data-way]");
  const map = makeMap(page.querySelector("[data-place-map] .map"), { lon, lat, zoom: 16.4, held: true });
  map.then((made) => made?.setDot(lon, lat, "#2B3A42"));
  const draw = async (from) => {
    const found = await askFor("/api/places/way", { id: page.dataset.place, lon: from.lon, lat: from.lat }).catch((error) => { toast(error.message, { tone: "bad" }); return null; });
    if (!found) return;
    said.className = "way-said";
    put(said, from.name && t("places.from", { name: from.name }), h("b", {}, found.words), !found.by_road && ` · ${t("places.straight")}`);
    const made = await map;
    if (!made) return;
    const line = { type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: found.line } };
    if (made.map.getSource("way")) made.map.getSource("way").setData(line);
    else {
      made.map.addSource("way", { type: "geojson", data: line });
      made.map.addLayer({ id: "way", type: "line", source: "way", layout: { "line-join": "round", "line-cap": "round" }, paint: { "line-color": "#27638A", "line-width": 5, ...(found.by_road ? {} : { "line-dasharray": [1, 2] }) } }, "here-halo");
    }
    made.setHere(from.lon, from.lat);
    const [x, y] = [found.line.map((at) => at[0]), found.line.map((at) => at[1])];
    made.fit([Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)], 40);
  };
  const form = page.querySelector("[data-way-from]");
  const field = form.querySelector("[name=q]");
  const nowhere = (words) => {
    said.className = "way-said tone-warn";
    said.textContent = words;
    field.focus();
  };
  const look = lookForPlaces({ near: { lon, lat }, choose: (place) => { field.value = place.name; draw(place); } });
  const { list: found, close } = suggestBelow(field, { look, none: t("place.none_found_here"), broken: t("error.unreachable") });
  form.append(found);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    close();
    field.blur();
    try {
      const [first] = await look(field.value.trim());
      if (first) first.choose();
      else nowhere(t("places.not_found", { words: field.value.trim() }));
    } catch {
      toast(t("error.unreachable"), { tone: "bad" });
    }
  });
  page.querySelector("[data-copy-words]")?.addEventListener("click", async ({ currentTarget }) => {
    if (await copyWords(currentTarget.dataset.copyWords)) toast(t("places.copied"));
    else toast(t("places.not_copied"), { tone: "bad" });
  });
  const { fromLon, fromLat } = page.querySelector("[data-place-map]").dataset;
  if (fromLon) draw({ lon: Number(fromLon), lat: Number(fromLat), name: field.value });
  if (navigator.geolocation && globalThis.isSecureContext) {
    way.hidden = false;
    way.addEventListener("click", async () => {
      const from = await position();
      if (from) draw(from);
      else nowhere(t("places.no_position"));
    });
    if (fromLon) return;
    if (await allowed()) {
      const from = await position();
      if (from) draw(from);
    }
  }
}

function keeper(page) {
  const visits = page.querySelector("[data-visits]");
  page.addEventListener("submit", async (event) => {
    const { outbox } = event.target.dataset;
    if (!outbox || !person) return;
    event.preventDefault();
    const form = event.target;
    const { submitter } = event;
    const body = { point: page.dataset.keep };
    if (outbox === "place.count") {
      const used = submitter?.name === "used" ? submitter.value : "";
      const many = Number(form.querySelector("[name=visits]")?.value || 0);
      body.visits = used ? 0 : many;
      if (!used && !(many > 0)) return;
      if (used) {
        body.uses = { [used]: 1 };
        const place = page.querySelector(`[data-used="${used}"]`);
        place.textContent = Number(place.textContent || 0) + 1;
      } else {
        visits.textContent = Number(visits.textContent) + many;
        if (form.querySelector("[type=number]")) form.reset();
      }
    } else {
      Object.assign(body, { said: submitter?.value || "", how_long: form.querySelector("[name=how_long]").value });
    }
    try {
      await keep({ verb: outbox, body, person, title: document.title });
    } catch {
      form.submit(); // no room to keep it: the plain way
      return;
    }
    if (outbox === "place.say") {
      await kick({ hurry: true });
      location.reload();
    } else {
      toast(t("places.counted"));
      kick({ hurry: true });
    }
  });
}

const found = (what) => document.querySelector(`[data-${what}]`);
export function start() {
  if (found("places")) list(found("places"));
  if (found("place")) one(found("place"));
  if (found("keep")) keeper(found("keep"));
}
