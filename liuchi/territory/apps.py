from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class TerritoryConfig(AppConfig):
    name = "liuchi.territory"
    label = "territory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from liuchi.kernel import access
        from liuchi.kernel.ui import nav
        from liuchi.territory.abilities import ABILITIES

        access.register(ABILITIES)
        nav.register(
            "desk",
            key="areas",
            label=gettext_lazy("Areas"),
            icon="map",
            url="/desk/areas",
            order=20,
            ability="territory.see",
        )
