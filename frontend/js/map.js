/** The map: MapLibre on the base map of the place. Loaded only when a page shows a map. */
import { addProtocol, Map as GlMap, setWorkerUrl } from "maplibre-gl";
import { Protocol } from "pmtiles";

const { dataset } = document.documentElement;
setWorkerUrl(new URL(dataset.mapWorker, location.href).href);
addProtocol("pmtiles", new Protocol().tile);

const circle = (lon, lat) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [lon, lat] } });

/** Shows the map in an element. Its promise `ready` is rejected when the base map cannot be had; the page works on without. */
export async function openMap(element, { lon, lat, zoom = 17, interactive = true }) {
  const map = new GlMap({ container: element, style: "/map/style.json", center: [lon, lat], zoom, interactive, attributionControl: { compact: true }, dragRotate: false, pitchWithRotate: false });
  const ready = new Promise((resolve, reject) => {
    map.once("load", resolve);
    map.once("error", (event) => reject(event.error));
  });
  const dot = (id, at, paint) => {
    if (map.getSource(id)) map.getSource(id).setData(circle(...at));
    else {
      map.addSource(id, { type: "geojson", data: circle(...at) });
      map.addLayer({ id, type: "circle", source: id, paint: { "circle-stroke-color": "#fff", "circle-stroke-width": 3, ...paint } });
    }
  };
  return {
    map,
    ready,
    centre: () => ({ lon: map.getCenter().lng, lat: map.getCenter().lat }),
    onCentre: (tell) => map.on("moveend", () => tell({ lon: map.getCenter().lng, lat: map.getCenter().lat })),
    setDot: (x, y, colour = "#BF3A26") => dot("dot", [x, y], { "circle-radius": 9, "circle-color": colour }),
    setHere: (x, y) => dot("here", [x, y], { "circle-radius": 7, "circle-color": "#27638A" }),
    flyTo: (x, y) => map.jumpTo({ center: [x, y] }),
    destroy: () => map.remove(),
  };
}
