/** A report that is being written: kept on the phone until it is sent, so that a call in between loses nothing. */
import { dropNote, note, setNote } from "../store.js";

let carried = null;

/** photos: File or Blob. Given from one page to the next in memory, too, where the browser keeps nothing. */
export async function setDraft(draft) {
  carried = draft;
  await setNote("draft", { ...draft, savedAt: Date.now() }).catch(() => null);
}

export async function takeDraft() {
  const draft = carried || (await note("draft").catch(() => null));
  carried = null;
  // What was begun long ago belongs to another day.
  return draft && (!draft.savedAt || Date.now() - draft.savedAt < 6 * 3600 * 1000) ? draft : null;
}

export async function dropDraft() {
  carried = null;
  await dropNote("draft").catch(() => null);
}
