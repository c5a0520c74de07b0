/** Covering faces and number plates by hand: boxes drawn with a finger, by keys, and what is under them reduced to dots. */
import { h, icon, put, s } from "./dom.js";
import { t } from "./words.js";

const DOTS = 6;
const LEAST = 8;
const LONGEST = 2560;

const inside = (value, most) => Math.round(Math.min(most, Math.max(0, value)));

/* What is drawn becomes [left, top, right, bottom] in whole pixels of the picture. */
const straight = ([x1, y1, x2, y2], width, height) => [
  inside(Math.min(x1, x2), width), inside(Math.min(y1, y2), height), inside(Math.max(x1, x2), width), inside(Math.max(y1, y2), height),
];

/**
 * The editor on the whole screen. picture: an address; boxes: those there are, [left, top, right, bottom, by]; fixed(box): may
 * this one not be taken away; sent: the picture has left the phone. Resolves {more, away} (boxes without by), or null when nothing is to change.
 */
export function drawCovers({ picture, width, height, boxes = [], fixed = () => false, sent = false }) {
  return new Promise((resolve) => {
    const kept = boxes.map((box) => ({ box: box.slice(0, 4), old: true, stays: fixed(box) }));
    let chosen = null;
    let moving = null;
    let result = null;
    const stage = s("svg", { viewBox: `0 0 ${width} ${height}`, class: "cover-stage", role: "group", "aria-label": t("cover.title") });
    const drop = h("button", { class: "btn", type: "button", onclick: () => take(chosen) }, icon("cross"), t("cover.drop"));
    const told = h("p", { class: "small soft", role: "status" });

    const draw = () => {
      const had = stage.contains(document.activeElement);
      put(stage, s("image", { href: picture, width, height }), kept.map((one, at) => {
        const [left, top, right, bottom] = one.box;
        const shape = s("rect", {
          x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top), tabindex: 0, role: "button", focusable: "true",
          class: `${one.old ? "old" : "new"}${one === chosen ? " on" : ""}`, "aria-pressed": String(one === chosen),
          "aria-label": t(one.stays ? "cover.stays" : "cover.box", { n: at + 1 }),
          onfocus: () => { if (chosen !== one) { chosen = one; draw(); } },
          onkeydown: (event) => keyed(event, one),
        });
        if (one === chosen) one.shape = shape;
        return shape;
      }));
      drop.disabled = !chosen || chosen.stays;
      told.textContent = chosen?.stays ? t("cover.stays_why") : t(kept.length ? "cover.n" : "cover.none", { n: kept.length });
      if (had) chosen?.shape?.focus({ preventScroll: true });
    };
    function take(one) {
      if (!one || one.stays) return;
      kept.splice(kept.indexOf(one), 1);
      chosen = null;
      draw();
    }
    function more(box) {
      chosen = { box, old: false, stays: false };
      kept.push(chosen);
      draw();
      chosen.shape.focus({ preventScroll: true });
    }
    function keyed(event, one) {
      const step = Math.round(Math.max(width, height) / 100);
      const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
      if (event.key === "Delete" || event.key === "Backspace") { event.preventDefault(); take(one); return; }
      if (!by || one.old) return;
      event.preventDefault();
      const [left, top, right, bottom] = one.box;
      one.box = event.shiftKey
        ? straight([left, top, Math.max(left + LEAST, right + by[0]), Math.max(top + LEAST, bottom + by[1])], width, height)
        : straight([left + by[0], top + by[1], right + by[0], bottom + by[1]], width, height);
      draw();
    }
    const point = (event) => {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(stage.getScreenCTM().inverse());
      return [at.x, at.y];
    };
    stage.addEventListener("pointerdown", (event) => {
      if (moving || event.button > 0) return;
      event.preventDefault();
      const [x, y] = point(event);
      const hit = [...kept].reverse().find(({ box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]);
      moving = { id: event.pointerId, x, y, hit, from: hit && [...hit.box], one: null };
      stage.setPointerCapture?.(event.pointerId);
    });
    stage.addEventListener("pointermove", (event) => {
      if (moving?.id !== event.pointerId) return;
      const [x, y] = point(event);
      const far = Math.hypot(x - moving.x, y - moving.y) > width / 60;
      if (moving.hit && !moving.hit.old) {
        if (!far && chosen !== moving.hit) return;
        chosen = moving.hit;
        chosen.box = straight(moving.from.map((value, at) => value + (at % 2 ? y - moving.y : x - moving.x)), width, height);
      } else {
        if (!moving.one && !far) return;
        if (!moving.one) { moving.one = { box: [], old: false, stays: false }; kept.push(moving.one); chosen = moving.one; }
        moving.one.box = straight([moving.x, moving.y, x, y], width, height);
      }
      draw();
    });
    const ends = (event) => {
      if (moving?.id !== event.pointerId) return;
      const { one, hit } = moving;
      moving = null;
      if (one && (one.box[2] - one.box[0] < LEAST || one.box[3] - one.box[1] < LEAST)) { take(one); return; }
      if (!one) chosen = hit || null;
      draw();
    };
    stage.addEventListener("pointerup", ends);
    stage.addEventListener("pointercancel", ends);

    const box = h("dialog", { class: "full cover", "aria-label": t("cover.title") },
      h("div", { class: "cover-head" }, h("h2", {}, t("cover.title")), h("p", { class: "small soft" }, t(sent ? "cover.how_sent" : "cover.how"))),
      stage, told,
      h("div", { class: "cover-keys" },
        h("button", { class: "btn", type: "button", autofocus: true, onclick: () => more(straight([width * 0.38, height * 0.42, width * 0.62, height * 0.58], width, height)) }, icon("plus"), t("cover.add")),
        drop),
      h("div", { class: "cover-keys" },
        h("button", { class: "btn", type: "button", onclick: () => box.close() }, t("action.no")),
        h("button", { class: "btn dark", type: "button", onclick: () => {
          const left = kept.filter((one) => one.old).map((one) => one.box);
          const away = boxes.map((one) => one.slice(0, 4)).filter((one) => !left.some((other) => other.every((value, at) => value === one[at])));
          const drawn = kept.filter((one) => !one.old).map((one) => one.box);
          result = drawn.length || away.length ? { more: drawn, away } : null;
          box.close();
        } }, t("cover.done"))));
    box.addEventListener("close", () => { box.remove(); resolve(result); });
    document.body.append(box);
    draw();
    box.showModal();
  });
}

/* Before and after of a photo that was covered on this phone: what was drawn can be taken away again until it is sent. */
const before = new WeakMap();

export async function picture(blob) {
  const image = new Image();
  image.src = URL.createObjectURL(blob);
  await image.decode();
  return image;
}

/**
 * Lets the person cover parts of a photo that is still on the phone, and resolves with the photo without what is under them: the
 * part is drawn at six dots across and back, in a new file without the camera's notes (whose small preview would still show it).
 * Resolves null when nothing was changed; raises what the browser says of a photo that it can't draw.
 */
export async function coverHere(blob) {
  const known = before.get(blob) || { from: blob, boxes: [] };
  const image = await picture(known.from);
  try {
    const scale = Math.min(1, LONGEST / Math.max(image.naturalWidth, image.naturalHeight));
    const width = Math.round(image.naturalWidth * scale);
    const height = Math.round(image.naturalHeight * scale);
    const said = await drawCovers({ picture: image.src, width, height, boxes: known.boxes });
    if (!said) return null;
    const away = said.away.map(String);
    const boxes = known.boxes.filter((one) => !away.includes(String(one))).concat(said.more);
    if (!boxes.length) return known.from;
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height];
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0, width, height);
    for (const [left, top, right, bottom] of boxes) {
      const size = [right - left, bottom - top];
      const [across, down] = size.map((side) => Math.max(1, Math.round((DOTS * side) / Math.max(...size))));
      const dots = document.createElement("canvas");
      [dots.width, dots.height] = [across, down];
      dots.getContext("2d").drawImage(canvas, left, top, ...size, 0, 0, across, down);
      pen.imageSmoothingEnabled = false;
      pen.drawImage(dots, 0, 0, across, down, left, top, ...size);
    }
    const made = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.86));
    if (!made) throw new Error("the picture could not be drawn");
    before.set(made, { from: known.from, boxes });
    return made;
  } finally {
    URL.revokeObjectURL(image.src);
  }
}
