/** What lies on the base map: grids as dashed lines, cases as the only saturated dots, the chosen spot, one's own place. */

const FONTS = ["Liuchi Semibold", "PingFang SC", "HarmonyOS Sans SC", "MiSans", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "sans-serif"];
const TONES = ["match", ["get", "tone"], "bad", "#BF3A26", "warn", "#8A5A00", "info", "#27638A", "plain", "#566269", "#266B4C"];
/* A place where one can't go in now is a ring: a colour alone says it to few. */
const RING = ["boolean", ["get", "ring"], false];
const TILE = "#2B3A42";
const chosen = ["boolean", ["feature-state", "chosen"], false];

/** Sources whose features carry their id in a property. */
export const POINTS = new Set(["cases", "grids", "grid-names"]);

/** These lie below the words of the map. */
export const groundLayers = () => [
  { id: "grid-ground", type: "fill", source: "grids", paint: { "fill-color": TILE, "fill-opacity": ["case", chosen, 0.07, 0] } },
  {
    id: "grid-line", type: "line", source: "grid-lines", layout: { "line-join": "round" },
    paint: { "line-color": TILE, "line-width": ["interpolate", ["linear"], ["zoom"], 13, 1, 17, 2], "line-opacity": 0.7, "line-dasharray": [3.2, 2.4] },
  },
  { id: "grid-chosen", type: "line", source: "grids", layout: { "line-join": "round" }, paint: { "line-color": TILE, "line-width": 3, "line-opacity": ["case", chosen, 1, 0] } },
];

export const gridLayers = (halo) => [
  {
    id: "grid-name", type: "symbol", source: "grid-names", minzoom: 14,
    layout: { "text-field": ["step", ["zoom"], ["get", "name"], 15.5, ["get", "words"]], "text-font": FONTS, "text-size": ["interpolate", ["linear"], ["zoom"], 14, 11, 17, 15], "text-max-width": 12 },
    paint: { "text-color": TILE, "text-halo-color": halo, "text-halo-width": 1.8 },
  },
];

export const caseLayers = () => [
  {
    id: "case-halo", type: "circle", source: "cases",
    paint: { "circle-color": TONES, "circle-radius": 21, "circle-opacity": ["case", chosen, 0.22, 0] },
  },
  {
    id: "cases", type: "circle", source: "cases",
    paint: {
      "circle-color": ["case", RING, "#FFFFFF", TONES], "circle-stroke-color": ["case", RING, TONES, "#FFFFFF"],
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 12, ["case", chosen, 6, 3.5], 15, ["case", chosen, 10, 6.5]],
      "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 12, 1, 15, 2.5],
    },
  },
];

export const spotLayers = () => [
  { id: "here-halo", type: "circle", source: "here", paint: { "circle-color": "#27638A", "circle-radius": 18, "circle-opacity": 0.16 } },
  { id: "here", type: "circle", source: "here", paint: { "circle-color": "#27638A", "circle-radius": 7, "circle-stroke-color": "#fff", "circle-stroke-width": 3 } },
  { id: "dot", type: "circle", source: "dot", paint: { "circle-color": ["get", "colour"], "circle-radius": 9, "circle-stroke-color": "#fff", "circle-stroke-width": 3 } },
];
