/** A tick at the head of a table (data-every) ticks all of its rows. */
document.addEventListener("change", (event) => {
  const table = event.target.matches?.("[data-every]") && event.target.closest("table");
  if (table) for (const box of table.querySelectorAll("tbody input[type=checkbox]:not(:disabled)")) box.checked = event.target.checked;
});
