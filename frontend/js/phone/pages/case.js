/** One report, for the one who made it: how far it is, what happened, and what one may still say. */
import { read } from "../../api.js";
import { h, icon, put } from "../../dom.js";
import { flush, put as post, list, watch } from "../../outbox.js";
import { bottom, title } from "../page.js";
import { t, when } from "../../words.js";
import { later } from "../kick.js";
import { ownKeys } from "../pictures.js";
import { chip, failure, photos, skeleton, stars, state, stops, timeline } from "../parts.js";
import { forgetSent } from "../reports.js";
import { askWords, confirm, person, toast } from "../shell.js";

async function say(verb, body, words) {
  await post({ verb, body, person, title: words || t(`verb.${verb}`) });
  later();
  flush({ hurry: true });
  toast(t("case.noted"));
}

export async function show(main, { id, name, alive, onLeave }) {
  const byReceipt = name === "follow";
  const path = byReceipt ? `/api/cases/follow/${encodeURIComponent(id)}` : `/api/cases/${id}`;
  const which = byReceipt ? { receipt: id } : { case: id };
  let card = null;
  put(main, skeleton(2));

  const waiting = async () => (await list().catch(() => [])).filter((item) => item.record === id);

  async function draw() {
    const pending = await waiting();
    if (!alive()) return;
    const has = (what) => card.can?.includes(what) && !pending.some((item) => item.verb === `case.${what}`);
    const add = async () => {
      const text = await askWords(t("case.add_title"), { hint: t("case.add_hint") });
      if (text) say("case.add", { ...which, text }, text);
    };
    const withdraw = async () => {
      if (await confirm(t("case.withdraw_title"), t("case.withdraw_words"), t("case.withdraw"), { danger: true })) say("case.withdraw", { ...which, text: "" });
    };
    const urge = () => say("case.urge", { ...which, text: "" }, t("case.urge"));
    const reopen = async () => {
      const text = await askWords(t("case.reopen_title"), { hint: t("case.reopen_hint") });
      if (text) say("case.reopen", { ...which, text }, text);
    };
    const leave = async () => {
      if (await confirm(t("joined.leave"), t("joined.leave_words"), t("joined.leave_yes"))) say("case.leave", which, "");
    };
    const rate = (value) => say("case.rate", { ...which, stars: value, text: "" });
    const unsent = pending.map((item) => ({ when: t("mine.waiting"), words: item.title || t(`verb.${item.verb}`), mark: "waiting" }));
    const longer = card.text && card.text !== card.title;
    title(card.number || t("title.case"));
    put(main,
      h("section", { class: "stack" },
        h("div", { class: "row between wrap" }, chip(card.state_word, card.tone), h("span", { class: "tiny soft" }, when(card.at))),
        h("h2", { class: "lead" }, card.title),
        h("p", { class: "soft row tight" }, icon("pin"), [card.place || t("case.no_place"), card.grid].filter(Boolean).join(" · "))),
      h("section", { class: "card stack" },
        card.sentence && h("p", { class: "strong" }, card.sentence),
        stops(card.stops)),
      card.can?.includes("rate") && !card.rating && h("section", { class: "card stack centred" },
        h("h2", {}, t("rate.title")), h("p", { class: "small soft" }, t("rate.service")),
        h("div", { class: "middle" }, has("rate") ? stars(0, rate) : h("p", { class: "tone-ok strong" }, t("rate.thanks")))),
      card.rating && h("section", { class: "card row between" }, h("span", {}, t("rate.yours")), stars(card.rating.stars)),
      card.media?.length > 0 && photos(card.media, { large: true, keys: ownKeys(which) }),
      longer && h("section", { class: "card" }, h("p", { class: "words" }, card.text)),
      h("section", { class: "card stack" }, h("h2", {}, t("case.what_happened")), timeline([...(card.timeline || []), ...unsent])),
      h("section", { class: "rows" },
        (card.receipt || byReceipt) && h("div", { class: "line" }, icon("lock"), h("span", { class: "grow" }, h("span", { class: "small soft" }, t("report.receipt")), h("br"), h("span", { class: "code strong" }, card.receipt || id))),
        card.matter && h("div", { class: "line" }, icon("book"), h("span", { class: "grow" }, h("span", { class: "small soft" }, t("case.matter")), h("br"), card.matter)),
        card.unit && h("div", { class: "line" }, icon("people"), h("span", { class: "grow" }, h("span", { class: "small soft" }, t("case.unit")), h("br"), card.unit, card.time_limit_word && h("span", { class: "small soft" }, ` · ${card.time_limit_word}`))),
        has("urge") && h("button", { class: "line", type: "button", onclick: urge }, icon("bell"), h("span", { class: "grow" }, t("case.urge"))),
        has("reopen") && h("button", { class: "line", type: "button", onclick: reopen }, icon("again"), h("span", { class: "grow" }, t("case.reopen"))),
        has("leave") && h("button", { class: "line", type: "button", onclick: leave }, icon("leave"), h("span", { class: "grow" }, t("joined.leave"))),
        has("withdraw") && h("button", { class: "line", type: "button", onclick: withdraw }, icon("again"), h("span", { class: "grow" }, t("case.withdraw")))));
    if (has("add") || card.can?.includes("add")) bottom(h("div", { class: "row" }, h("button", { class: "btn large", type: "button", onclick: add }, icon("plus"), t("case.add"))));
  }

  async function load() {
    try {
      await read(path, (data) => { card = data; if (alive()) draw(); });
    } catch (error) {
      if (!alive()) return;
      put(main, error.status === 404 && byReceipt
        ? state({ title: t("follow.none_title"), text: error.message, name: "search", action: h("a", { class: "btn", href: "/" }, t("follow.again")) })
        : failure(error, load));
    }
  }
  onLeave(watch((what) => { if (what.type === "sent" && what.verb === "case.leave") forgetSent(id).finally(() => location.replace("/mine")); else if (what.type === "sent" && (what.body?.case || what.body?.receipt) === id) load(); else if (card) draw(); }));
  await load();
}
