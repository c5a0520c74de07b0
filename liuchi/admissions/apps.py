from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdmissionsConfig(AppConfig):
    name = "liuchi.admissions"
    label = "admissions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from datetime import timedelta

        from liuchi.admissions import granting as post
        from liuchi.admissions import keeping, nav, seeing, telling
        from liuchi.admissions.abilities import ABILITIES
        from liuchi.admissions.actions import sweeping
        from liuchi.admissions.actions.admitting import end_terms, remind
        from liuchi.admissions.actions.inviting import sweep_codes
        from liuchi.kernel import access, granting, ticks

        access.register(ABILITIES)
        granting.register("post", granting.Kind(_("A post with this title"), post.make, post.end))
        nav.register_all()
        keeping.register_all()
        seeing.register_all()
        telling.register_all()
        ticks.register("admissions.end_terms", timedelta(hours=1), end_terms)
        ticks.register("admissions.remind", timedelta(hours=1), remind)
        sweeping.register_all()
        ticks.register("admissions.sweep_codes", timedelta(days=1), sweep_codes)
