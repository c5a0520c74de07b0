/** The list of matters marks the one that is shown beside it. */
document.body.addEventListener("htmx:afterSwap", (event) => {
  const link = event.detail.requestConfig?.elt;
  if (!link?.matches?.("[data-choose]")) return;
  for (const other of document.querySelectorAll("[data-choose][aria-current]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
});
