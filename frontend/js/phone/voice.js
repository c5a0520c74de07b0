/** Hold to talk. Recording needs https; elsewhere the phone's own recorder is opened through a file field. */
import { h, icon } from "../dom.js";
import { t } from "../words.js";

const LONGEST = 60000;
const TAP = 350;
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

export const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia && typeof MediaRecorder !== "undefined");

/**
 * The key with the microphone. Holding it records until it is let go; a short tap records until the next tap.
 * done(blob, seconds) gets the recording; told(words) what to say to the person.
 */
export function talkKey({ done, told, large = false }) {
  const look = large ? "btn square large" : "mic-key";
  if (!canRecord()) {
    const field = h("input", { type: "file", accept: "audio/*", capture: "user", class: "unseen", "aria-label": t("voice.key"), onchange: () => field.files[0] && done(field.files[0], null) });
    return h("label", { class: look, title: t("voice.key") }, icon("mic"), field);
  }
  let recorder = null;
  let pressedAt = 0;
  let wanted = false;
  const key = h("button", { type: "button", class: look, "aria-label": t("voice.key"), "aria-pressed": "false", title: t("voice.key") }, icon("mic"));

  const look_ = (on) => {
    key.classList.toggle("recording", on);
    key.setAttribute("aria-pressed", String(on));
    key.setAttribute("aria-label", t(on ? "voice.stop" : "voice.key"));
  };
  async function begin() {
    wanted = true;
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      wanted = false;
      return told(t("voice.not_allowed"));
    }
    const free = () => stream.getTracks().forEach((track) => track.stop());
    if (!wanted) return free();
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    const parts = [];
    const began = Date.now();
    recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32000 });
    recorder.ondataavailable = (event) => event.data.size && parts.push(event.data);
    recorder.onstop = () => {
      free();
      look_(false);
      recorder = null;
      const seconds = (Date.now() - began) / 1000;
      told("");
      if (seconds < 0.8 || !parts.length) return told(t("voice.too_short"));
      done(new Blob(parts, { type: (mimeType || "audio/webm").split(";")[0] }), seconds);
    };
    recorder.start();
    look_(true);
    told(t("voice.recording"));
    setTimeout(() => recorder?.state === "recording" && recorder.stop(), LONGEST);
  }
  const end = () => {
    wanted = false;
    if (recorder?.state === "recording") recorder.stop();
  };
  key.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    key.focus();
    if (recorder) return end();
    key.setPointerCapture?.(event.pointerId);
    pressedAt = Date.now();
    begin();
  });
  key.addEventListener("pointerup", () => Date.now() - pressedAt > TAP && end());
  key.addEventListener("pointercancel", end);
  key.addEventListener("keydown", (event) => {
    if (event.repeat || (event.key !== " " && event.key !== "Enter")) return;
    event.preventDefault();
    if (recorder) end();
    else begin();
  });
  key.addEventListener("contextmenu", (event) => event.preventDefault());
  return key;
}
