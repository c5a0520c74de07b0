from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    name = "liuchi.admissions"
    label = "admissions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from liuchi.admissions.abilities import ABILITIES
        from liuchi.kernel import access

        access.register(ABILITIES)
