/** A pasted chat and its drafts: keys, places, pictures from the clipboard. */
import { askFor, csrf } from "../api.js";
import { copyWords } from "../copy.js";
import { toast } from "../desk.js";
import { h } from "../dom.js";
import { metres, t } from "../words.js";
import { combobox } from "./combobox.js";

const page = document.querySelector("[data-paste]");

function start() {
  const chat = page.querySelector("form[data-chat]");
  const drafts = [...page.querySelectorAll("form[data-draft]")];
  let here = drafts.find((one) => one.hasAttribute("data-here")) || drafts[0] || null;

  const go = (one) => {
    if (!one) return;
    here = one;
    drafts.forEach((other) => other.toggleAttribute("data-here", other === one));
    one.focus({ preventScroll: true });
    one.scrollIntoView({ block: "nearest" });
  };
  const press = (one, letter) => one.querySelector(letter === "enter" ? "[value=send]" : `[data-letter="${letter}"]`)?.click();

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    const typing = event.target.matches("input:not([type=radio]), textarea, select");
    const one = event.target.closest("form[data-draft]") || (typing ? null : here);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (event.target.closest("form[data-chat]")) chat.requestSubmit();
      else if (one) press(one, "enter");
      return;
    }
    if (!one || event.ctrlKey || event.metaKey || typing !== event.altKey) return;
    const letter = event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key;
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[letter];
    if (step) go(drafts[drafts.indexOf(one) + step]);
    else if (letter === "Enter" && !event.target.closest("button, a, summary")) press(one, "enter");
    else if (letter === "e") one.querySelector("[data-words]").focus();
    else if (letter === "l") one.querySelector("[data-where]").select();
    else if ("msx".includes(letter)) press(one, letter);
    else return;
    event.preventDefault();
  });

  for (const one of drafts) {
    const words = one.querySelector("[data-words]");
    one.addEventListener("focusin", () => { here = one; drafts.forEach((other) => other.toggleAttribute("data-here", other === one)); });
    one.addEventListener("submit", () => { one.elements.caret.value = words.selectionStart || 0; });
    const place = one.querySelector("[data-where]");
    const list = one.querySelector("[role=listbox]");
    const hint = one.querySelector("[data-hint]");
    const settle = (found) => {
      one.elements.place_id.value = found?.id || "";
      hint.textContent = found ? hint.dataset.chosen : place.value.trim() ? hint.dataset.loose : "";
      hint.classList.toggle("tone-ok", Boolean(found));
    };
    const goOn = () => { if (document.activeElement === place) one.focus(); };
    const offers = combobox(place, list, {
      ask: async (text, signal) => {
        if (!text) return [];
        const at = page.dataset.lon ? { lon: Number(page.dataset.lon), lat: Number(page.dataset.lat) } : {};
        const { places } = await askFor("/api/territory/search", { q: text, ...at }, signal);
        return places.map((spot) => ({ ...spot, hint: spot.metres === null ? "" : metres(spot.metres) }));
      },
      take: (spot) => { place.value = spot.name; settle(spot); offers.close(); goOn(); },
      none: goOn,
      shown: (found) => { list.hidden = !found.length; place.setAttribute("aria-expanded", String(found.length > 0)); },
    });
    place.addEventListener("input", () => settle(null));
    place.addEventListener("blur", () => setTimeout(offers.close, 150));
  }

  /* What is pasted: words are sorted at once, pictures go to the draft one is at. */
  document.addEventListener("paste", async (event) => {
    const pictures = [...(event.clipboardData?.files || [])].filter((file) => file.type.startsWith("image/"));
    const text = event.clipboardData?.getData("text/plain") || "";
    const field = event.target.closest?.("input, textarea");
    if (pictures.length && !text.trim()) {
      event.preventDefault();
      await send(pictures, event.target.closest?.("form[data-draft]") || here);
    } else if (text.trim() && (!field || (field === chat.elements.text && !field.value.trim()))) {
      event.preventDefault();
      chat.elements.text.value = text;
      chat.requestSubmit();
    }
  });

  async function send(pictures, one) {
    const body = new FormData();
    pictures.forEach((file) => body.append("pictures", file, file.name || "picture.png"));
    const headers = { "X-CSRFToken": csrf(), Accept: "application/json" };
    const answer = await fetch(one ? one.dataset.picturesTo : location.pathname, { method: "POST", headers, body, credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok) {
      const said = await answer?.json().catch(() => null);
      return toast(said?.message || t("error.server"), "bad");
    }
    if (!one) return location.reload();
    const strip = one.querySelector("[data-photos]");
    const lacking = strip.querySelector("[data-lacking]");
    for (const file of pictures) strip.insertBefore(h("span", { class: "chat-photo" }, h("img", { src: URL.createObjectURL(file), alt: "" })), lacking);
    if (lacking && strip.querySelectorAll(".chat-photo").length >= 1) lacking.hidden = true;
    return null;
  }

  document.querySelector("[data-copy-answer]")?.addEventListener("click", async (event) => {
    const button = event.currentTarget;
    if (await copyWords(document.querySelector("[data-answer]").textContent)) toast(button.dataset.done, "ok");
  });
  if (here && document.activeElement === document.body) go(here);
}

if (page) start();
