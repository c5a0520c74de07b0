/** One's own reports: those that wait on the phone, those sent from it without an account, and those the server knows. */
import { ask, keep, kept, read } from "../api.js";
import { h, icon } from "../dom.js";
import { drop, flush, list, put, release } from "../outbox.js";
import { go } from "./page.js";
import { database } from "../store.js";
import { t, when } from "../words.js";
import { setDraft } from "./draft.js";
import { addressOf, chip, thumb } from "./parts.js";
import { askWords, confirm, person } from "./shell.js";

/** Reports sent from this phone, newest first. */
export async function sentHere() {
  const all = await (await database()).getAll("sent").catch(() => []);
  return all.sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** What is no longer followed is not asked for any more. */
export async function forgetSent(id) {
  const db = await database();
  for (const one of await sentHere()) if (one.joined && (one.receipt === id || one.id === id)) await db.delete("sent", one.key);
}

const FRESH = 2 * 60 * 1000;
const ASKED_AT_ONCE = 5;

/* What was sent without an account is known by its receipt alone. The server slows who looks up many, so only a few are
   asked for anew each time, the latest first; of the others the last answer is shown. */
async function followed() {
  const sent = (await sentHere()).filter((one) => one.receipt && one.person === null).slice(0, 20);
  let asked = 0;
  return Promise.all(sent.map(async (one) => {
    const path = `/api/cases/follow/${one.receipt}`;
    const before = await kept(path);
    const old = !before || (Date.now() - before.at > FRESH && before.data.state !== "withdrawn");
    let fresh = null;
    if (old && asked < ASKED_AT_ONCE) {
      asked += 1;
      fresh = await ask(path).catch(() => null);
      if (fresh) await keep(path, fresh);
    }
    const card = fresh || before?.data;
    return { id: one.id, title: one.title, at: one.at, stops: null, sentence: t("mine.not_loaded"), ...card, href: `/r/${one.receipt}` };
  }));
}

/* Reports of others that the person joined; the last answer where there is no network. */
async function joined() {
  const path = "/api/joining/mine";
  const fresh = await ask(path).catch(() => null);
  if (fresh) await keep(path, fresh);
  const data = fresh || (await kept(path))?.data || { cases: [] };
  return data.cases.map((card) => ({ ...card, href: `/mine/${card.id}` }));
}

/** show(cards, count, {next}) once or twice, with each card's href. Returns false when nothing could be shown. Raises what api.read raises. */
export async function mine(show) {
  let shown = false;
  const local = [...(await followed()), ...(person ? await joined() : [])];
  const draw = (data) => {
    shown = true;
    const known = new Set(data.cases.map((card) => card.id));
    const cards = [...data.cases.map((card) => ({ href: `/mine/${card.id}`, ...card })), ...local.filter((card) => !known.has(card.id))];
    cards.sort((a, b) => (a.at < b.at ? 1 : -1));
    show(cards, Math.max(data.count, 0) + cards.length - data.cases.length, data);
  };
  if (!person) draw({ cases: [], count: 0 });
  else await read("/api/cases/mine", draw);
  return shown;
}

const REPORT_FIELDS = { text: "text", place: "place", phone: "phone", photo: "photo" };

/* Back to the report page with everything that was written. */
async function edit(item) {
  await setDraft({
    text: item.body.text,
    phone: item.body.phone,
    matter: item.body.matter,
    place: item.body.lon === null && !item.body.place_text ? null : { lon: item.body.lon, lat: item.body.lat, accuracy: item.body.accuracy, source: item.body.place_source, placeId: item.body.place_id, text: item.body.place_text },
    photos: item.media.filter((piece) => piece.kind === "photo").map((piece) => piece.blob),
    voice: item.media.find((piece) => piece.kind === "voice")?.blob,
    error: item.message,
    field: REPORT_FIELDS[item.field] || null,
    instead: item.key,
  });
  go("/report");
}

/* What could not be joined any more is reported after all. */
async function reportInstead(item) {
  await setDraft({ text: item.title, instead: item.key });
  go("/report");
}

/* A few words of another kind (an addition, a reason) are mended on the spot. */
async function reword(item) {
  const text = await askWords(t("mine.mend"), { value: item.body.text || "", yes: t("action.send") });
  if (text === null) return;
  await put({ verb: item.verb, body: { ...item.body, text }, media: item.media, person: item.person, title: item.title, at: new Date(item.at) });
  await drop(item.key);
  flush({ hurry: true });
}

async function throwAway(item) {
  if (await confirm(t("mine.drop_title"), t("mine.drop_words"), t("mine.drop_yes"), { danger: true })) await drop(item.key);
}

const said = (item) => {
  if (item.state === "refused") return item.message || t("error.server");
  if (item.state === "stranger") return t("mine.stranger");
  return item.message || t("mine.waits");
};

/** What waits on this phone (only one verb, or all), as cards that say why and what can be done. */
export async function waitingCard(verb) {
  const items = (await list().catch(() => [])).filter((item) => !verb || item.verb === verb);
  return items.map((item) => {
    const photo = item.media.find((piece) => piece.kind === "photo");
    const stuck = item.state !== "waiting";
    return h("section", { class: `card case${stuck ? " over" : ""}`, "data-waiting": item.key },
      h("div", { class: "row top" },
        thumb(photo && addressOf(photo.blob), "talk"),
        h("div", { class: "grow" },
          h("div", { class: "headline two-lines" }, item.title || t(`verb.${item.verb}`)),
          h("div", { class: "small soft" }, item.body.place_text || when(item.at))),
        chip(t(stuck ? "mine.stuck" : "mine.waiting"), stuck ? "bad" : "warn", stuck ? "alert" : "clock")),
      h("p", { class: `small ${stuck ? "tone-bad strong" : "soft"}`, role: stuck ? "alert" : null }, said(item)),
      stuck && h("div", { class: "case-actions" },
        h("button", { class: "btn small danger", type: "button", onclick: () => throwAway(item) }, t("mine.drop")),
        item.state === "stranger" && h("a", { class: "btn small dark", href: `/account/login/?next=${encodeURIComponent(location.pathname)}` }, t("me.sign_in")),
        item.state === "stranger" && ["case.report", "place.problem"].includes(item.verb) && h("button", { class: "btn small", type: "button", onclick: async () => { await release(item.key); flush({ hurry: true }); } }, t("mine.send_anyway")),
        item.state === "refused" && item.verb === "case.report" && h("button", { class: "btn small dark", type: "button", onclick: () => edit(item) }, icon("edit"), t("mine.edit")),
        item.state === "refused" && item.verb === "case.join" && h("button", { class: "btn small dark", type: "button", onclick: () => reportInstead(item) }, t("mine.report")),
        item.state === "refused" && ["case.add", "case.handle", "place.problem"].includes(item.verb) && h("button", { class: "btn small dark", type: "button", onclick: () => reword(item) }, icon("edit"), t("mine.edit"))));
  });
}
