/** The desk's page of areas: the tree, the map and the details move together; grids are drawn on the map. */
import { askFor } from "../api.js";
import { makeMap } from "../map.js";
import { drawOutline } from "./draw.js";
import { h, put } from "../dom.js";
import { metres, t } from "../words.js";

const page = document.querySelector("[data-areas]");
const links = () => page.querySelectorAll("a[data-area]");

function mark(id) {
  for (const link of links()) {
    if (link.dataset.area === String(id)) {
      link.setAttribute("aria-current", "page");
      link.scrollIntoView({ block: "nearest" });
    } else link.removeAttribute("aria-current");
  }
}

/** The outline around a point's area, asked of the server by a tiny box. */
async function outline(id, lon, lat, level) {
  const box = [lon - 0.0001, lat - 0.0001, lon + 0.0001, lat + 0.0001].map((n) => n.toFixed(6)).join(",");
  const response = await fetch(`/api/territory/areas?levels=${level}&box=${box}`).catch(() => null);
  if (!response?.ok) return null;
  return (await response.json()).features.find((feature) => String(feature.properties.id) === String(id)) || null;
}

function extent(geometry) {
  const points = geometry.coordinates.flat(geometry.type === "Polygon" ? 1 : 2);
  const [x, y] = [points.map((one) => one[0]), points.map((one) => one[1])];
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
}

async function start() {
  const map = await makeMap(page.querySelector("[data-map]"), {
    grids: true,
    onGrid: (id) => {
      if (page.querySelector("form[data-draw]")) return;
      const link = [...links()].find((one) => one.dataset.area === String(id));
      if (link) link.click();
    },
  });
  let drawing = null;

  async function follow() {
    const card = page.querySelector("[data-shown]");
    drawing?.stop();
    drawing = null;
    page.classList.toggle("drawing", Boolean(card?.querySelector("form[data-draw]")));
    if (!card) return;
    const { shown, level, lon, lat } = card.dataset;
    mark(shown);
    if (!map) return;
    map.selectGrid(level === "grid" ? Number(shown) : null);
    const found = lon && (await outline(shown, Number(lon), Number(lat), level));
    if (found) map.fit(extent(found.geometry));
    else if (lon) map.flyTo(Number(lon), Number(lat), 14);
    const form = card.querySelector("form[data-draw]");
    if (form) draw(form, found);
  }

  function draw(form, found) {
    const field = form.elements.boundary;
    const kept = field.value ? JSON.parse(field.value) : null;
    const begun = kept || (form.dataset.draw === "change" ? found?.geometry : null);
    if (begun && begun.type !== "Polygon") return put(form.querySelector("[data-draw-hint]"), t("map.several_parts"));
    const ring = begun ? begun.coordinates[0].slice(0, -1) : [];
    drawing = drawOutline(map.map, page.querySelector("[data-draw-bar]"), {
      ring,
      onChange: (geometry) => { field.value = geometry ? JSON.stringify(geometry) : ""; },
    });
    return drawing;
  }

  document.body.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target.id === "area-detail") follow(); });
  addEventListener("popstate", () => setTimeout(follow, 50));
  follow();
  find(map);
}

/** The search field above the map: places by characters, pinyin, initials. */
function find(map) {
  const field = document.querySelector("[data-place-search]");
  const list = document.getElementById("place-found");
  if (!field) return;
  let timer;
  let running;
  let places = [];
  let at = -1;
  const close = () => { list.hidden = true; field.setAttribute("aria-expanded", "false"); field.removeAttribute("aria-activedescendant"); at = -1; };
  const choose = (place) => {
    field.value = place.name;
    close();
    map?.setDot(place.lon, place.lat);
    map?.flyTo(place.lon, place.lat, 17.5);
  };
  const point = (to) => {
    at = (to + places.length) % places.length;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    field.setAttribute("aria-activedescendant", `place-${at}`);
  };
  const look = async () => {
    running?.abort();
    running = new AbortController();
    const words = field.value.trim();
    if (!words) return close();
    const centre = map?.centre();
    const near = centre ? { lon: centre.lon, lat: centre.lat } : {};
    try {
      ({ places } = await askFor("/api/territory/search", { q: words, ...near }, running.signal));
    } catch { return; }
    at = -1;
    put(list, places.length
      ? places.map((place, index) => h("li", { role: "option", id: `place-${index}`, "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); choose(place); } },
        h("span", { class: "grow" }, h("span", { class: "strong" }, place.name), h("br"), h("span", { class: "small soft" }, place.detail)),
        place.metres !== null && h("span", { class: "small soft" }, metres(place.metres))))
      : h("li", { class: "soft", role: "option", "aria-disabled": "true" }, t("place.none_found")));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
  };
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 180); });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (list.hidden || !places.length) return;
    if (event.key === "ArrowDown") point(at + 1);
    else if (event.key === "ArrowUp") point(at - 1);
    else if (event.key === "Enter") choose(places[Math.max(0, at)]);
    else return;
    event.preventDefault();
  });
}

start();
