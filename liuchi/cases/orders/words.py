"""What became of a row, and what the fields of an order are called."""

from django.utils.translation import gettext_lazy as _

FIELDS = {
    "key": (_("Number of the order"), _("So that no order is taken twice.")),
    "title": (_("Title"), ""),
    "text": (_("What is asked for"), ""),
    "reported": (_("When it was said"), _("Without it: the moment of the import.")),
    "phone": (_("Phone to call back"), _("Kept encrypted.")),
    "place": (_("Address"), _("The place is looked for in it.")),
    "area": (_("Area"), _("Community or grid, where the address is not found.")),
    "matter": (_("Class of the order"), _("You say once which matter a word means.")),
    "due": (_("Due by"), _("A time, or so many working days; stays the request’s due time.")),
    "state": (_("State there"), _("What is ended there is not taken.")),
}
WORDS = {
    "new": _("taken in"),
    "there": _("there already, not taken again"),
    "no_key": _("without a number"),
    "key_long": _("the number is longer than 80 characters"),
    "twice": _("the number stands in the sheet twice"),
    "empty": _("without words"),
    "time": _("the time can’t be read"),
    "future": _("the time is still to come"),
    "too_old": _("said before the year 2000"),
    "ended": _("ended there already"),
    "due_before": _("due before it was said"),
    "refused": _("could not be taken; please type it in"),
}
