"""Cases for other programs, under /api/v1: they bring a key, and what it is for decides together with its post."""

from django.utils.translation import gettext_lazy as _

from liuchi.kernel.outbox import actions as outbox
from liuchi.people.tokens import scopes


def register_all() -> None:
    """Called when the program starts."""
    from liuchi.cases.rest import events, writes

    scopes.register(
        "cases.report",
        _("Hand in reports"),
        _("Hand in reports, and see what became of those."),
        ["cases.report"],
    )
    scopes.register(
        "cases.read",
        _("Read requests"),
        _("State, place and masked words of what the post may see; never a name or a phone number."),
        ["cases.see"],
    )
    scopes.register(
        "cases.contact",
        _("See phone numbers"),
        _("One at a time, to call back. Each look is noted, and the person sees it."),
        ["cases.contact"],
    )
    scopes.register(
        "cases.turn",
        _("Accept and handle"),
        _("What the post's unit has to do: accept it, say what was done."),
        ["cases.handle"],
    )
    scopes.register(
        "catalogue.read",
        _("Read the catalogue"),
        _("The list of matters with their conditions and limits."),
        ["cases.catalogue"],
    )
    events.register_all()
    # how often a key may ask at all is counted where it comes in
    outbox.register("api.report", writes.reported)
    outbox.register("api.accept", writes.accepted)
    outbox.register("api.handle", writes.handled)
