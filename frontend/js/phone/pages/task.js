/** One task: what and where, the way there, and the one thing to do now. All of it works without a network. */
import { coverHere } from "../../cover.js";
import { h, icon, put } from "../../dom.js";
import { Full, watch } from "../../outbox.js";
import { bottom, go, title } from "../page.js";
import { metres, t, when } from "../../words.js";
import { chip, clock, failure, photos, skeleton, stops, timeline, addressOf } from "../parts.js";
import { prepared } from "../photo.js";
import { taskKeys } from "../pictures.js";
import { position } from "../place.js";
import { dialog, toast } from "../shell.js";
import { waitingCard } from "../reports.js";
import { ask, choose, others } from "../turns.js";
import { act, mayNow, pendingByCase, pendingWords, task } from "../work.js";

/* Metres between two points near each other. */
function apart(a, b) {
  const east = (a.lon - b.lon) * 111320 * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(east, (a.lat - b.lat) * 110540);
}

function spotMap(card, onLeave) {
  const box = h("div", { class: "map" });
  const far = h("p", { class: "small soft" });
  const field = h("div", { class: "spot-map" }, box);
  (async () => {
    let map = null;
    onLeave(() => map?.destroy());
    try {
      const { openMap } = await import("../../map.js");
      map = await openMap(box, { lon: card.lon, lat: card.lat, zoom: 17 });
      await map.ready;
      map.setDot(card.lon, card.lat);
    } catch {
      map?.destroy();
      map = null;
      field.classList.add("none");
      put(field, h("p", { class: "state small" }, t("task.no_map")));
    }
    const here = await position({ timeout: 8000 });
    if (!here) return;
    map?.setHere(here.lon, here.lat);
    far.textContent = t("task.far", { far: metres(apart(here, card)) });
  })();
  return h("div", { class: "stack tight" }, field, far);
}

/* The sheet on which a worker says what was done. Resolves {text, outcome, photos} or null. */
function handled() {
  const kept = [];
  return dialog((close) => {
    const strip = h("ul", { class: "shot-strip flush" });
    const text = h("textarea", { class: "input", rows: 2, maxlength: 2000, placeholder: t("task.what_hint"), "aria-label": t("task.what") });
    const error = h("p", { class: "small tone-bad strong", role: "alert" });
    let outcome = "done";
    const draw = () => put(strip, kept.map((blob) => h("li", {}, h("img", { src: addressOf(blob), alt: t("photo.alt") }),
      h("button", { class: "mask", type: "button", "aria-label": t("cover.title"), onclick: async () => {
        const made = await coverHere(blob).catch(() => { error.textContent = t("cover.cannot"); });
        if (made && kept.includes(blob)) { kept[kept.indexOf(blob)] = made; draw(); }
      } }, icon("cover")),
      h("button", { class: "drop", type: "button", "aria-label": t("photo.drop"), onclick: () => { kept.splice(kept.indexOf(blob), 1); draw(); } }, icon("cross")))));
    const field = h("input", { type: "file", accept: "image/*", capture: "environment", class: "unseen", id: "after", onchange: async () => {
      for (const file of field.files) kept.push(await prepared(file));
      field.value = "";
      draw();
    } });
    const choice = (value) => h("button", { class: "chip choice", type: "button", "aria-pressed": String(outcome === value), onclick: (event) => {
      outcome = value;
      for (const one of event.target.parentNode.children) one.setAttribute("aria-pressed", String(one === event.target));
    } }, t(`task.outcome_${value}`));
    const done = () => {
      if (outcome !== "done" && !text.value.trim()) { error.textContent = t("turn.say_why"); text.focus(); return; }
      if (!kept.length && !text.value.trim()) { error.textContent = t("task.say_or_show"); text.focus(); return; }
      close({ text: text.value.trim(), outcome, photos: kept });
    };
    return h("div", { class: "stack" },
      h("h2", {}, t("task.what")),
      h("div", { class: "chips", role: "group", "aria-label": t("task.outcome") }, choice("done"), choice("part_done"), choice("not_done")),
      h("label", { class: "btn wide", for: "after" }, icon("camera"), t("task.photo_after")), field, strip, text, error,
      h("div", { class: "actions" },
        h("button", { class: "btn", type: "button", onclick: () => close(null) }, t("action.no")),
        h("button", { class: "btn main", type: "button", onclick: done }, t("task.send"))));
  }, { label: t("task.what") });
}

export async function show(main, { id, alive, onLeave }) {
  let card = null;
  let map = null;
  put(main, skeleton(2));

  const finish = async () => {
    const said = await handled();
    if (!said) return;
    try {
      await act("case.handle", card, { text: said.text, outcome: said.outcome }, said.photos.map((blob) => ({ kind: "photo", blob })));
      go("/tasks");
    } catch (error) {
      toast(error instanceof Full ? t("outbox.full") : t("outbox.broken"), { tone: "bad" });
    }
  };
  const more = async () => {
    const name = await choose(card);
    const said = name && await ask(name, card);
    if (!said) return;
    try {
      await act(`case.${name}`, card, said);
      if (["give_back", "escalate"].includes(name)) go("/tasks");
    } catch (error) {
      toast(error instanceof Full ? t("outbox.full") : t("outbox.broken"), { tone: "bad" });
    }
  };
  async function draw() {
    const items = (await pendingByCase()).get(id);
    const stuck = (items || []).some((item) => item.state !== "waiting");
    const cards = stuck ? (await waitingCard()).filter((one) => items.some((item) => item.key === one.dataset.waiting)) : [];
    if (!alive()) return;
    const may = mayNow(card, items);
    title(card.number || t("title.task"));
    const placed = card.lon !== null && card.lon !== undefined;
    map ??= placed && spotMap(card, onLeave);
    put(main,
      cards,
      h("section", { class: "stack" },
        h("div", { class: "row between wrap" }, items?.length ? chip(pendingWords(items), "warn", "clock") : chip(card.state_word, card.tone), h("span", { class: "tiny soft" }, when(card.at))),
        h("h2", { class: "lead" }, card.title),
        card.text && card.text !== card.title && h("p", { class: "words" }, card.text),
        clock(card, true)),
      photos((card.media || []).filter((piece) => piece.by !== "handler"), { large: true, keys: taskKeys }),
      h("section", { class: "card stack" },
        h("div", { class: "row" }, icon("pin"), h("div", { class: "grow" }, h("div", { class: "strong" }, card.place || t("case.no_place")), h("div", { class: "small soft" }, card.grid))),
        map),
      h("section", { class: "rows" },
        card.matter && h("div", { class: "line" }, icon("book"), h("span", { class: "grow" }, h("span", { class: "small soft" }, t("case.matter")), h("br"), card.matter, card.time_limit_word && h("span", { class: "small soft" }, ` · ${card.time_limit_word}`))),
        card.why && h("div", { class: "line" }, icon("info"), h("span", { class: "grow" }, h("span", { class: "small soft" }, t("task.why")), h("br"), card.why))),
      h("section", { class: "card stack" }, h("h2", {}, t("case.what_happened")), stops(card.stops), timeline(card.timeline)));
    const beside = !items?.length && others(card).length > 0 && h("button", { class: "btn large", type: "button", onclick: more }, t("task.more"));
    if (may.includes("accept")) bottom(h("div", { class: "row" }, h("button", { class: "btn main large grow", type: "button", onclick: () => act("case.accept", card) }, icon("check"), t("task.accept")), beside));
    else if (may.includes("handle")) bottom(h("div", { class: "row" }, h("button", { class: "btn main large grow", type: "button", onclick: finish }, icon("camera"), t("task.done")), beside));
    else if (beside) bottom(h("div", { class: "row" }, beside));
    else bottom(h("p", { class: "bar-note" }, items?.length ? [h("span", { class: "dot" }), t("task.kept")] : t("task.nothing")));
  }

  async function load() {
    try {
      await task(id, (data) => { card = data; draw(); });
    } catch (error) {
      if (alive()) put(main, failure(error, load));
    }
  }
  onLeave(watch((what) => { if (what.type === "sent" && what.body?.case === id) load(); else if (card) draw(); }));
  await load();
}
