/** Places at the desk: dots beside the list, a tap for the spot, and hours that copy themselves. */
import { ask } from "../api.js";
import { combobox } from "./combobox.js";

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

/** The shop of the register: typed, or tapped on the map. Gives take(shop). */
function shopField(onTake) {
  const field = form.querySelector("[data-shop]");
  const { business, business_name: name } = form.elements;
  const list = field.querySelector("ul");
  const take = (shop) => {
    business.value = shop.id;
    name.value = shop.name;
    if (!form.elements.name.value) { form.elements.name.value = shop.name; form.elements.kind.value = "shop"; }
    if (!form.elements.address.value) form.elements.address.value = shop.address;
    offers.close();
    onTake(shop);
  };
  const offers = combobox(name, list, {
    ask: async (text, signal) => (text ? (await ask(`${field.dataset.shop}?q=${encodeURIComponent(text)}`, signal)).options : []),
    take,
    shown: (found) => { list.hidden = !found.length; name.setAttribute("aria-expanded", String(found.length > 0)); },
  });
  name.addEventListener("input", () => { business.value = ""; });
  name.addEventListener("blur", () => setTimeout(offers.close, 150));
  name.addEventListener("keydown", (event) => { if (event.key === "Escape" && !list.hidden) { event.stopPropagation(); offers.close(); } });
  const within = async (box) => (await ask(`${field.dataset.shop}?box=${box.map((one) => one.toFixed(5)).join(",")}`)).options;
  return { take, within };
}

async function edit() {
  let map = null;
  const move = (at) => {
    spot.value = `${at.lon.toFixed(6)}, ${at.lat.toFixed(6)}`;
    map?.setDot(at.lon, at.lat);
  };
  const shops = shopField((shop) => {
    if (shop.lon === null) return;
    move(shop);
    map?.flyTo(shop.lon, shop.lat);
    map?.select(shop.id);
  });
  const spot = form.querySelector("[data-spot-field]");
  const box = form.querySelector("[data-pick-map]");
  const read = () => spot.value.split(/[,，]/).map(Number);
  const { makeMap } = await maps();
  const [lon, lat] = spot.value ? read() : [Number(box.dataset.lon), Number(box.dataset.lat)];
  let near = [];
  const take = (id) => { const shop = near.find((one) => one.id === id); if (shop) shops.take(shop); };
  map = await makeMap(box.querySelector(".map"), {
    lon, lat, zoom: spot.value ? 17 : 14.5, grids: true, cases: { type: "FeatureCollection", features: [] }, onTap: move, onCase: take,
  });
  if (!map) return;
  const dots = async () => {
    const seen = map.map.getBounds();
    if (map.map.getZoom() < 14) return;
    try {
      near = await shops.within([seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()]);
    } catch { return; /* the map is there without them */ }
    map.setCases({ type: "FeatureCollection", features: near.map((one) => ({
      type: "Feature", properties: { id: one.id, tone: "info" }, geometry: { type: "Point", coordinates: [one.lon, one.lat] },
    })) });
    map.select(form.elements.business.value || null);
  };
  map.map.on("moveend", dots);
  dots();
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
