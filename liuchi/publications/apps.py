from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    name = "liuchi.publications"
    label = "publications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from liuchi.kernel import access
        from liuchi.publications.abilities import ABILITIES

        access.register(ABILITIES)
