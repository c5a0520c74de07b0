from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "liuchi.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from liuchi.kernel import access
        from liuchi.places.abilities import ABILITIES

        access.register(ABILITIES)
