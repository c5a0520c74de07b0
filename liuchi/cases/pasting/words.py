"""Why a line of a pasted chat is in no draft, as the clerk reads it."""

from django.utils.translation import gettext_lazy as _

WHYS = {
    "form": _("Time or title of the chat"),
    "reply": _("An answer, nothing to be handled"),
    "own": _("Written by yourself"),
    "joined": _("“The same here”: counted"),
    "system": _("Said by WeChat"),
    "unreadable": _("Voice, video or a file: please listen or look, then write it down"),
    "taken": _("Sent before"),
    "open": _("In a draft already"),
}
