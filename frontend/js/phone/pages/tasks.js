/** A worker's tasks, the shortest time first. */
import { h, icon, put } from "../../dom.js";
import { watch } from "../../outbox.js";
import { t } from "../../words.js";
import { failure, skeleton, state, taskCard } from "../parts.js";
import { act, keepMap, mayNow, pendingByCase, pendingWords, tasks } from "../work.js";

export async function show(main, { alive, onLeave }) {
  let data = null;
  let only = "all";
  put(main, skeleton(3));

  const groups = {
    all: () => true,
    accept: (may) => may.includes("accept"),
    handle: (may) => may.includes("handle"),
  };

  async function draw() {
    const pending = await pendingByCase();
    if (!alive() || !data) return;
    const rows = data.tasks.map((task) => ({ task, items: pending.get(task.id), may: mayNow(task, pending.get(task.id)) }));
    const open = rows.filter(({ may }) => may.length);
    const sent = rows.filter(({ may, items }) => !may.length && items?.length);
    const chosen = [...open.filter(({ may }) => groups[only](may)), ...(only === "all" ? sent : [])];
    put(main,
      rows.length > 0 && h("div", { class: "segments", role: "group", "aria-label": t("tasks.show") }, Object.keys(groups).map((key) => h("button", {
        type: "button", class: "chip", "aria-pressed": String(key === only), onclick: () => { only = key; draw(); },
      }, t(`tasks.${key}`, { n: open.filter(({ may }) => groups[key](may)).length })))),
      chosen.length ? chosen.map(({ task, items, may }) => h("div", { class: "task", "data-task": task.id },
        taskCard(task, { pending: pendingWords(items) }),
        may.includes("accept") && h("button", { class: "btn dark wide", type: "button", onclick: () => act("case.accept", task) }, icon("check"), t("task.accept"))))
        : state({ title: t("tasks.none_title"), text: data.done_today ? t("tasks.done_today", { n: data.done_today }) : t("tasks.none"), name: "check" }));
  }

  async function load() {
    try {
      await tasks((fresh) => { data = fresh; draw(); });
      if (data.tasks.length) keepMap();
    } catch (error) {
      if (!alive()) return;
      put(main, error.status === 401 || error.status === 403
        ? state({ title: t("tasks.not_yours_title"), text: t("tasks.not_yours"), name: "lock", action: h("a", { class: "btn", href: "/account/login/?next=/tasks" }, t("me.sign_in")) })
        : failure(error, load));
    }
  }
  onLeave(watch((what) => (what.type === "sent" ? load() : draw())));
  await load();
}
