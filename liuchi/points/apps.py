from django.apps import AppConfig


class PointsConfig(AppConfig):
    name = "liuchi.points"
    label = "points"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from datetime import timedelta

        from liuchi.kernel import access, ticks
        from liuchi.kernel.journal import consumers
        from liuchi.points import actions, below, consents, keeping, nav, seeing, telling
        from liuchi.points.abilities import ABILITIES

        access.register(ABILITIES)
        below.register_all()
        consents.register_all()
        consumers.register("points", actions.award_rows)
        keeping.register_all()
        nav.register_all()
        seeing.register_all()
        telling.register_all()
        ticks.register("points.expire", timedelta(minutes=10), actions.expire_due)
        ticks.register("points.remind", timedelta(hours=1), actions.remind_due)
