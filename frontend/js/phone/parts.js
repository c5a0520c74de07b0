/** The pieces that the phone's pages draw: the same marks and classes as the server's components (gallery page). */
import { Unreachable } from "../api.js";
import { h, icon, s } from "../dom.js";
import { t, when } from "../words.js";

export const chip = (word, tone = "", name = "") => h("span", { class: `chip ${tone === "plain" ? "" : tone}` }, name && icon(name), word);

export function clock(card, wide = false) {
  if (!card.left_word) return null;
  const width = Math.min(100, Math.max(2, Math.round((card.used_share || 0) * 100)));
  return h("span", { class: `clock ${card.clock_tone || "ok"}${wide ? " wide" : ""}` }, card.left_word,
    s("svg", { class: "clock-bar", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
      s("rect", { width: 100, height: 4 }), s("rect", { width, height: 4 })));
}

export const stops = (line) => line && h("ol", { class: "stops" }, line.map((stop) =>
  h("li", { class: stop.mark, "aria-current": stop.mark === "now" && "step" }, stop.word,
    stop.mark === "done" && h("span", { class: "unseen" }, ` ${t("stop.done")}`))));

/** keys(piece): what stands below a piece. */
export function photos(media, { large = false, keys = () => null } = {}) {
  if (!media?.length) return null;
  const figure = (piece) => {
    const alt = piece.word || t("photo.alt");
    let inner;
    // A picture that the worker has not made ready yet has no address but for whoever sent it.
    if (!piece.url && !piece.thumb && piece.clear) inner = h("img", { src: piece.clear, alt, loading: "lazy" });
    else if (!piece.url && !piece.thumb) inner = h("span", { class: "thumb soon", role: "img", "aria-label": t("photo.soon") }, icon("clock"));
    else if (piece.kind === "voice") inner = h("audio", { controls: true, preload: "none", src: piece.url, "aria-label": piece.word || t("voice.alt") });
    else if (piece.kind === "video") inner = h("video", { controls: true, preload: "none", src: piece.url, poster: piece.thumb, "aria-label": alt });
    else inner = h("a", { href: piece.url || piece.thumb, target: "_blank" }, h("img", { src: piece.thumb || piece.url, alt, loading: "lazy" }));
    const soon = !piece.url && !piece.thumb && t(piece.clear ? "photo.soon_own" : "photo.soon");
    const faces = piece.covers?.some((box) => box[4] === "found") && t("photo.faces");
    return h("figure", {}, inner, (soon || piece.word || faces) && h("figcaption", {}, soon || [piece.word, faces].filter(Boolean).join(" · ")), keys(piece));
  };
  const seen = media.filter((piece) => piece.kind !== "voice");
  const heard = media.filter((piece) => piece.kind === "voice");
  return [
    seen.length > 0 && h("div", { class: `photos${large ? " large" : ""}` }, seen.map(figure)),
    heard.length > 0 && h("div", { class: "voices" }, heard.map(figure)),
  ];
}

const asMedia = (photo) => (typeof photo === "string" ? { kind: "photo", url: photo, thumb: photo } : photo);

export const timeline = (rows) => h("ol", { class: "timeline" }, (rows || []).map((row) => h("li", { class: row.mark || "done" },
  h("div", { class: "when" }, [row.when || when(row.at), row.who].filter(Boolean).join(" · ")),
  h("div", {}, row.words),
  row.note && h("div", { class: "note" }, row.note),
  photos((row.photos || []).map(asMedia)))));

/** Nothing here, or something went wrong: what it is, and what to do. */
export const state = ({ title, text, name = "inbox", tone = "", action }) => h("div", { class: `state ${tone}`, role: tone === "bad" ? "alert" : null },
  icon(name), h("h2", {}, title), text && h("p", {}, text), action);

export function failure(error, again) {
  const offline = error instanceof Unreachable;
  return state({
    title: offline ? t("error.offline_title") : t("error.title"),
    text: error?.message || t("error.server"),
    name: offline ? "offline" : "alert",
    tone: offline ? "" : "bad",
    action: again && h("button", { class: "btn", type: "button", onclick: again }, icon("refresh"), t("action.again")),
  });
}

export const skeleton = (n = 3) => h("div", { class: "stack", role: "status", "aria-busy": "true", "aria-label": t("state.loading") },
  Array.from({ length: n }, () => h("div", { class: "card stack" }, h("div", { class: "skeleton line half" }), h("div", { class: "skeleton line" }), h("div", { class: "skeleton line half" }))));

const addresses = new WeakMap();
/** The address under which a picture kept on the phone can be shown. */
export function addressOf(blob) {
  if (!addresses.has(blob)) addresses.set(blob, URL.createObjectURL(blob));
  return addresses.get(blob);
}

export const thumb = (source, name = "photo") => h("span", { class: "thumb" }, source ? h("img", { src: source, alt: "", loading: "lazy" }) : icon(name));

/** A case of one's own, as a card that leads to it. */
export const caseCard = (card, href) => h("a", { class: "card case", href },
  h("div", { class: "row top" },
    thumb(card.photo, "talk"),
    h("div", { class: "headline two-lines grow" }, card.title),
    card.state_word && chip(card.state_word, card.tone)),
  h("div", { class: "small soft two-lines" }, card.sentence || card.place),
  card.joined && h("div", { class: "tiny soft" }, t("joined.mark")),
  stops(card.stops));

/** A task: the words of the person, the place, what is left. */
export const taskCard = (task, { pending } = {}) => h("a", { class: `card case${task.left_minutes < 0 ? " over" : ""}`, href: `/tasks/${task.id}` },
  h("div", { class: "row top" },
    thumb(task.photo, "talk"),
    h("div", { class: "grow" },
      h("div", { class: "headline two-lines" }, task.title),
      h("div", { class: "small soft" }, [task.place, task.grid].filter(Boolean).join(" · ")),
      h("div", { class: "tiny faint" }, [task.matter, when(task.at)].filter(Boolean).join(" · ")))),
  h("div", { class: "row between wrap" }, pending ? chip(pending, "warn", "clock") : chip(task.state_word, task.tone), clock(task)));

/** Five large stars for the service. rate(n) is called once with the one that was tapped. */
export function stars(value, rate) {
  if (!rate) {
    return h("span", { class: "stars still", role: "img", "aria-label": t("rate.given", { n: value }) },
      [1, 2, 3, 4, 5].map((n) => icon("star", n <= value ? "on" : "")));
  }
  const keys = [1, 2, 3, 4, 5].map((n) => h("button", {
    type: "button",
    "aria-label": t("rate.stars", { n }),
    class: n <= value ? "on" : "",
    onclick: () => rate(n),
    onpointerenter: () => keys.forEach((key, at) => key.classList.toggle("on", at < n)),
  }, icon("star")));
  return h("div", { class: "stars", role: "group", "aria-label": t("rate.title") }, keys);
}
