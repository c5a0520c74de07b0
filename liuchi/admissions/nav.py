"""What admissions bring to the desk's rail and to the page "Me"."""

from django.utils.translation import gettext_lazy as _

from liuchi.kernel.ui import nav


def register_all() -> None:
    """Called when the program starts."""
    nav.register(
        "desk",
        key="admissions",
        label=_("Admissions"),
        icon="badge",
        url="/desk/admissions",
        order=40,
        ability="admissions.desk",
    )
    nav.register(
        "me", key="admissions", label=_("Appointments and applications"), icon="badge", url="/admissions", order=40
    )
