/**
 * Parts of a page that look again by themselves: <div data-poll="15">, every so many seconds, while somebody can see it.
 * Where there is a [data-stale], it is shown as long as what stands there may be out of date.
 */
const parts = () => [...document.querySelectorAll("[data-poll]")];

let failed = 0;
function told(well) {
  failed = well ? 0 : failed + 1;
  const sign = document.querySelector("[data-stale]");
  if (sign) sign.hidden = failed < 2; // once is a moment without network
}

async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    told(answer.ok);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll("[data-poll]");
    parts().forEach((part, at) => {
      const next = fresh[at];
      if (next && next.innerHTML !== part.innerHTML && !part.contains(document.activeElement)) part.replaceChildren(...next.childNodes);
    });
  } catch {
    told(false); // the page keeps what it shows and looks again
  }
}

const first = parts()[0];
if (first) setInterval(look, 1000 * Math.max(5, Number(first.dataset.poll) || 15));
