/** A question for a place: words, and a dot on the map that the person puts where it is. */
import { choosePlace } from "./place.js";

for (const box of document.querySelectorAll("[data-spot-field]")) {
  const words = box.parentElement.querySelector("input[type=text]");
  const [lon, lat] = box.querySelectorAll("input[type=hidden]");
  const set = (spot) => {
    [lon.value, lat.value] = spot ? [spot.lon, spot.lat] : ["", ""];
    for (const element of box.querySelectorAll("[data-spot-said], [data-spot-clear]")) element.hidden = !spot;
  };
  const home = box.dataset.lon ? { lon: Number(box.dataset.lon), lat: Number(box.dataset.lat) } : null;
  box.querySelector("[data-spot-choose]").addEventListener("click", async () => {
    const start = lon.value ? { lon: Number(lon.value), lat: Number(lat.value) } : null;
    const chosen = await choosePlace({ start, home, text: start ? words.value : "" });
    if (!chosen) return;
    if (chosen.lon !== null) set(chosen);
    if (chosen.text && !words.value.trim()) words.value = chosen.text;
  });
  box.querySelector("[data-spot-clear]").addEventListener("click", () => set(null));
  box.hidden = false;
}
