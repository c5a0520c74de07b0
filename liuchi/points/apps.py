from django.apps import AppConfig


class PointsConfig(AppConfig):
    name = "liuchi.points"
    label = "points"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from liuchi.kernel import access
        from liuchi.points.abilities import ABILITIES

        access.register(ABILITIES)
