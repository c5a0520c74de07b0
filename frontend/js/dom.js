/** Elements without a framework, and without ever reading text as HTML. */

const SVG = "http://www.w3.org/2000/svg";
const PLAIN = new Set(["hidden", "disabled", "value", "checked", "muted", "controls", "autofocus", "required", "open"]);

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) {
      if (PLAIN.has(name) && name in element) element[name] = name === "value" ? "" : false;
    } else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (PLAIN.has(name) && name in element) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  add(element, children);
  return element;
}

/** Appends text, elements, and lists of them; null and false are left out. */
export function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    element.append(child);
  }
  return element;
}

/** h("p", {class: "soft", onclick: f}, "text", other) makes an element. */
export const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

/** The same for SVG shapes. */
export const s = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

/** Puts new children in place of the old. */
export function put(element, ...children) {
  element.replaceChildren();
  return add(element, children);
}

/** An icon of the sprite. Icons are for the eye; the words beside them carry the meaning. */
export function icon(name, extra = "") {
  const sheet = document.documentElement.dataset.icons;
  return s("svg", { class: `icon ${extra}`.trim(), "aria-hidden": "true" }, s("use", { href: `${sheet}#${name}` }));
}
