/** The map beside the list: the cases of the page as dots in the colour of their clocks, over the dashed grids. */

const NEAR = 15.4; // some ten blocks: streets and grids have their names

const points = (lines) => ({
  type: "FeatureCollection",
  features: lines.filter((one) => one.dataset.lon).map((one) => ({
    type: "Feature",
    properties: { id: one.dataset.case, tone: one.dataset.tone === "plain" ? "info" : one.dataset.tone },
    geometry: { type: "Point", coordinates: [Number(one.dataset.lon), Number(one.dataset.lat)] },
  })),
});

/** chosen(id): a dot was clicked; moved(box | null): the person looked elsewhere while the list follows the map. */
export function ground(element, { chosen, moved }) {
  let made = null;
  let data = points([]);
  let open = null;
  let fitted = false;
  const follow = element.querySelector("[data-ground-follow]");

  const redraw = () => {
    if (!made) return;
    made.setCases(data);
    made.select(open);
    const one = data.features.find((feature) => feature.properties.id === open);
    if (!fitted && one && !follow.checked) look(one.geometry.coordinates);
    else if (one && !made.map.getBounds().contains(one.geometry.coordinates)) made.flyTo(...one.geometry.coordinates);
  };
  /* Once, at the start: the surroundings of the open case. Later the map moves only to a case that it does not show. */
  const look = (centre) => {
    fitted = true;
    made.map.jumpTo({ center: centre, zoom: Math.max(made.map.getZoom(), NEAR) });
  };
  const box = () => {
    const edges = made.map.getBounds();
    return [edges.getWest(), edges.getSouth(), edges.getEast(), edges.getNorth()];
  };

  async function start() {
    const { openMap } = await import("../map.js");
    const wanted = follow.checked ? new URLSearchParams(location.search).get("box")?.split(",").map(Number) : null;
    const map = await openMap(element.querySelector("[data-ground]"), { grids: true, held: true, cases: data, onCase: chosen, padding: 40 });
    await map.ready;
    made = map;
    if (wanted) made.fit(wanted, 0);
    let timer = 0;
    made.map.on("moveend", (event) => {
      if (!follow.checked || !event.originalEvent) return; /* moved by the person, not by us */
      clearTimeout(timer);
      timer = setTimeout(() => moved(box()), 350);
    });
    element.classList.add("ready");
    redraw();
  }
  follow.addEventListener("change", () => moved(follow.checked && made ? box() : null));
  start().catch(() => {
    element.querySelector("[data-ground-none]").hidden = false;
    element.querySelector(".ground-follow").hidden = true;
  });
  return {
    draw(lines) { data = points(lines); redraw(); },
    select(id) { open = id; redraw(); },
  };
}
