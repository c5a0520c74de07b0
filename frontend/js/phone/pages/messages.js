/** Messages: what the office told this person. */
import { read, tell } from "../../api.js";
import { h, put } from "../../dom.js";
import { t, when } from "../../words.js";
import { failure, skeleton, state } from "../parts.js";
import { person } from "../shell.js";

/** What was shown is read. Without a network it stays unread: it will be shown again. */
function seen() {
  const csrf = document.querySelector("meta[name=csrf]")?.content || "";
  fetch("/messages/read", { method: "POST", headers: { "X-CSRFToken": csrf }, credentials: "same-origin" }).catch(() => null);
}

export async function show(main, { alive }) {
  const none = () => put(main, state({ title: t("messages.none_title"), text: t(person ? "messages.none" : "messages.sign_in"), name: "bell" }));
  if (!person) return none();
  put(main, skeleton(3));
  const load = async () => {
    try {
      await read("/api/notices/mine", (data, { old }) => {
        if (!alive()) return;
        if (data.unread && !old) seen();
        if (!data.messages.length) return none();
        put(main, h("ul", { class: "rows" }, data.messages.map((one) => {
          const inner = h("span", { class: "grow message" },
            h("span", { class: "tiny soft" }, !one.read && h("span", { class: "dot tone-bad", role: "img", "aria-label": t("messages.unread") }), when(one.at)),
            h("span", { class: one.read ? "" : "strong" }, one.title),
            one.body && h("span", { class: "small soft" }, one.body));
          return h("li", {}, one.url ? h("a", { class: "line", href: one.url }, inner) : h("div", { class: "line" }, inner));
        })));
      });
    } catch (error) {
      if (alive()) put(main, failure(error, load));
    }
  };
  await load();
}
