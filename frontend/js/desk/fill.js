/** A choice from a list that fills in fields of the form below: <button data-fill-code="…" data-fill-name="…">. */
document.addEventListener("click", (event) => {
  const chosen = event.target.closest?.("[data-fill-code]");
  if (!chosen) return;
  for (const [key, value] of [["code", chosen.dataset.fillCode], ["name", chosen.dataset.fillName]]) {
    const field = document.querySelector(`form [name="${key}"]`);
    if (field) field.value = value;
  }
  document.querySelector('form [name="name"]')?.focus();
});
