/** Reporting: a photo or a voice, a place, one line of words, send. Everything is kept on the phone as it is written. */
import { askFor, onNetwork, online } from "../../api.js";
import { h, icon, put } from "../../dom.js";
import { Full, drop, put as post } from "../../outbox.js";
import { bottom, title } from "../page.js";
import { t } from "../../words.js";
import { alikeParts } from "../alike.js";
import { dropDraft, setDraft, takeDraft } from "../draft.js";
import { later } from "../kick.js";
import { choosePlace, position, wordsAt } from "../place.js";
import { person } from "../shell.js";
import { mediaOf, shotParts, voiceParts } from "../shot.js";
import { start } from "../start.js";
import { follow } from "./sent.js";

const QUICK = ["quick.wall", "quick.manhole", "quick.rubbish", "quick.lamp", "quick.exit", "quick.water"];

/* The place in words for the report page: name and where it comes from. */
function placeWords(place) {
  if (!place) return [t("place.none"), t("place.none_how")];
  const near = place.accuracy ? t("place.within", { n: place.accuracy }) : "";
  const from = { photo: t("place.from_photo"), gps: t("place.from_phone"), map: t("place.from_map"), search: t("place.from_search"), none: t("place.from_words") }[place.source];
  return [place.text || t("place.point_kept"), [from, near].filter(Boolean).join(t("punctuation.comma"))];
}

export async function show(main, { alive, onLeave }) {
  const draft = (await takeDraft()) || {};
  if (!alive()) return;
  const report = {
    text: draft.text || "",
    phone: draft.phone || "",
    matter: draft.matter || null,
    place: draft.place || null,
    photos: [],
    voice: draft.voice || null,
    instead: draft.instead || null,
    visit: Boolean(start.visits && draft.visit),
    behalf: draft.behalf || "",
  };
  let locating = null;
  let saving = null;
  const save = () => {
    clearTimeout(saving);
    saving = setTimeout(() => setDraft({ ...report }), 400);
    same.soon();
  };
  const same = alikeParts({ report, alive, join: (one) => join(one) });

  const problem = h("p", { class: "bar-note bad", role: "alert", hidden: true });
  const say = (words) => { problem.textContent = words; problem.hidden = !words; };
  const { elements: shot, take } = shotParts({ report, say, changed: save, found: (spot) => {
    if (!report.place || report.place.source === "gps") setPlace({ ...spot, accuracy: null, source: "photo", placeId: null, text: "" });
  } });

  // Place
  const placeName = h("div", { class: "strong" });
  const placeFrom = h("div", { class: "tiny soft", "aria-live": "polite" });
  const placeKey = h("button", { class: "btn small", type: "button", onclick: async () => {
    const chosen = await choosePlace({ start: report.place?.lon ? report.place : null, home: start.place.lon ? start.place : null, text: report.place?.text || "" });
    if (chosen) setPlace(chosen);
  } });
  function drawPlace() {
    const [name, from] = locating ? [t("place.finding"), t("place.finding_how")] : placeWords(report.place);
    placeName.textContent = name;
    placeFrom.textContent = from;
    put(placeKey, t(report.place ? "place.change" : "place.choose"));
  }
  async function setPlace(place) {
    report.place = place;
    locating = null;
    drawPlace();
    save();
    if (place.lon === null || place.text) return;
    const words = await wordsAt(place.lon, place.lat);
    if (report.place !== place || !words) return;
    place.text = words.address;
    drawPlace();
    save();
  }
  async function locate() {
    locating = position();
    drawPlace();
    const found = await locating;
    if (!locating || !alive()) return;
    locating = null;
    if (found && !report.place) await setPlace({ ...found, source: "gps", placeId: null, text: "" });
    else drawPlace();
  }

  // Words and voice
  const { key: talk, told, voice } = voiceParts({ report, say, changed: save });
  const text = h("textarea", {
    rows: 1, maxlength: 2000, "aria-label": t("report.words"), placeholder: t("report.words_hint"), enterkeyhint: "done",
    oninput: () => { report.text = text.value; say(""); suggestSoon(); grow(); save(); },
  });
  text.value = report.text;
  const grow = () => { text.rows = Math.min(8, Math.max(1, text.value.split("\n").length, Math.ceil(text.value.length / 17))); };

  // What it may be
  const chips = h("div", { class: "chips", role: "group", "aria-label": t("report.matter") });
  let suggestions = [];
  let timer = null;
  let running = null;
  const drawChips = () => {
    if (!report.text.trim()) {
      return put(chips, QUICK.map((key) => h("button", { class: "chip", type: "button", onclick: () => { text.value = t(key); report.text = text.value; grow(); suggestSoon(0); drawChips(); save(); } }, t(key))));
    }
    return put(chips, suggestions.map((one) => h("button", {
      class: "chip choice", type: "button", "aria-pressed": String(report.matter === one.matter),
      onclick: () => { report.matter = report.matter === one.matter ? null : one.matter; drawChips(); save(); },
    }, one.name)));
  };
  function suggestSoon(after = 300) {
    clearTimeout(timer);
    const words = report.text.trim();
    if (words.length < 2) { suggestions = []; report.matter = null; return drawChips(); }
    timer = setTimeout(async () => {
      running?.abort();
      running = new AbortController();
      try {
        const found = await askFor("/api/cases/suggest", { text: words.slice(0, 200) }, running.signal);
        if (!alive()) return;
        suggestions = found.suggestions.slice(0, 3);
        if (!suggestions.some((one) => one.matter === report.matter)) report.matter = null;
      } catch (error) {
        if (error.name === "AbortError") return;
        suggestions = []; // a clerk will find the matter
      }
      drawChips();
    }, after);
    return null;
  }

  const phone = h("input", { type: "tel", inputmode: "tel", autocomplete: "tel", maxlength: 20, id: "phone", "aria-describedby": "phone-hint", oninput: () => { report.phone = phone.value.trim(); save(); } });
  phone.value = report.phone;

  // Heard on a visit: for whom, and their phone
  const behalf = h("input", { maxlength: 40, id: "behalf", autocomplete: "off", oninput: () => { report.behalf = behalf.value.trim(); save(); } });
  behalf.value = report.behalf;
  const theirs = h("div", { class: "stack", hidden: !report.visit },
    h("p", { class: "small soft", id: "phone-hint" }, t("report.visit_how")),
    h("div", { class: "field" }, h("label", { for: "behalf" }, t("report.behalf")), behalf),
    h("div", { class: "field" }, h("label", { for: "phone" }, t("report.phone_of")), start.visits && phone));
  const visit = h("input", { type: "checkbox", checked: report.visit, onchange: () => { report.visit = visit.checked; theirs.hidden = !visit.checked; save(); } });
  const visited = start.visits && h("section", { class: "visit stack" }, h("label", { class: "check" }, visit, h("span", {}, t("report.visit"))), theirs);

  // Somebody reported it before: joined instead of sent
  const join = (one) => hand({ verb: "case.join", body: { case: one.id }, person, title: report.text.trim() || one.title });

  /* Into the outbox; the draft has done its work. */
  async function hand(write) {
    try {
      const item = await post(write);
      clearTimeout(saving);
      await dropDraft();
      if (report.instead) await drop(report.instead);
      later();
      await follow(main, item, { alive, onLeave });
      return true;
    } catch (error) {
      say(error instanceof Full ? t("outbox.full") : t("outbox.broken"));
      return false;
    }
  }

  // Send
  const note = h("p", { class: "bar-note", hidden: online() }, h("span", { class: "dot" }), t("report.offline"));
  onLeave(onNetwork((now) => { note.hidden = now; }));
  const key = h("button", { class: "btn main large wide", type: "button", onclick: send }, t("report.send"));

  async function send() {
    say("");
    if (!report.text.trim() && !report.voice) { say(t("report.say_something")); text.focus(); return; }
    if (report.phone && (report.visit || !person) && !/^[\d\s+()-]{7,20}$/.test(report.phone)) { say(t("report.phone_wrong")); if (!start.visits) phone.closest("details").open = true; phone.focus(); return; }
    key.setAttribute("aria-busy", "true");
    key.disabled = true;
    const place = report.place || { lon: null, lat: null, accuracy: null, source: "none", placeId: null, text: "" };
    const body = {
      text: report.text.trim(), lon: place.lon, lat: place.lat, accuracy: place.accuracy, place_source: place.source,
      place_id: place.placeId, place_text: place.text || "", phone: report.visit || !person ? report.phone : "", matter: report.matter,
      ...(report.visit && { visit: true, behalf: report.behalf }),
    };
    if (await hand({ verb: "case.report", body, media: mediaOf(report), person, title: body.text || t("report.by_voice") })) return;
    key.removeAttribute("aria-busy");
    key.disabled = false;
  }

  title(t("title.report"));
  put(main, shot,
    h("section", { class: "where" }, icon("pin"), h("div", { class: "grow" }, placeName, placeFrom), placeKey),
    h("section", { class: "say" }, text, h("span", { class: "talk" }, talk)),
    told, voice, chips, same.element, visited,
    !person && h("details", { class: "more", open: Boolean(report.phone) },
      h("summary", {}, icon("phone"), t("report.leave_phone")),
      h("div", { class: "field" }, h("label", { for: "phone" }, t("report.phone")), phone, h("p", { class: "hint", id: "phone-hint" }, t("report.phone_why")))));
  bottom(problem, note, key);
  drawPlace(); drawChips(); grow();
  if (draft.error) say(draft.error);
  if (report.text) { suggestSoon(0); same.soon(); }
  if (draft.photos?.length) take(draft.photos);
  if (!report.place) locate();
  if (location.search.includes("talk=1")) talk.focus?.();
}
