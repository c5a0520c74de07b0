/** Booking a room: only lengths that fit into the free time from the start that was tapped, each with when it ends. */
const clock = (half) => `${Math.floor(half / 2)}:${half % 2 ? "30" : "00"}`;

export function start(form) {
  const lengths = form.querySelector("[name=hours]");
  const all = [...lengths.options].map((option) => ({ value: option.value, words: option.text.trim() }));
  const fit = () => {
    const begins = form.querySelector("[name=begins]:checked");
    const run = begins ? Number(begins.dataset.run) : Infinity;
    const wanted = Number(lengths.value);
    const [hour, minute] = begins ? begins.value.split(":").map(Number) : [0, 0];
    const first = hour * 2 + (minute ? 1 : 0);
    lengths.replaceChildren(...all.filter(({ value }) => Number(value) <= run).map(({ value, words }) =>
      new Option(begins ? `${words} (${clock(first)}–${clock(first + Number(value))})` : words, value)));
    lengths.value = String(Math.min(wanted, lengths.length));
  };
  form.addEventListener("change", (event) => event.target.name === "begins" && fit());
  fit();
}
