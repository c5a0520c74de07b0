/** What stands on the screen after a report was given: its number and receipt code, or that it is kept and goes out by itself. */
import { copyWords } from "../../copy.js";
import { h, icon, put } from "../../dom.js";
import { find, flush, watch } from "../../outbox.js";
import { t } from "../../words.js";
import { toast } from "../shell.js";

async function copy(words) {
  if (await copyWords(words)) toast(t("sent.copied"));
  else toast(t("sent.not_copied"), { tone: "bad" });
}

/* The receipt of somebody without an account. */
const receiptCard = (result, why) => h("section", { class: "card stack wide-card" },
  h("div", {}, h("div", { class: "small soft" }, t("sent.number")), h("div", { class: "code strong" }, result.number)),
  h("div", {}, h("div", { class: "small soft" }, t("report.receipt")), h("div", { class: "code receipt" }, result.receipt)),
  h("p", { class: "small soft" }, t(why)),
  h("button", { class: "btn wide", type: "button", onclick: () => copy(result.receipt) }, icon("copy"), t("sent.copy")));

const joined = (result) => [
  h("span", { class: "done-mark" }, icon("check")),
  h("h2", { class: "lead" }, t("joined.title")),
  h("p", { class: "soft" }, t("joined.words")),
  result.receipt && receiptCard(result, "joined.receipt_why"),
  h("a", { class: "btn dark large wide", href: result.url || `/mine/${result.id}` }, t("sent.follow")),
  h("a", { class: "btn quiet wide", href: "/" }, t("sent.home")),
];

function taken(result) {
  if (result.joined) return joined(result);
  const address = result.url || `/r/${result.receipt}`;
  return [
    h("span", { class: "done-mark" }, icon("check")),
    h("h2", { class: "lead" }, t("sent.title")),
    h("p", { class: "soft" }, t("sent.words")),
    result.near > 0 && h("p", { class: "card info wide-card" }, t("sent.near", { n: result.near })),
    receiptCard(result, "sent.receipt_why"),
    h("a", { class: "btn dark large wide", href: address }, t("sent.follow")),
    h("a", { class: "btn quiet wide", href: "/" }, t("sent.home")),
  ];
}

function kept(item) {
  const refused = item && item.state !== "waiting";
  return [
    h("span", { class: "done-mark waiting" }, icon(refused ? "alert" : "clock")),
    h("h2", { class: "lead" }, t(refused ? "sent.refused" : "sent.kept")),
    h("p", { class: refused ? "tone-bad strong" : "soft", role: refused ? "alert" : null }, refused ? item.message || t("error.server") : item?.message || t("sent.kept_words")),
    h("a", { class: "btn dark large wide", href: "/mine" }, t(refused ? "mine.edit" : "sent.see")),
    h("a", { class: "btn quiet wide", href: "/" }, t("sent.home")),
  ];
}

/* Draws it in place of the page; result is null while the server has not answered. */
async function success(main, { item, result }) {
  const now = result ? null : await find(item.key);
  if (!result && main.querySelector("[data-sent=taken]")) return;
  put(main, h("section", { class: "success", "data-sent": result ? "taken" : "kept", role: "status" }, result ? taken(result) : kept(now || item)));
  document.querySelector("[data-bottom]").replaceChildren();
  document.body.classList.remove("no-tabs");
  scrollTo(0, 0);
}

const PATIENCE = 6000;

/** Waits a moment for the answer; then says honestly whether it is sent or kept. Later news change the page by themselves. */
export async function follow(main, item, { alive, onLeave }) {
  const stop = watch((what) => {
    if (what.type === "sent" && what.key === item.key && alive()) { stop(); success(main, { item, result: what.result }); }
    if (what.type === "changed" && what.key === item.key && alive()) success(main, { item, result: null });
  });
  onLeave(stop);
  const gone = flush({ hurry: true });
  await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  if (alive() && !main.querySelector("[data-sent]")) success(main, { item, result: null });
}
