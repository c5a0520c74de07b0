/** The map beside the list: the cases of the page as dots in the colour of their clocks, grids as dashed lines. */

const COLOURS = ["match", ["get", "tone"], "bad", "#BF3A26", "warn", "#8A5A00", "ok", "#266B4C", "#566269"];

const points = (lines) => ({
  type: "FeatureCollection",
  features: lines.filter((one) => one.dataset.lon).map((one) => ({
    type: "Feature",
    properties: { id: one.dataset.case, tone: one.dataset.tone },
    geometry: { type: "Point", coordinates: [Number(one.dataset.lon), Number(one.dataset.lat)] },
  })),
});

/** chosen(id): a dot was clicked; moved(box | null): the person looked elsewhere while the list follows the map. */
export function ground(element, { chosen, moved }) {
  let map = null;
  let data = points([]);
  let open = null;
  let fitted = false;
  const follow = element.querySelector("[data-ground-follow]");

  const dot = () => data.features.find((one) => one.properties.id === open);
  const redraw = () => {
    if (!map) return;
    map.getSource("cases").setData(data);
    const one = dot();
    map.getSource("open").setData({ type: "FeatureCollection", features: one ? [one] : [] });
    if (!fitted && data.features.length && !follow.checked) fit();
    else if (one && !map.getBounds().contains(one.geometry.coordinates)) map.easeTo({ center: one.geometry.coordinates, duration: 250 });
  };
  const fit = () => {
    fitted = true;
    const lons = data.features.map((one) => one.geometry.coordinates[0]).sort((a, b) => a - b);
    const lats = data.features.map((one) => one.geometry.coordinates[1]).sort((a, b) => a - b);
    const part = (sorted, share) => sorted[Math.round((sorted.length - 1) * share)]; /* one report from afar does not shrink all */
    map.fitBounds([[part(lons, 0.05), part(lats, 0.05)], [part(lons, 0.95), part(lats, 0.95)]], { padding: 60, maxZoom: 17, duration: 0 });
  };
  const box = () => {
    const edges = map.getBounds();
    return [edges.getWest(), edges.getSouth(), edges.getEast(), edges.getNorth()];
  };

  async function start() {
    const lon = Number(element.dataset.lon);
    const lat = Number(element.dataset.lat);
    if (!element.dataset.lon) throw new Error("no place");
    const { openMap } = await import("../map.js");
    const made = await openMap(element.querySelector("[data-ground]"), { lon, lat, zoom: 15 });
    await made.ready;
    map = made.map;
    map.addSource("cases", { type: "geojson", data });
    map.addSource("open", { type: "geojson", data: points([]) });
    const at = (radius, more) => ({ "circle-radius": radius, "circle-color": COLOURS, ...more });
    map.addLayer({ id: "open-halo", type: "circle", source: "open", paint: at(22, { "circle-opacity": 0.2 }) });
    map.addLayer({ id: "cases", type: "circle", source: "cases", paint: at(7, { "circle-stroke-color": "#fff", "circle-stroke-width": 2.5 }) });
    map.addLayer({ id: "open", type: "circle", source: "open", paint: at(10, { "circle-stroke-color": "#fff", "circle-stroke-width": 3 }) });
    map.on("click", "cases", (event) => chosen(event.features[0].properties.id));
    map.on("mouseenter", "cases", () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", "cases", () => { map.getCanvas().style.cursor = ""; });
    let timer = 0;
    map.on("moveend", (event) => {
      if (!follow.checked || !event.originalEvent) return; /* moved by the person, not by us */
      clearTimeout(timer);
      timer = setTimeout(() => moved(box()), 350);
    });
    element.classList.add("ready");
    redraw();
  }
  follow.addEventListener("change", () => moved(follow.checked && map ? box() : null));
  start().catch(() => {
    element.querySelector("[data-ground-none]").hidden = false;
    element.querySelector(".ground-follow").hidden = true;
  });
  return {
    draw(lines) { data = points(lines); redraw(); },
    select(id) { open = id; redraw(); },
  };
}
