/**
 * The page of a live lecture: asks every few seconds whether something is new, slower when nothing is, not at all while the
 * page is out of sight. It asks without cookies, so that the answer is one light query for whoever asks.
 */
import { csrf } from "../api.js";
import { language, t } from "../words.js";
import { toast } from "./shell.js";

const list = document.querySelector("[data-questions]");
const calmest = 30;
const patient = 120;
let seen = list.dataset.seen;
let wait = Number(list.dataset.wait);
const usual = wait;

/* What this window has voted for, so that the button says so; the server counts once in any case. */
const voted = new Set(JSON.parse(sessionStorage.getItem("voted") || "[]"));
function mark() {
  for (const button of list.querySelectorAll("[data-vote]")) button.setAttribute("aria-pressed", voted.has(button.value));
}

async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch(`${list.dataset.questions}?seen=${seen}&lang=${language}`, { credentials: "omit" });
    if (answer.status === 200) {
      seen = answer.headers.get("X-Pulse") || seen;
      const focused = document.activeElement?.value;
      list.innerHTML = await answer.text();
      mark();
      if (focused) list.querySelector(`[data-vote][value="${CSS.escape(focused)}"]`)?.focus();
      wait = usual;
    } else if (answer.status === 204) wait = Math.min(wait * 1.3, Math.max(usual, calmest));
    else wait = Math.min(wait * 2, patient);
  } catch {
    wait = Math.min(wait * 2, patient); // no network: an ordinary state
  }
}

async function rest() {
  await look();
  setTimeout(rest, wait * 1000);
}

document.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!button?.matches("[data-vote]")) return;
  event.preventDefault();
  if (voted.has(button.value)) return toast(t("lecture.counted"));
  const count = button.querySelector("[data-votes]");
  try {
    const body = new URLSearchParams({ question: button.value });
    const answer = await fetch(event.target.action, { method: "POST", body, headers: { "X-CSRFToken": csrf(), Accept: "application/json" } });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.message);
    voted.add(button.value);
    sessionStorage.setItem("voted", JSON.stringify([...voted]));
    if (said.counted) count.textContent = Number(count.textContent) + 1;
    else toast(t("lecture.counted"));
    mark();
  } catch (error) {
    toast(error.message && error.name === "Error" ? error.message : t("error.unreachable"), { tone: "bad" });
  }
});

mark();
if (usual) setTimeout(rest, usual * 1000);
