/** Places at the desk: dots beside the list, a tap for the spot, and hours that copy themselves. */
const page = document.querySelector("[data-places-desk]");
const form = document.querySelector("[data-place-form]");
const maps = () => import("../map.js");

async function list() {
  const rows = [...page.querySelectorAll("tr[data-point]")];
  const dots = JSON.parse(document.getElementById("dots").textContent);
  const { makeMap } = await maps();
  const map = await makeMap(page.querySelector("[data-places-map]"), {
    held: true, cases: dots, padding: 40,
    onCase: (id) => { const row = rows.find((one) => one.dataset.point === id); row?.scrollIntoView({ block: "nearest" }); row?.querySelector("a")?.focus(); },
  });
  if (!map) return;
  const mark = (row) => {
    for (const one of rows) one.classList.toggle("here", one === row);
    map.select(row?.dataset.point ?? null);
  };
  page.addEventListener("focusin", (event) => mark(event.target.closest("tr[data-point]")));
  page.addEventListener("mouseover", (event) => { const row = event.target.closest("tr[data-point]"); if (row) mark(row); });
}

async function edit() {
  const spot = form.querySelector("[data-spot-field]");
  const box = form.querySelector("[data-pick-map]");
  const read = () => spot.value.split(/[,，]/).map(Number);
  const { makeMap } = await maps();
  const [lon, lat] = spot.value ? read() : [Number(box.dataset.lon), Number(box.dataset.lat)];
  const map = await makeMap(box.querySelector(".map"), { lon, lat, zoom: spot.value ? 17 : 14.5, grids: true, onTap: (at) => {
    spot.value = `${at.lon.toFixed(6)}, ${at.lat.toFixed(6)}`;
    map.setDot(at.lon, at.lat);
  } });
  if (!map) return;
  const show = () => { const at = read(); if (at.length === 2 && at.every(Number.isFinite)) map.setDot(...at); };
  if (spot.value) show();
  spot.addEventListener("change", () => { show(); const at = read(); if (at.every(Number.isFinite)) map.flyTo(...at); });
}

if (page) list();
if (form) edit();
document.querySelector("[data-hours]")?.addEventListener("click", (event) => {
  const key = event.target.closest("[data-copy-days]");
  if (!key) return;
  const { elements } = key.form;
  for (let day = 1; day < Number(key.dataset.copyDays); day += 1) elements[`day${day}`].value = elements.day0.value;
});
