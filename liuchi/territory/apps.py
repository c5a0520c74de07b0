from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "liuchi.territory"
    label = "territory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from liuchi.kernel import access
        from liuchi.territory.abilities import ABILITIES

        access.register(ABILITIES)
