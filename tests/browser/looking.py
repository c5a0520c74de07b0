"""What a look at a page finds: violations of accessibility, targets that a thumb would miss, what is wider than the screen."""

from playwright.sync_api import Page, expect


def axe(page: Page) -> list[str]:
    """What axe finds wrong on the page, as sentences, once the whole of it is there. Needs ``browser(axe=True)``."""
    page.wait_for_load_state()
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations)")
    return [
        f"{one['id']}: {one['help']}: {' | '.join(node['html'][:160] for node in one['nodes'][:4])}" for one in found
    ]


def too_wide(page: Page) -> bool:
    return page.evaluate("document.scrollingElement.scrollWidth > innerWidth + 1")


def small_targets(page: Page) -> list[str]:
    """Buttons and links that a thumb would miss (under 44 pixels). Links within a sentence do not count, nor do boxes and
    dots: they are pressed through their labels, which are large enough."""
    return page.evaluate("""[...document.querySelectorAll('button, a[href], label.btn, summary, input:not([type=file], [type=hidden], [type=checkbox], [type=radio]), select, textarea')]
        .filter(e => e.offsetParent && !e.closest('.photos, .maplibregl-ctrl, p') && !e.matches('.skip'))
        .map(e => [e, e.getBoundingClientRect()])
        .filter(([e, r]) => r.width && r.height && (r.height < 43.5 || r.width < 43.5) && getComputedStyle(e, '::after').position !== 'absolute')
        .map(([e, r]) => `${e.outerHTML.slice(0, 120)} ${Math.round(r.width)}x${Math.round(r.height)}`)""")


def wait_until_drawn(page: Page) -> None:
    expect(page.locator("main .skeleton")).to_have_count(0)


def found_wrong(page: Page, addresses: list[str], *, phone: bool) -> list[str]:
    """What is wrong on these pages."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(f"error on {page.url}: {error}"))
    page.on(
        "console", lambda line: wrong.append(f"{page.url}: {line.text}") if "Content Security" in line.text else None
    )
    for address in addresses:
        page.goto(address)
        wait_until_drawn(page)
        wrong += [f"{address} {one}" for one in axe(page)]
        if phone:
            wrong += [f"{address} too small: {one}" for one in small_targets(page)]
        if too_wide(page):
            wrong.append(f"{address} is wider than the screen")
    return wrong
