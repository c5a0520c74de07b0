/** At the desk: covering more of a photo by hand, or taking a false cover away. */
import htmx from "htmx.org";
import { drawCovers } from "../cover.js";
import { csrf } from "../api.js";

document.addEventListener("click", async (event) => {
  const key = event.target.closest?.("[data-cover]");
  if (!key) return;
  const [width, height] = key.dataset.size.split(" ").map(Number);
  const said = await drawCovers({ picture: key.dataset.picture, width, height, boxes: JSON.parse(key.dataset.cover), sent: true });
  key.focus();
  if (!said) return;
  const values = { more: JSON.stringify(said.more), away: JSON.stringify(said.away) };
  htmx.ajax("POST", key.dataset.save, { values, headers: { "X-CSRFToken": csrf() }, target: key.closest("figure"), swap: "outerHTML" });
});
