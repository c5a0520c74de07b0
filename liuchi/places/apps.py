from datetime import timedelta

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "liuchi.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from liuchi.kernel import access, ticks
        from liuchi.places import granting, keeping, nav, outbox, retention, seeing, tasks, venues
        from liuchi.places.abilities import ABILITIES
        from liuchi.places.counter import telling as counter
        from liuchi.places.rooms import telling as rooms

        access.register(ABILITIES)
        granting.register_all()
        keeping.register_all()
        nav.register_all()
        outbox.register_all()
        rooms.register_all()
        counter.register_all()
        retention.register_all()
        seeing.register_all()
        venues.register_all()
        ticks.register("places.forget", timedelta(minutes=10), tasks.forget)
        ticks.register("places.tell_days", timedelta(hours=1), tasks.tell_days)
