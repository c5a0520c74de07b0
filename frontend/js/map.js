/**
 * The map: MapLibre on the base map of the place, without any outside server. Loaded only when a page shows a map.
 *
 *   const map = await openMap(element, { lon, lat, zoom });   // rejects, or `ready` rejects, when there can be no map
 *   const map = await makeMap(element, { cases, onCase });    // says so in the element instead, and gives null
 */
import { addProtocol, AttributionControl, LngLatBounds, Map as GlMap, NavigationControl, setWorkerUrl } from "maplibre-gl";
import { PMTiles, Protocol } from "pmtiles";
import { caseLayers, gridLayers, groundLayers, POINTS, spotLayers } from "./map/layers.js";
import { WHOLE_MOST, wholeFile } from "./map/source.js";
import { within } from "./map/within.js";
import { h, put } from "./dom.js";
import { loadWords, t } from "./words.js";

const { dataset } = document.documentElement;
setWorkerUrl(new URL(dataset.mapWorker, location.href).href);
const protocol = new Protocol();
addProtocol("pmtiles", protocol.tile);

const HALO = "#F8F7F3";
let style;

/** The style, fetched once a page, with its tiles bound to one file in memory when that is small. */
function loadStyle() {
  style ??= (async () => {
    const response = await fetch("/map/style.json", { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`style ${response.status}`);
    const found = await response.json();
    const base = found.sources.base;
    if (!base) throw new Error(t("map.none"));
    const address = base.url.replace("pmtiles://", "");
    if (found.metadata["liuchi:bytes"] <= WHOLE_MOST) protocol.add(new PMTiles(wholeFile(address)));
    return found;
  })();
  style.catch(() => { style = undefined; });
  return style;
}

function canDraw() {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return Boolean(context);
}

const point = (lon, lat, properties = {}) => ({ type: "Feature", properties, geometry: { type: "Point", coordinates: [lon, lat] } });
const collection = (features) => ({ type: "FeatureCollection", features });
const EMPTY = collection([]);

/* The borders of grids, each once: two dashed lines on top of each other make neither dashes nor a line. */
function borders(features) {
  const seen = new Set();
  const lines = [];
  for (const { geometry } of features) {
    for (const ring of geometry.coordinates.flat(geometry.type === "Polygon" ? 0 : 1)) {
      let run = [];
      for (let i = 1; i < ring.length; i += 1) {
        const key = [ring[i - 1], ring[i]].map((at) => at.map((n) => n.toFixed(6)).join()).sort().join(";");
        if (seen.has(key)) {
          if (run.length) lines.push(run);
          run = [];
          continue;
        }
        seen.add(key);
        if (!run.length) run.push(ring[i - 1]);
        run.push(ring[i]);
      }
      if (run.length) lines.push(run);
    }
  }
  return lines.map((coordinates) => ({ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates } }));
}

const words = () => ({
  "Map.Title": t("map.title"), "NavigationControl.ZoomIn": t("map.closer"), "NavigationControl.ZoomOut": t("map.further"),
  "AttributionControl.ToggleAttribution": t("map.credit"),
});

/**
 * Shows the map in an element.
 *
 * lon, lat, zoom: where to look; without them the whole place. interactive: false for a picture. grids: shows the
 * grids, dashed. cases: a GeoJSON of points {id, tone: bad|warn|ok|info}. held: only looked at, so it stays on the place.
 * onTap({lon, lat}), onCase(id), onGrid(id).
 * Raises when the browser can't draw it or there is no base map; `ready` resolves when it is drawn.
 */
export async function openMap(element, options = {}) {
  await loadWords();
  if (!canDraw()) throw new Error(t("map.no_webgl"));
  const found = await loadStyle();
  const { lon, lat, zoom = 17, interactive = true, grids = false, held = false, cases, onTap, onCase, onGrid, padding = 24 } = options;
  const placed = Number.isFinite(lon) && Number.isFinite(lat);
  const [west, south, east, north] = found.metadata["liuchi:first"];
  const zooms = { minZoom: 9, maxZoom: 20 };
  const hold = held ? within(element, found.metadata["liuchi:maps"], zooms) : null;
  const show = (features) => features.forEach(({ geometry }) => hold?.reach(...geometry.coordinates));
  if (placed) hold?.reach(lon, lat);
  show(cases?.features || []);
  const map = new GlMap({
    container: element, style: found, interactive, locale: words(), attributionControl: false, dragRotate: false, pitchWithRotate: false,
    touchPitch: false, ...zooms, transformConstrain: hold?.constrain, fadeDuration: reduced() ? 0 : 200,
    ...(placed ? { center: [lon, lat], zoom } : { bounds: [[west, south], [east, north]], fitBoundsOptions: { padding } }),
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation?.();
  map.addControl(new AttributionControl({ compact: true }), "bottom-right");
  if (interactive) map.addControl(new NavigationControl({ showCompass: false }), "bottom-right");
  const ready = new Promise((resolve, reject) => {
    map.once("load", () => resolve(map));
    map.on("error", ({ error }) => { if (!map.loaded()) reject(error); });
  });
  ready.catch(() => null);

  let drawnGrids = null;
  let chosenCase = null;
  const data = { cases: cases || EMPTY, grids: EMPTY, "grid-lines": EMPTY, "grid-names": EMPTY, dot: EMPTY, here: EMPTY };
  const set = (name, value) => {
    data[name] = value;
    map.getSource(name)?.setData(value);
  };
  map.on("style.load", () => {
    for (const name of Object.keys(data)) map.addSource(name, { type: "geojson", data: data[name], promoteId: POINTS.has(name) ? "id" : undefined });
    for (const layer of groundLayers()) map.addLayer(layer, map.getLayer("road-name") ? "road-name" : undefined);
    for (const layer of [...gridLayers(HALO), ...caseLayers(), ...spotLayers()]) map.addLayer(layer);
    if (chosenCase !== null) select(chosenCase);
    if (grids) fetchGrids();
  });

  async function fetchGrids() {
    if (map.getZoom() < 12.5) return;
    const view = map.getBounds();
    if (drawnGrids?.contains(view.getNorthEast()) && drawnGrids.contains(view.getSouthWest())) return;
    const [x, y] = [(view.getEast() - view.getWest()) * 0.5, (view.getNorth() - view.getSouth()) * 0.5];
    const wide = new LngLatBounds([view.getWest() - x, view.getSouth() - y], [view.getEast() + x, view.getNorth() + y]);
    const box = [wide.getWest(), wide.getSouth(), wide.getEast(), wide.getNorth()].map((n) => n.toFixed(5)).join(",");
    drawnGrids = wide;
    try {
      const response = await fetch(`/api/territory/areas?levels=grid&box=${box}`);
      if (!response.ok) throw new Error(String(response.status));
      showGrids(await response.json());
    } catch {
      drawnGrids = null; // without a network the map stays as it is
    }
  }
  function showGrids(found_) {
    set("grids", found_);
    set("grid-lines", collection(borders(found_.features)));
    set("grid-names", collection(found_.features.map(({ properties }) => point(properties.lon, properties.lat, {
      id: properties.id,
      name: properties.name,
      words: properties.households ? t("map.grid", { name: properties.name, n: properties.households }) : properties.name,
    }))));
  }
  if (grids) map.on("moveend", fetchGrids);

  function select(id) {
    if (chosenCase !== null && map.getSource("cases")) map.setFeatureState({ source: "cases", id: chosenCase }, { chosen: false });
    chosenCase = id ?? null;
    if (chosenCase !== null && map.getSource("cases")) map.setFeatureState({ source: "cases", id: chosenCase }, { chosen: true });
  }
  let chosenGrid = null;
  function selectGrid(id) {
    if (chosenGrid !== null) map.setFeatureState({ source: "grids", id: chosenGrid }, { chosen: false });
    chosenGrid = id ?? null;
    if (chosenGrid !== null) map.setFeatureState({ source: "grids", id: chosenGrid }, { chosen: true });
  }

  map.on("click", (event) => {
    const near = [[event.point.x - 10, event.point.y - 10], [event.point.x + 10, event.point.y + 10]];
    const [hit] = onCase && map.getLayer("cases") ? map.queryRenderedFeatures(near, { layers: ["cases"] }) : [];
    if (hit) return onCase(hit.id);
    if (onTap) return onTap({ lon: event.lngLat.lng, lat: event.lngLat.lat });
    if (onGrid && map.getLayer("grid-ground")) {
      const [grid] = map.queryRenderedFeatures(event.point, { layers: ["grid-ground"] });
      if (grid) onGrid(grid.properties.id);
    }
  });
  if (onCase) {
    map.on("mouseenter", "cases", () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", "cases", () => { map.getCanvas().style.cursor = ""; });
  }
  /* Enter chooses what is under the middle of the map, so that a spot can be chosen without a mouse. */
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !onTap) return;
    event.preventDefault();
    const { lng, lat: y } = map.getCenter();
    onTap({ lon: lng, lat: y });
  });

  element.map = map; // for tests and for the drawing of grids
  return {
    map,
    ready,
    centre: () => ({ lon: map.getCenter().lng, lat: map.getCenter().lat }),
    onCentre: (tell) => map.on("moveend", () => tell({ lon: map.getCenter().lng, lat: map.getCenter().lat })),
    setCases: (points) => { show(points.features); set("cases", points); },
    select,
    setGrids: showGrids,
    reloadGrids: () => { drawnGrids = null; return fetchGrids(); },
    selectGrid,
    setDot: (x, y, colour = "#BF3A26") => set("dot", collection([point(x, y, { colour })])),
    setHere: (x, y) => set("here", collection([point(x, y)])),
    flyTo: (x, y, near) => map.jumpTo({ center: [x, y], ...(near ? { zoom: near } : {}) }),
    fit: ([w, s, e, n], room = 48) => map.fitBounds([[w, s], [e, n]], { padding: room, maxZoom: 18, animate: !reduced() }),
    destroy: () => map.remove(),
  };
}

const reduced = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The same, but what goes wrong is said in the element and gives null: the page works on without a map. */
export async function makeMap(element, options) {
  try {
    const map = await openMap(element, options);
    await map.ready;
    return map;
  } catch (error) {
    const sentence = [t("map.no_webgl"), t("map.none")].includes(error.message) ? error.message : t("map.failed");
    element.map?.remove();
    put(element, h("p", { class: "map-without", role: "status" }, sentence));
    return null;
  }
}
