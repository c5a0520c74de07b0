from datetime import timedelta

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "liuchi.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from liuchi.cases import calendar, keeping, lights, nav, outbox, rest, retention, seeing, telling, thanks
        from liuchi.cases.abilities import ABILITIES
        from liuchi.cases.alike import rarity
        from liuchi.cases.early import looking
        from liuchi.cases.early import telling as early
        from liuchi.cases.joining import keeping as followed
        from liuchi.cases.joining import outbox as joining
        from liuchi.cases.joining import telling as others
        from liuchi.cases.mailbox import actions as letters
        from liuchi.cases.orders import actions as orders
        from liuchi.cases.pasting import keeping as chats
        from liuchi.cases.suggest import training
        from liuchi.cases.topics import counting
        from liuchi.kernel import access, ticks

        access.register(ABILITIES)
        nav.register_all()
        outbox.register_all()
        rest.register_all()
        calendar.register_all()
        keeping.register_all()
        lights.register_all()
        chats.register_all()
        ticks.register("cases.mailbox", timedelta(seconds=60), letters.look)
        ticks.register("cases.sweep_letters", timedelta(days=1), letters.sweep)
        ticks.register("cases.sweep_orders", timedelta(hours=6), orders.sweep)
        retention.register_all()
        seeing.register_all()
        telling.register_all()
        thanks.register_all()
        training.register_all()
        rarity.register_all()
        joining.register_all()
        followed.register_all()
        others.register_all()
        counting.register_all()
        looking.register_all()
        early.register_all()
