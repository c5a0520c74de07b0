/** Photos and a voice that go with a report: taken, shown, dropped again; on the report page and on that of a fault at a station. */
import { coverHere } from "../cover.js";
import { h, icon, put } from "../dom.js";
import { LIMIT } from "../outbox.js";
import { t } from "../words.js";
import { addressOf } from "./parts.js";
import { placeOf, prepared } from "./photo.js";
import { talkKey } from "./voice.js";

const MOST_PHOTOS = 6;

/**
 * report: its `photos` (a list of blobs) are changed in place. changed(): after each change; say(words): what is wrong, or "";
 * found({lon, lat}): where a photo says it was taken; small: two keys in a row while there is no photo yet.
 * Returns the elements, and take(files).
 */
export function shotParts({ report, changed, say, found = null, small = false }) {
  const shot = h("section", { class: small ? "shot small" : "shot" });
  const strip = h("ul", { class: "shot-strip" });
  const field = h("input", { type: "file", accept: "image/*", capture: "environment", class: "unseen", id: "shot", onchange: () => { take([...field.files]); field.value = ""; } });
  const album = h("input", { type: "file", accept: "image/*", multiple: true, class: "unseen", id: "album", onchange: () => { take([...album.files]); album.value = ""; } });

  async function take(files) {
    for (const file of files.slice(0, MOST_PHOTOS - report.photos.length)) {
      if (file.size > LIMIT) { say(t("photo.too_large")); continue; }
      const where = found && placeOf(file);
      report.photos.push(await prepared(file));
      draw();
      const spot = await where;
      if (spot) found(spot);
    }
    changed();
  }
  function without(blob) {
    report.photos.splice(report.photos.indexOf(blob), 1);
    draw();
    changed();
  }
  async function hide(blob) {
    try {
      const made = await coverHere(blob);
      const at = report.photos.indexOf(blob);
      if (!made || at < 0) return;
      report.photos[at] = made;
      say("");
      draw();
      changed();
    } catch {
      say(t("cover.cannot"));
    }
  }
  const maskKey = (blob) => h("button", { class: "mask", type: "button", "aria-label": t("cover.title"), onclick: () => hide(blob) }, icon("cover"));
  const dropKey = (blob) => h("button", { class: "drop", type: "button", "aria-label": t("photo.drop"), onclick: () => without(blob) }, icon("cross"));
  const empty = () => (small
    ? [h("div", { class: "shot-keys" }, h("label", { class: "btn", for: "shot" }, icon("camera"), t("photo.take")), h("label", { class: "btn", for: "album" }, icon("photo"), t("photo.album"))),
      h("p", { class: "small soft" }, t("report.stop_first"))]
    : h("div", { class: "shot-empty" },
      h("p", { class: "centred soft" }, t("report.stop_first")),
      h("label", { class: "btn dark large wide", for: "shot" }, icon("camera"), t("photo.take")),
      h("label", { class: "btn quiet wide", for: "album" }, icon("photo"), t("photo.album"))));
  function draw() {
    const [first, ...others] = report.photos;
    shot.classList.toggle("empty", !first);
    if (first) {
      put(shot, h("img", { class: "shot-view", src: addressOf(first), alt: t("photo.alt") }),
        others.length === 0 && h("button", { class: "overlay corner", type: "button", onclick: () => hide(first) }, icon("cover"), t("cover.key")),
        others.length === 0 && h("button", { class: "overlay round", type: "button", "aria-label": t("photo.drop"), onclick: () => without(first) }, icon("cross")),
        h("div", { class: "shot-tools" },
          h("span", { class: "overlay dark" }, icon("lock"), t("photo.private")),
          report.photos.length < MOST_PHOTOS && h("label", { class: "overlay", for: "shot" }, icon("plus"), t("photo.more"))));
    } else put(shot, empty());
    put(strip, first && others.length ? report.photos.map((blob) => h("li", {}, h("img", { src: addressOf(blob), alt: t("photo.alt") }), maskKey(blob), dropKey(blob))) : null);
  }
  draw();
  return { elements: [shot, strip, field, album], take };
}

/** report: its `voice` (a blob or null) is set. Returns the key, what it says, and the recording. */
export function voiceParts({ report, changed, say }) {
  const told = h("p", { class: "small soft", role: "status" });
  const voice = h("div", {});
  const draw = () => put(voice, report.voice && h("div", { class: "voice" },
    h("audio", { controls: true, src: addressOf(report.voice), "aria-label": t("voice.alt") }),
    h("button", { class: "back", type: "button", "aria-label": t("voice.drop"), onclick: () => { report.voice = null; draw(); changed(); } }, icon("cross"))));
  const key = talkKey({ told: (words) => { told.textContent = words; }, done: (blob) => {
    report.voice = blob;
    say("");
    draw();
    changed();
  } });
  draw();
  return { key, told, voice };
}

/** What the outbox takes along. */
export const mediaOf = (report) => [
  ...report.photos.map((blob) => ({ kind: "photo", blob })),
  ...(report.voice ? [{ kind: "voice", blob: report.voice }] : []),
];
