/**
 * The phone's pages are one document: a tap on a link to one of them draws it here, without asking the server, so that
 * moving about works without a network even where there is no service worker. Every address is also a page of the server's.
 */
import { setOnline, Unreachable } from "./api.js";
import { put } from "./dom.js";
import { goBy, title } from "./phone/page.js";
import { failure } from "./phone/parts.js";
import { t } from "./words.js";

const ROUTES = [
  [/^\/$/, "home", () => import("./phone/pages/home.js")],
  [/^\/report$/, "report", () => import("./phone/pages/report.js")],
  [/^\/mine$/, "mine", () => import("./phone/pages/mine.js")],
  [/^\/mine\/([^/]+)$/, "case", () => import("./phone/pages/case.js")],
  [/^\/r\/([^/]+)$/, "follow", () => import("./phone/pages/case.js")],
  [/^\/tasks$/, "tasks", () => import("./phone/pages/tasks.js")],
  [/^\/tasks\/([^/]+)$/, "task", () => import("./phone/pages/task.js")],
  [/^\/me$/, "me", () => import("./phone/pages/me.js")],
  [/^\/messages$/, "messages", () => import("./phone/pages/messages.js")],
];
const UP = { report: "/", mine: null, case: "/mine", follow: "/", tasks: null, task: "/tasks", me: null, messages: "/", home: null };
const TAB = { home: "/", report: "/", follow: "/", messages: "/", mine: "/mine", case: "/mine", tasks: "/tasks", task: "/tasks", me: "/me" };

let leave = null;
let current = 0;
let seen = 0;

function matched(path) {
  for (const [pattern, name, load] of ROUTES) {
    const found = path.match(pattern);
    if (found) return { name, load, id: found[1] && decodeURIComponent(found[1]) };
  }
  return null;
}

function frame(name) {
  const { body } = document;
  body.dataset.page = name;
  for (const element of document.querySelectorAll("[data-head]")) element.hidden = (element.dataset.head === "home") !== (name === "home");
  const back = document.querySelector("[data-back]");
  back.hidden = !UP[name];
  if (UP[name]) back.href = UP[name];
  for (const tab of document.querySelectorAll(".tabbar a")) {
    if (tab.getAttribute("href") === TAB[name]) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
}

async function draw(path, { focus }) {
  const route = matched(path);
  const turn = ++current;
  leave?.();
  leave = null;
  frame(route.name);
  const main = document.querySelector("main");
  let module;
  try {
    module = await route.load();
  } catch {
    // A part of the program is missing on this phone, and there is no network to bring it.
    setOnline(false);
    put(main, failure(new Unreachable(), () => location.reload()));
    return;
  }
  if (turn !== current) return;
  title(t(`title.${route.name}`));
  put(main);
  document.body.classList.remove("no-tabs");
  document.querySelector("[data-bottom]").replaceChildren();
  const gone = [];
  leave = () => gone.forEach((work) => work());
  const alive = () => turn === current;
  await module.show(main, { id: route.id, name: route.name, alive, onLeave: (work) => gone.push(work) });
  if (focus && alive()) {
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }
}

function go(path, { replace = false } = {}) {
  const [bare] = path.split(/[?#]/);
  if (!matched(bare)) return location.assign(path);
  history[replace ? "replaceState" : "pushState"]({ seen: ++seen }, "", path);
  return draw(bare, { focus: true });
}

/** Brings the program's other pages, so that they can be opened without a network where there is no service worker. */
export const preload = () => Promise.allSettled(ROUTES.map(([, , load]) => load()));

export function start() {
  goBy(go);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || link.target || link.download) return;
    if (link.origin !== location.origin || !matched(link.pathname)) return;
    event.preventDefault();
    if (link.hasAttribute("data-back") && seen > 0) history.back();
    else go(link.pathname + link.search);
  });
  addEventListener("popstate", () => {
    seen = Math.max(0, seen - 1);
    draw(location.pathname, { focus: true });
  });
  return draw(location.pathname, { focus: false });
}
