"""What points bring to the desk's rail and to the page "Me"."""

from django.utils.translation import gettext_lazy as _

from liuchi.kernel.ui import nav


def register_all() -> None:
    """Called when the program starts."""
    nav.register(
        "desk", key="points", label=_("Points"), icon="gift", url="/desk/points", order=50, ability="points.desk"
    )
    nav.register("me", key="points", label=_("My points"), icon="gift", url="/points", order=30)
