/** My reports: what waits on the phone first, then all that was said, with how far each is. */
import { ask } from "../../api.js";
import { h, put } from "../../dom.js";
import { watch } from "../../outbox.js";
import { t } from "../../words.js";
import { caseCard, failure, skeleton, state } from "../parts.js";
import { mine, waitingCard } from "../reports.js";

export async function show(main, { alive, onLeave }) {
  const waiting = h("div", { class: "stack" });
  const own = h("div", { class: "stack" }, skeleton(3));
  const more = h("div", { class: "centred" });
  let none = false;
  // What waits is not nothing.
  const nothing = () => !waiting.childElementCount && state({
    title: t("mine.none_title"), text: t("mine.none"), action: h("a", { class: "btn", href: "/report" }, t("mine.report")),
  });
  put(main, waiting, own, more);

  const next = (page) => put(more, page && h("button", {
    class: "btn", type: "button",
    onclick: async (event) => {
      event.target.setAttribute("aria-busy", "true");
      try {
        const data = await ask(`/api/cases/mine?page=${page}`);
        own.append(...data.cases.map((card) => caseCard(card, `/mine/${card.id}`)));
        next(data.next);
      } catch (error) {
        put(more, failure(error, () => next(page)));
      }
    },
  }, t("action.more")));

  async function draw() {
    try {
      await mine((cards, count, data) => {
        if (!alive()) return;
        none = !cards.length;
        put(own, none ? nothing() : cards.map((card) => caseCard(card, card.href)));
        next(data.next);
      });
    } catch (error) {
      if (alive()) put(own, failure(error, draw));
    }
  }
  const drawWaiting = async () => {
    const cards = await waitingCard();
    if (!alive()) return;
    put(waiting, cards);
    if (none) put(own, nothing());
  };
  onLeave(watch((what) => { drawWaiting(); if (what.type === "sent") draw(); }));
  await drawWaiting();
  await draw();
}
