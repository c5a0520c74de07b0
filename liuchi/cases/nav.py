"""What cases bring to the phone's tabs and the desk's rail."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liuchi.kernel.ui import nav


def register_all() -> None:
    """Called when the program starts."""
    nav.register("phone", key="home", label=_("Home"), icon="home", url="/", order=10)
    nav.register("phone", key="mine", label=_("My reports"), icon="inbox", url="/mine", order=20)
    nav.register("phone", key="tasks", label=_("Tasks"), icon="tasks", url="/tasks", order=30, ability="cases.handle")
    nav.register("phone", key="me", label=pgettext_lazy("tab", "Me"), icon="person", url="/me", order=90)
    nav.register("desk", key="cases", label=_("Requests"), icon="inbox", url="/desk/", order=10, ability="cases.see")
    nav.register(
        "desk",
        key="topics",
        label=_("Hot spots"),
        icon="horn",
        url="/desk/early",
        order=15,
        ability="cases.early",
        also=("/desk/topics",),
    )
    nav.register(
        "desk",
        key="catalogue",
        label=_("Catalogue"),
        icon="book",
        url="/desk/catalogue",
        order=70,
        ability="cases.catalogue_see",
    )
    nav.register(
        "desk", key="mailbox", label=_("Mailbox"), icon="inbox", url="/desk/mailbox", order=94, ability="cases.mailbox"
    )
    nav.register(
        "desk",
        key="entrust",
        label=_("Admission"),
        icon="door",
        url="/desk/entrust",
        order=18,
        ability="cases.admissions",
    )
