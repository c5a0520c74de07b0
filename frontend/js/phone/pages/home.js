/** The first page: one question, one red button; below it what became of what one said, and what is near. */
import { read } from "../../api.js";
import { h, icon, put } from "../../dom.js";
import { watch } from "../../outbox.js";
import { go } from "../page.js";
import { t } from "../../words.js";
import { setDraft } from "../draft.js";
import { nearby, nearCards } from "../near.js";
import { chip, skeleton, stops, thumb } from "../parts.js";
import { mine, waitingCard } from "../reports.js";
import { person } from "../shell.js";
import { start } from "../start.js";

function ask() {
  const field = h("input", {
    type: "file", accept: "image/*", capture: "environment", class: "unseen", id: "snap",
    onchange: async () => {
      if (!field.files.length) return;
      await setDraft({ photos: [...field.files] });
      go("/report");
    },
  });
  return h("section", { class: "card tile ask on-tile" },
    h("h1", {}, t("home.ask")),
    h("p", { class: "soft" }, t("home.how")),
    h("div", { class: "row" },
      h("label", { class: "btn main large", for: "snap" }, icon("camera"), t("home.snap")), field,
      h("a", { class: "btn square large", href: "/report?talk=1", "aria-label": t("home.talk") }, icon("mic"))),
    h("p", { class: "small soft" }, h("a", { href: "/report", class: "plain" }, t("home.no_photo"))));
}

const latest = (card, count) => h("section", { class: "card" },
  h("div", { class: "card-head" }, h("h2", {}, t("title.mine")), h("a", { class: "small soft more", href: "/mine" }, t("home.all", { n: count }), " ›")),
  h("a", { class: "case-line", href: card.href },
    h("div", { class: "row top" }, thumb(card.photo, "talk"), h("div", { class: "strong two-lines grow" }, card.title), card.state_word && chip(card.state_word, card.tone)),
    h("p", { class: "small soft two-lines" }, card.sentence || card.place),
    stops(card.stops)));

const nothing = () => h("section", { class: "card" },
  h("h2", {}, t("home.first_title")),
  h("ol", { class: "how" }, ["home.first_1", "home.first_2", "home.first_3"].map((key, at) => h("li", { class: "row" }, h("span", { class: "step" }, at + 1), t(key)))));

export async function show(main, { alive, onLeave }) {
  const waiting = h("div", { class: "stack" });
  const own = h("div", { class: "stack" }, skeleton(1));
  const work = h("div", { class: "stack" });
  const near = h("div", { class: "stack" });
  const code = h("form", { class: "card row", onsubmit: (event) => { event.preventDefault(); const said = code.querySelector("input").value.trim(); if (said) go(`/r/${encodeURIComponent(said.toUpperCase())}`); } },
    h("label", { class: "grow" }, h("span", { class: "small soft" }, t("home.have_receipt")),
      h("input", { class: "input code", type: "text", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: 20, placeholder: "ABCD-EFGH-JKLM" })),
    h("button", { class: "btn square end", type: "submit", "aria-label": t("home.follow") }, icon("forward")));
  const catalogue = h("a", { class: "card row", href: "/catalogue" }, icon("book"), h("span", { class: "grow" }, t("home.catalogue")), icon("forward"));
  const open = h("a", { class: "card row", href: "/map" }, icon("map"), h("span", { class: "grow" }, t("home.map")), icon("forward"));
  put(main, ask(), work, waiting, own, near, code, open, catalogue);

  const drawOwn = async () => {
    const shown = await mine((cards, count) => {
      if (alive()) put(own, cards.length ? latest(cards[0], count) : nothing());
    });
    if (!shown && alive()) put(own, nothing());
  };
  const drawWaiting = async () => {
    const cards = await waitingCard("case.report");
    if (alive()) put(waiting, cards);
  };
  onLeave(watch((what) => { drawWaiting(); if (what.type === "sent") drawOwn(); }));
  if (start.handles) {
    read("/api/cases/tasks", (data) => alive() && put(work, h("a", { class: "card row", href: "/tasks" },
      icon("tasks"), h("span", { class: "grow" }, h("span", { class: "strong" }, data.count ? t("home.tasks", { n: data.count }) : t("home.no_tasks")),
        data.count ? [h("br"), h("span", { class: "small soft one-line" }, data.tasks[0].title)] : null),
      icon("forward")))).catch(() => null);
  }
  if (person) read("/api/notices/mine", (data) => { document.querySelector("[data-unread]").textContent = data.unread || ""; }).catch(() => null);
  await Promise.all([drawWaiting(), drawOwn(), nearby((data) => { if (alive()) put(near, nearCards(data)); })]);
}
