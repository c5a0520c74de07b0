/** The public map: a dot leads to its lines in the list below. */
import { makeMap } from "../map.js";

export async function start(page) {
  const box = page.querySelector(".public-map .map");
  if (!box) return;
  const cases = JSON.parse(page.querySelector("#dots").textContent);
  const map = await makeMap(box, { held: true, cases, padding: 30, onCase: (id) => {
    const lines = [...page.querySelectorAll("[data-spot]")];
    for (const line of lines) line.classList.toggle("here", line.dataset.spot === id);
    const [first] = lines.filter((line) => line.dataset.spot === id);
    first?.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    first?.focus({ preventScroll: true });
  } });
  const points = cases.features.map((one) => one.geometry.coordinates);
  const [x, y] = [points.map((one) => one[0]), points.map((one) => one[1])];
  map?.fit([Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)], 40);
}
