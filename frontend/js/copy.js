/** Copying words: also on plain http, where browsers give no clipboard. Resolves with whether it went. */
export async function copyWords(words) {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(words);
      return true;
    }
  } catch {
    // Not allowed in this window: the old way may be.
  }
  const box = document.createElement("textarea");
  box.className = "unseen";
  box.readOnly = true;
  box.value = words;
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
}
