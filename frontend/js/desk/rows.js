/** Tables marked data-rows: arrow keys go from row to row, Enter opens the row's first link. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const table = document.querySelector("[data-rows]");
  const search = event.target.closest?.("input[type=search]");
  if (!table || event.altKey || event.ctrlKey || event.metaKey || (event.target.closest?.("input, textarea, select") && !search)) return;
  const links = [...table.querySelectorAll("tr")].map((row) => row.querySelector("a[href]")).filter(Boolean);
  if (!links.length) return;
  const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  const next = event.key === "ArrowDown" ? Math.min(links.length - 1, here + 1) : Math.max(0, here - 1);
  event.preventDefault();
  links[next].focus();
});
