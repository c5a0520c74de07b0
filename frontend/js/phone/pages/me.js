/** Me: who I am here, my language, what is kept on me, and leaving. */
import { h, icon, put } from "../../dom.js";
import { list } from "../../outbox.js";
import { t } from "../../words.js";
import { read } from "../../api.js";
import { sentHere } from "../reports.js";
import { confirm, person, toast } from "../shell.js";
import { wipe } from "../../store.js";

const row = (name, label, value, more) => h("div", { class: "line" }, icon(name), h("span", { class: "grow" }, h("span", { class: "small soft" }, label), h("br"), value), more);

async function onThisPhone(again) {
  const [waiting, sent] = await Promise.all([list().catch(() => []), sentHere().catch(() => [])]);
  const forget = async () => {
    if (!(await confirm(t("me.forget_title"), t("me.forget_words", { n: waiting.length }), t("me.forget"), { danger: true }))) return;
    await wipe();
    toast(t("me.forgotten"));
    again();
  };
  return h("section", { class: "stack tight" },
    h("h2", {}, t("me.phone_title")),
    h("div", { class: "rows" },
      row("clock", t("me.waiting"), t("me.pieces", { n: waiting.length })),
      row("lock", t("me.receipts"), t("me.pieces", { n: sent.length })),
      h("button", { class: "line", type: "button", onclick: forget }, icon("bin"), h("span", { class: "grow" }, t("me.forget")))));
}

export async function show(main, { alive }) {
  const forms = document.getElementById("me-forms");
  const who = h("section", { class: "stack" });
  const phone = h("div", {});
  const draw = async () => put(phone, await onThisPhone(draw));
  const links = document.getElementById("me-links");
  put(main, who, links?.content.cloneNode(true), phone, forms?.content.cloneNode(true));
  const greet = (data) => {
    put(who, h("div", { class: "row" },
      h("span", { class: "avatar large", "aria-hidden": "true" }, person ? (data.name || "·").slice(0, 1) : icon("person")),
      h("div", { class: "grow" },
        h("h2", {}, person ? data.name || t("me.nameless") : t("me.nobody")),
        h("p", { class: "small soft" }, person ? [...(data.posts || []).map((post) => [post.title || post.label, post.area || post.unit].filter(Boolean).join(" "))].filter(Boolean).join(" · ") : t("me.nobody_words")))),
    data.todo?.length > 0 && h("nav", { class: "rows" }, data.todo.map((one) => h("a", { class: "line", href: one.url }, icon(one.icon), h("span", { class: "grow strong" }, one.title), icon("forward")))),
    !person && h("a", { class: "btn dark wide", href: "/account/login/?next=/" }, icon("enter"), t("me.sign_in")));
  };
  greet({});
  await Promise.all([draw(), person && read("/api/people/me", (data) => alive() && greet(data)).catch(() => null)]);
}
