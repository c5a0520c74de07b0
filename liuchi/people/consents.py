"""What a person agrees to, each purpose with its text and version. A new text is a new version; old rows keep theirs."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Purpose:
    """title and text as shown; version of the text; needed: an account can't do without it; page: where it is given and
    taken back, if not beside what is kept on oneself."""

    title: str | Promise
    text: str | Promise
    version: int = 1
    needed: bool = False
    page: str = ""


PURPOSES = {
    "account": Purpose(
        _("Keep my account"),
        _(
            "We keep your name, your phone number and your password (as a digest) so that you can sign in and follow"
            " your reports. Only you see them, and staff whose duty needs it; each look is logged. You can erase them"
            " at any time."
        ),
        needed=True,
    ),
    "call_back": Purpose(
        _("Call me about my reports"),
        _(
            "Staff who handle or check your report may call the number you left, to ask where it is or whether it is solved."
        ),
    ),
    "register": Purpose(
        _("Be in the register of new-employment groups"),
        _(
            "The community keeps your name, phone, trade, platform and area of work, so that its stations and branches know for"
            " whom to provide: water, charging, check-ups, lessons. Clerks of your community and the street see it, nobody"
            " else; platforms and employers receive nothing. It ends when you leave, or after two years."
        ),
        page="/me/registers",
    ),
    "register_news": Purpose(
        _("Send me news of benefits"),
        _("At most once a week a message here: new services and gifts around you. None of them is advertising."),
        version=2,
        page="/me/registers",
    ),
    "register_calls": Purpose(
        _("Call me about services"),
        _("A clerk may call you about a service or an activity. Each look at your number is noted, and you see it."),
        page="/me/registers",
    ),
    "volunteer": Purpose(
        _("Join the volunteers"),
        _(
            "We keep which shifts you signed up for and your hours of service. The keeper of a shift and those who share it"
            " see your name; your hours are seen by you alone. Leave at any time: your shifts ahead become free."
        ),
        page="/duties",
    ),
}
