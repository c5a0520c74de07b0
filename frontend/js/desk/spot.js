/** A map in a page: data-lon, data-lat and data-tone put a dot on it; without them the whole place is shown. */
const TONES = { bad: "#BF3A26", warn: "#8A5A00", ok: "#266B4C", info: "#27638A" };

for (const element of document.querySelectorAll("[data-spot]")) {
  const [lon, lat] = [Number.parseFloat(element.dataset.lon), Number.parseFloat(element.dataset.lat)];
  import("../map.js")
    .then(({ makeMap }) => makeMap(element, { lon, lat, zoom: 16.5, grids: true, held: true, padding: 16 }))
    .then((map) => Number.isFinite(lon) && map?.setDot(lon, lat, TONES[element.dataset.tone] || TONES.info));
}
