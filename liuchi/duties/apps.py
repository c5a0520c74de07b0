from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "liuchi.duties"
    label = "duties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from liuchi.duties.abilities import ABILITIES
        from liuchi.kernel import access

        access.register(ABILITIES)
