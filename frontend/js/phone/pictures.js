/** The photos of a report that was sent: one's own are covered further here, and whoever handles it may look without covers. */
import { drawCovers } from "../cover.js";
import { h, icon } from "../dom.js";
import { flush, put as post } from "../outbox.js";
import { t } from "../words.js";
import { later } from "./kick.js";
import { dialog, person, toast } from "./shell.js";

/** The keys below one's own photo. which: {case} or {receipt}; also without a network: what is drawn goes with the outbox. */
export const ownKeys = (which) => (piece) => piece.kind === "photo" && piece.by !== "handler" && h("div", { class: "photo-keys" },
  piece.url && piece.covers && h("button", { class: "btn small", type: "button", onclick: async () => {
    const said = await drawCovers({ picture: piece.url, width: piece.width, height: piece.height, boxes: piece.covers, fixed: () => true, sent: true });
    if (!said) return;
    await post({ verb: "case.cover", body: { ...which, photo: piece.id, covers: said.more }, person, title: t("cover.title") });
    later();
    flush({ hurry: true });
    toast(t("cover.saved"));
  } }, icon("cover"), t("cover.key")),
  piece.url && piece.clear && lookKey(piece, false));

const lookKey = (piece, noted) => h("button", { class: "btn small", type: "button", onclick: () => dialog((close) => h("div", { class: "stack clear-look" },
  h("img", { src: piece.clear, alt: piece.word || t("photo.alt") }),
  noted && h("p", { class: "small soft" }, t("photo.clear_note")),
  h("button", { class: "btn wide", type: "button", onclick: () => close() }, t("action.close"))), { label: t("photo.open_clear") }) }, icon("lock"), t("photo.open_clear"));

/** The key below a photo for whoever handles the case: each look is written down. */
export const taskKeys = (piece) => piece.kind === "photo" && piece.url && piece.clear && h("div", { class: "photo-keys" }, lookKey(piece, true));
