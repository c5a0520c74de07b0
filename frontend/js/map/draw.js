/**
 * Drawing an outline on the map: tap corner after corner, pull corners, tap the small dots between them for more.
 * Without a mouse: move the map with the arrow keys, Enter puts a corner under the cross, Backspace takes the last away.
 */
import { h, put } from "../dom.js";
import { t } from "../words.js";

const COLOUR = "#27638A";
const line = (points) => ({ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: points } });
const ground = (ring) => ({ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } });
const dot = (at, index, kind) => ({ type: "Feature", properties: { index, kind }, geometry: { type: "Point", coordinates: at } });
const collection = (features) => ({ type: "FeatureCollection", features });
const middle = ([a, b], [c, d]) => [(a + c) / 2, (b + d) / 2];

/**
 * map: the MapLibre map, loaded. bar: an element for the keys. ring: corners to begin with, or none.
 * onChange(geometry or null) is told each outline that is closed. Returns {stop}.
 */
export function drawOutline(map, bar, { ring = [], onChange }) {
  let corners = ring.map((corner) => [...corner]);
  let closed = corners.length > 2;
  const before = [];
  map.addSource("drawn", { type: "geojson", data: collection([]) });
  map.addSource("corners", { type: "geojson", data: collection([]) });
  map.addLayer({ id: "drawn-ground", type: "fill", source: "drawn", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": COLOUR, "fill-opacity": 0.12 } });
  map.addLayer({ id: "drawn-line", type: "line", source: "drawn", paint: { "line-color": COLOUR, "line-width": 2.5 } });
  map.addLayer({
    id: "corners", type: "circle", source: "corners",
    paint: {
      "circle-radius": ["match", ["get", "kind"], "corner", 8, 5], "circle-color": ["match", ["get", "kind"], "corner", "#fff", COLOUR],
      "circle-stroke-color": ["match", ["get", "kind"], "corner", COLOUR, "#fff"], "circle-stroke-width": ["match", ["get", "kind"], "corner", 3, 1.5],
    },
  });

  const geometry = () => ({ type: "Polygon", coordinates: [[...corners, corners[0]]] });
  const keep = () => {
    before.push({ corners: corners.map((corner) => [...corner]), closed });
    if (before.length > 60) before.shift();
  };

  const says = h("p", { class: "small grow", role: "status" });
  const undo = h("button", { class: "btn small", type: "button", onclick: takeBack }, t("map.take_back"));
  const again = h("button", { class: "btn small quiet", type: "button", onclick: () => { keep(); corners = []; closed = false; show(); } }, t("map.draw_again"));
  const done = h("button", { class: "btn small dark", type: "button", onclick: close }, t("map.close_line"));
  put(bar, says, again, undo, done);
  bar.hidden = false;
  const cross = h("div", { class: "map-cross", "aria-hidden": "true" });
  map.getContainer().append(cross);

  function show(tell = true) {
    const shapes = [];
    if (closed) shapes.push(ground([...corners, corners[0]]), line([...corners, corners[0]]));
    else if (corners.length > 1) shapes.push(line(corners));
    map.getSource("drawn").setData(collection(shapes));
    const dots = corners.map((corner, index) => dot(corner, index, "corner"));
    if (closed) corners.forEach((corner, index) => dots.push(dot(middle(corner, corners[(index + 1) % corners.length]), index, "between")));
    map.getSource("corners").setData(collection(dots));
    undo.disabled = !before.length;
    again.disabled = !corners.length;
    done.hidden = closed;
    done.disabled = corners.length < 3;
    says.textContent = closed ? t("map.closed", { n: corners.length }) : corners.length ? t("map.corners", { n: corners.length }) : t("map.first_corner");
    if (tell) onChange(closed ? geometry() : null);
  }
  function addCorner(at) {
    if (closed) return;
    keep();
    corners.push(at);
    show();
  }
  function close() {
    if (corners.length < 3 || closed) return;
    keep();
    closed = true;
    show();
  }
  function takeBack() {
    const last = before.pop();
    if (!last) return;
    ({ corners, closed } = last);
    show();
  }

  const under = (point) => map.queryRenderedFeatures([[point.x - 14, point.y - 14], [point.x + 14, point.y + 14]], { layers: ["corners"] })[0];
  let pulled = null;
  const press = (event) => {
    const hit = under(event.point);
    if (!hit || (hit.properties.kind === "between" && !closed)) return;
    event.preventDefault(); // the map stays where it is
    keep();
    if (hit.properties.kind === "between") {
      pulled = hit.properties.index + 1;
      corners.splice(pulled, 0, [event.lngLat.lng, event.lngLat.lat]);
    } else pulled = hit.properties.index;
    show(false);
  };
  const pull = (event) => {
    if (pulled === null) return;
    corners[pulled] = [event.lngLat.lng, event.lngLat.lat];
    show(false);
  };
  const release = () => {
    if (pulled === null) return;
    pulled = null;
    show();
  };
  const tap = (event) => {
    const hit = under(event.point);
    if (hit && hit.properties.kind === "corner" && hit.properties.index === 0 && !closed) close();
    else if (!hit) addCorner([event.lngLat.lng, event.lngLat.lat]);
  };
  const keys = (event) => {
    if (event.key === "Enter") {
      const { lng, lat } = map.getCenter();
      const first = corners[0] && map.project(corners[0]);
      const here = map.project([lng, lat]);
      if (first && Math.hypot(first.x - here.x, first.y - here.y) < 14) close();
      else addCorner([lng, lat]);
    } else if (event.key === "Backspace") takeBack();
    else return;
    event.preventDefault();
  };
  const canvas = map.getCanvas();
  map.on("click", tap);
  map.on("mousedown", press);
  map.on("touchstart", press);
  map.on("mousemove", pull);
  map.on("touchmove", pull);
  map.on("mouseup", release);
  map.on("touchend", release);
  canvas.addEventListener("keydown", keys);
  map.doubleClickZoom.disable();
  canvas.style.cursor = "crosshair";
  show(false);

  return {
    stop() {
      for (const [name, handler] of [["click", tap], ["mousedown", press], ["touchstart", press], ["mousemove", pull], ["touchmove", pull], ["mouseup", release], ["touchend", release]]) map.off(name, handler);
      canvas.removeEventListener("keydown", keys);
      map.doubleClickZoom.enable();
      canvas.style.cursor = "";
      cross.remove();
      bar.hidden = true;
      for (const layer of ["corners", "drawn-line", "drawn-ground"]) map.removeLayer(layer);
      for (const source of ["corners", "drawn"]) map.removeSource(source);
    },
  };
}
