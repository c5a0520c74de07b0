/** The inbox: the list, which case is open, what is new. Nothing moves under the person's eyes. */
import htmx from "htmx.org";
import { t } from "../words.js";
import { ground } from "./ground.js";

const inbox = document.querySelector("[data-inbox]");
const EVERY = 15_000;

function start() {
  const list = document.getElementById("list");
  const detail = document.getElementById("detail");
  const nothing = detail.innerHTML;
  const typing = (element) => element.closest?.("input:not([type=radio]):not([type=checkbox]), textarea, select");
  const lines = () => [...list.querySelectorAll("a.line:not(.gone)")];
  const frame = () => list.querySelector("[data-lines]");
  const line = (id) => list.querySelector(`a.line[data-case="${id}"]`);
  let bringUp = false; /* somebody tapped a line, and its case shall come into sight */
  let current = null;
  let timer = 0;
  const map = ground(document.getElementById("ground"), { chosen: (id) => select(line(id)), moved: (box) => load(withBox(box)) });

  const address = () => {
    const query = new URLSearchParams(frame().dataset.query);
    if (current) query.set("case", current);
    history.replaceState(null, "", `${location.pathname}?${query}`);
  };
  const withBox = (box) => {
    const query = new URLSearchParams(frame().dataset.query);
    query.delete("page");
    if (box) query.set("box", box.map((edge) => edge.toFixed(5)).join(","));
    else query.delete("box");
    return `?${query}`;
  };

  function mark(one) {
    for (const other of list.querySelectorAll("a.line[aria-current]")) other.removeAttribute("aria-current");
    one?.setAttribute("aria-current", "true");
    map.select(one?.dataset.case ?? null);
  }

  /** Opens a case on the right; only that is fetched. */
  function select(one, { focus = true } = {}) {
    if (!one) return;
    current = one.dataset.case;
    mark(one);
    if (focus) one.focus({ preventScroll: true });
    one.scrollIntoView({ block: "nearest" });
    address();
    show(one.getAttribute("href"));
  }
  function show(href) {
    detail.setAttribute("aria-busy", "true");
    clearTimeout(timer);
    timer = setTimeout(() => htmx.ajax("GET", href, { source: detail, target: detail, swap: "innerHTML" }), 60); /* who runs down the list opens the last one alone */
  }
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== detail) return;
    if (current && !detail.querySelector(`[data-open-case="${current}"]`)) return;
    detail.removeAttribute("aria-busy");
    if (bringUp) detail.scrollIntoView({ block: "start" });
    bringUp = false;
  });
  for (const name of ["htmx:sendError", "htmx:responseError"]) {
    document.body.addEventListener(name, (event) => { if (event.detail.target === detail) detail.removeAttribute("aria-busy"); });
  }

  function step(by) {
    const all = lines();
    if (!all.length) return;
    const at = all.findIndex((one) => one.dataset.case === current);
    if (at < 0) return select(all[0]);
    const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    if (next.dataset.case !== current) select(next);
    else next.focus();
  }
  function close() {
    current = null;
    clearTimeout(timer);
    detail.innerHTML = nothing; /* our own words from the first page */
    detail.removeAttribute("aria-busy");
    mark(null);
  }

  /**
   * Another tab, filter or page: the list alone is fetched. keep: stay at the open case if it is still in it; words: to
   * search for, sent apart from the address, since a name in an address is read in logs.
   */
  async function load(url, { push = true, keep = false, words = "" } = {}) {
    const full = `${location.pathname}${url}`;
    list.setAttribute("aria-busy", "true");
    await htmx.ajax(words ? "POST" : "GET", full, { source: list, target: list, swap: "innerHTML", values: words ? { q: words } : {} });
    list.removeAttribute("aria-busy");
    if (push) history.pushState(null, "", words ? `${location.pathname}${frame().dataset.query}` : full);
    const search = document.querySelector(".topbar [name=q]");
    if (search) search.value = frame().dataset.words;
    map.draw(lines());
    const open = keep && current ? line(current) : null;
    if (open) { mark(open); address(); }
    else if (!keep && lines().length) select(lines()[0]);
    else if (!keep) { close(); address(); }
  }

  list.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const one = event.target.closest("a.line");
    const other = event.target.closest("a[data-list]");
    if (one) {
      event.preventDefault();
      select(one);
      bringUp = matchMedia("(max-width: 900px)").matches; /* it lies below the list there; where it is still short one can't scroll to it yet */
    } else if (other) {
      event.preventDefault();
      load(other.getAttribute("href"));
    } else if (event.target.closest("[data-new]")) load(frame().dataset.query, { push: false, keep: true });
    else if (event.target.closest("[data-filters]")) filters();
  });
  addEventListener("popstate", () => location.reload());

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    const by = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    if (event.key.startsWith("Arrow") && event.target.closest?.("#detail, #ground")) return; /* there arrows scroll and pan */
    event.preventDefault();
    step(by);
  });

  async function filters() {
    const dialog = document.getElementById("filters");
    const here = dialog.querySelector("[data-filters-here]");
    await htmx.ajax("GET", `/desk/filters${frame().dataset.query}`, { target: here, swap: "innerHTML" });
    dialog.showModal();
    here.querySelector("select")?.focus();
  }
  document.getElementById("filters").addEventListener("submit", (event) => {
    event.preventDefault();
    const said = new FormData(event.target);
    const query = new URLSearchParams([...said].filter(([name, value]) => value && name !== "q"));
    document.getElementById("filters").close();
    load(`?${query}`, { words: said.get("q").trim() });
  });

  /* What was done stays where it was, marked; the next one is opened. */
  document.body.addEventListener("case:turned", (event) => {
    const one = line(event.detail.id);
    const after = [...list.querySelectorAll("a.line")];
    const at = after.indexOf(one);
    gone(one, event.detail.words, "done");
    const next = after.slice(at + 1).find((other) => !other.classList.contains("gone")) || lines().at(-1);
    if (next) select(next);
    else load(frame().dataset.query, { push: false });
    pulse();
  });
  /* Taken back: the list is as it was, with that request open. */
  document.body.addEventListener("case:undone", async (event) => {
    current = event.detail.id;
    await load(frame().dataset.query, { push: false, keep: true });
    const one = line(event.detail.id);
    if (one) select(one);
  });
  function gone(one, words, how = "") {
    if (!one || one.classList.contains("gone")) return;
    one.classList.add("gone");
    if (how) one.classList.add(how);
    one.querySelector(".left").textContent = words;
    map.draw(lines());
  }

  /** Asks what has changed. */
  async function pulse() {
    const { query, since, newest } = frame().dataset;
    const asked = new URLSearchParams(query);
    asked.set("since", since);
    asked.set("newest", newest);
    asked.set("ids", lines().map((one) => one.dataset.case).join(","));
    const response = await fetch(`${inbox.dataset.pulse}?${asked}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!response?.ok || frame().dataset.query !== query) return;
    const told = await response.json();
    for (const [tab, count] of Object.entries(told.counts)) {
      const place = list.querySelector(`[data-count="${tab}"]`);
      if (place) place.textContent = count;
    }
    const button = list.querySelector("[data-new]");
    button.hidden = !told.new;
    button.querySelector("[data-new-words]").textContent = told.new;
    for (const id of told.gone) {
      gone(line(id), t("desk.moved"));
      if (id === current) detail.querySelector(".banner.gone")?.removeAttribute("hidden");
    }
  }
  setInterval(() => { if (!document.hidden) pulse(); }, EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) pulse(); });

  map.draw(lines());
  const wanted = inbox.dataset.open.replaceAll("-", "");
  if (wanted && !line(wanted)) {
    current = wanted;
    show(`/desk/cases/${wanted.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5")}`);
  } else select(line(wanted) || lines()[0], { focus: false });
}

if (inbox) start();
