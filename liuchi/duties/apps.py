from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "liuchi.duties"
    label = "duties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from datetime import timedelta

        from django.utils.translation import gettext_lazy as _

        from liuchi.duties import keeping, telling
        from liuchi.duties.abilities import ABILITIES
        from liuchi.duties.actions import plan_due, remind_due, settle_due
        from liuchi.kernel import access, ticks
        from liuchi.kernel.ui import nav

        access.register(ABILITIES)
        nav.register(
            "desk", key="duties", label=_("Duties"), icon="roster", url="/desk/duties", order=60, ability="duties.see"
        )
        nav.register("me", key="duties", label=_("Volunteer shifts"), icon="heart", url="/duties", order=30)
        keeping.register_all()
        telling.register_all()
        ticks.register("duties.plan", timedelta(hours=1), plan_due)
        ticks.register("duties.remind", timedelta(minutes=10), remind_due)
        ticks.register("duties.settle", timedelta(minutes=30), settle_due)
