/** Photos chosen in a form are made smaller before they are sent, as those of a report are. */
import { prepared } from "./photo.js";

for (const input of document.querySelectorAll("input[type=file][accept^=image]")) {
  let working = Promise.resolve();
  let ready = true;
  input.addEventListener("change", () => {
    ready = false;
    working = (async () => {
      const smaller = new DataTransfer();
      for (const file of input.files) {
        const made = await prepared(file);
        smaller.items.add(new File([made], file.name.replace(/\.\w+$/, "") + ".jpg", { type: made.type || "image/jpeg" }));
      }
      input.files = smaller.files;
      ready = true;
    })().catch(() => { ready = true; });
  });
  input.form?.addEventListener("submit", async (event) => {
    if (ready) return;
    event.preventDefault();
    await working;
    input.form.requestSubmit(event.submitter);
  });
}
