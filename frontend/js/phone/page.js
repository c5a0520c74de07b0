/** What a page may do with the frame around it: its title, the foot, and going elsewhere. */
import { h, put } from "../dom.js";
import { t } from "../words.js";

/** The title in the head of the page and of the window. */
export function title(words) {
  document.querySelector("[data-title]").textContent = words;
  document.title = `${words} · ${t("app.name")}`;
}

/** The foot of the page where the one action stands, in reach of the thumb; no tabs below it. */
export function bottom(...children) {
  document.body.classList.add("no-tabs");
  put(document.querySelector("[data-bottom]"), h("div", { class: "bar-bottom" }, ...children));
}

let way = (path) => location.assign(path);

/** Goes to one of the phone's pages; anything else is a page of the server's. */
export const go = (path, options = {}) => way(path, options);

/** The router, which knows all pages, says how one goes: pages know none of each other. */
export const goBy = (router) => (way = router);
