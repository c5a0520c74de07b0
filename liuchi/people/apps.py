from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "liuchi.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from liuchi.kernel import access
        from liuchi.people.abilities import ABILITIES

        access.register(ABILITIES)
