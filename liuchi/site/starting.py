"""From packages to pages: what ``./run`` does in one process, so that Django is loaded once."""

import time

from django.utils import translation
from django.utils.translation import gettext as _

from liuchi.site.preparing import addresses, machine_language, own_certificate, prepare, say_on_screen
from liuchi.site.serving import serve_all


def start(host: str, port: int, demo: bool, https: bool, since: float | None) -> int:
    """Prepares, serves until Ctrl-C, and tells where the pages are once they are there. Returns the exit status."""
    began = since or time.time()
    with translation.override(machine_language()):
        _step(began, 3, _("Database, words, demo place") if demo else _("Database and words"))
        prepare(demo, say_on_screen)
        _step(began, 4, _("Server and worker"))
    certificate, key = own_certificate(host) if https else (None, None)

    def ready(url: str) -> None:
        with translation.override(machine_language()):
            say_on_screen("")
            for line in welcome(url, host):
                say_on_screen(line)
            say_on_screen("")
            say_on_screen(_("Ready after %(seconds)s s. Ctrl-C ends it.") % {"seconds": f"{time.time() - began:.1f}"})

    return serve_all(host, port, certificate=certificate, key=key, when_ready=ready)


def welcome(url: str, host: str) -> list[str]:
    """Addresses, and one sign-in for each role of the demo."""
    from liuchi.site.demo.loading import sign_ins
    from liuchi.site.setup.queries import setup_address

    lines = [_("Phone   %(url)s/") % {"url": url}, _("Desk    %(url)s/desk/") % {"url": url}]
    if host in ("0.0.0.0", "::"):
        scheme, port = url.split(":", 1)[0], url.rsplit(":", 1)[1]
        lines += [_("Office  %(url)s/") % {"url": f"{scheme}://{address}:{port}"} for address in addresses()]
    if first := setup_address():
        lines += ["", _("Set it up here: %(url)s") % {"url": url + first}]
    if people := sign_ins():
        password = _("Made-up people of the demo place; one password for all: %(password)s")
        lines += ["", password % {"password": people[0].password}]
        lines += [f"  {one.username:<14} {one.words}" for one in people]
    return lines


def _step(began: float, number: int, words: str) -> None:
    say_on_screen(f"[{number}/4] {time.time() - began:5.1f} s  {words}")
