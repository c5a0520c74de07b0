"""What places bring to the desk's rail and the page "Me"."""

from django.utils.translation import gettext_lazy as _

from liuchi.kernel.ui import nav


def register_all() -> None:
    """Called when the program starts."""
    nav.register(
        "desk",
        key="places",
        label=_("Service points"),
        icon="station",
        url="/desk/places",
        order=30,
        ability="places.see",
        also=("/desk/rooms", "/desk/counter"),
    )
    nav.register("phone", key="places", label=_("Nearby"), icon="pin", url="/places", order=15)
    nav.register(
        "me", key="keep", label=_("Places I keep"), icon="check", url="/places/keep", order=35, ability="me.data"
    )
