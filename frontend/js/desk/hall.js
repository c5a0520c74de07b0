/**
 * The screen of the hall is heard: a soft chime and, where the machine can speak Chinese, the number and the window; never a name.
 * Browsers let a page sound only after somebody touched it, so the sound is switched on by one tap (S) on that screen.
 */
const sound = document.querySelector("[data-hall-sound]");
const voice = document.querySelector("[data-hall-voice]");
const board = document.querySelector(".hall-body");
const pressed = (key) => key.getAttribute("aria-pressed") === "true";
let context = null;

/* Two soft tones, the lower one after the higher. */
function chime() {
  const begin = context.currentTime + 0.05;
  [[659.25, 0], [523.25, 0.45]].forEach(([pitch, after]) => {
    const [tone, loud] = [context.createOscillator(), context.createGain()];
    tone.type = "sine";
    tone.frequency.value = pitch;
    loud.gain.setValueAtTime(0, begin + after);
    loud.gain.linearRampToValueAtTime(0.28, begin + after + 0.03);
    loud.gain.exponentialRampToValueAtTime(0.001, begin + after + 1.1);
    tone.connect(loud).connect(context.destination);
    tone.start(begin + after);
    tone.stop(begin + after + 1.2);
  });
}

/* A voice of the machine itself before one of the network. */
const speaks = () => globalThis.speechSynthesis?.getVoices().filter((one) => /^(zh|cmn)/i.test(one.lang))
  .sort((one, other) => other.localService - one.localService)[0];
function say({ number, window: at }) {
  if (!pressed(voice) || !speaks()) return;
  const words = new SpeechSynthesisUtterance(`请${number}号，到${at}号窗口。`);
  words.voice = speaks();
  words.lang = "zh-CN";
  words.rate = 0.85;
  setTimeout(() => speechSynthesis.speak(words), 1500);
}

const calls = () => [...board.querySelectorAll("[data-call]")];
let heard = new Set(calls().map((one) => one.dataset.call));
function listen() {
  const fresh = calls().filter((one) => !heard.has(one.dataset.call));
  heard = new Set(calls().map((one) => one.dataset.call));
  if (!fresh.length) return;
  board.classList.remove("called");
  requestAnimationFrame(() => board.classList.add("called"));
  if (!pressed(sound)) return;
  chime();
  fresh.forEach((one) => say(one.dataset));
}
new MutationObserver(listen).observe(board, { childList: true, subtree: true });

sound.hidden = !(globalThis.AudioContext || globalThis.webkitAudioContext);
sound.addEventListener("click", async () => {
  const on = !pressed(sound);
  sound.setAttribute("aria-pressed", String(on));
  voice.hidden = !on || !speaks();
  if (!on) { globalThis.speechSynthesis?.cancel(); return; }
  context ??= new (globalThis.AudioContext || globalThis.webkitAudioContext)();
  await context.resume();
  chime(); // so that one hears how loud it is
});
voice.addEventListener("click", () => voice.setAttribute("aria-pressed", String(!pressed(voice))));
globalThis.speechSynthesis?.addEventListener?.("voiceschanged", () => { voice.hidden = !pressed(sound) || !speaks(); });
