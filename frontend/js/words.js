/** The words of the screens: t("area.key", {n: 3}). The language is the page's own. */

export const language = document.documentElement.lang.startsWith("en") ? "en" : "zh-Hans";
const locale = language === "en" ? "en-GB" : "zh-CN";
const zone = "Asia/Shanghai";
let words = {};

/** Has to be awaited once before t() is used. */
export async function loadWords() {
  words = (language === "en" ? await import("../words/en.json") : await import("../words/zh-Hans.json")).default;
}

/** A key without words is a mistake of ours; the key itself is shown so that it is seen. A word with {one, other} is chosen by n. */
export function t(key, params = {}) {
  let word = words[key];
  if (word && typeof word === "object") word = params.n === 1 ? word.one : word.other;
  if (word === undefined) return key;
  return word.replace(/\{(\w+)\}/g, (whole, name) => (params[name] === undefined ? whole : params[name]));
}

const day = (date) => date.toLocaleDateString("sv-SE", { timeZone: zone });
const format = (options) => new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
const clock = format({ hour: "2-digit", minute: "2-digit", hour12: false });
const monthDay = format(language === "en" ? { day: "numeric", month: "short" } : { month: "long", day: "numeric" });
const full = format(language === "en" ? { day: "numeric", month: "short", year: "numeric" } : { year: "numeric", month: "long", day: "numeric" });

/** 今天 09:42, 昨天 17:30, 11月20日 08:15, 2025年3月2日. */
export function when(iso, now = new Date()) {
  if (!iso) return "";
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return "";
  if (day(date) === day(now)) return t("when.today", { time: clock.format(date) });
  if (day(date) === day(new Date(now - 86400000))) return t("when.yesterday", { time: clock.format(date) });
  if (day(date).slice(0, 4) === day(now).slice(0, 4)) return `${monthDay.format(date)} ${clock.format(date)}`;
  return full.format(date);
}

/** 60 米, 1.2 公里. */
export function metres(n) {
  if (n < 1000) return t("unit.metres", { n: Math.max(1, Math.round(n)) });
  return t("unit.kilometres", { n: (n / 1000).toFixed(1) });
}
