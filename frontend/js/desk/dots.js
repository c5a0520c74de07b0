/** A map beside a list: each row with data-dot, data-lon and data-lat is a dot; a click on it opens the row's link. */
for (const element of document.querySelectorAll("[data-dots]")) {
  const list = document.querySelector(element.dataset.dots);
  const points = () => ({
    type: "FeatureCollection",
    features: [...list.querySelectorAll("[data-dot]")].map((row) => ({
      type: "Feature",
      properties: { id: row.dataset.dot, tone: "info" },
      geometry: { type: "Point", coordinates: [Number(row.dataset.lon), Number(row.dataset.lat)] },
    })),
  });
  const open = (id) => list.querySelector(`[data-dot="${CSS.escape(id)}"] a`)?.click();
  import("../map.js")
    .then(({ makeMap }) => makeMap(element, { grids: true, held: true, cases: points(), onCase: open, padding: 16 }))
    .then((map) => {
      const redraw = () => map?.setCases(points());
      redraw();
      list.addEventListener("htmx:afterSwap", redraw);
    });
}
