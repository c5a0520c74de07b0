from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KernelConfig(AppConfig):
    name = "liuchi.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from datetime import timedelta

        from liuchi.kernel import access, ticks
        from liuchi.kernel.abilities import ABILITIES
        from liuchi.kernel.delivery import actions as delivery
        from liuchi.kernel.delivery import channels, mail, sms
        from liuchi.kernel.delivery import retention as delivery_retention
        from liuchi.kernel.hooks import sending as hooks
        from liuchi.kernel.hooks.queries import stuck
        from liuchi.kernel.journal import actions as journal
        from liuchi.kernel.journal import consumers
        from liuchi.kernel.media import actions as media
        from liuchi.kernel.media import preparing
        from liuchi.kernel.outbox import actions as outbox
        from liuchi.kernel.retention import actions as retention
        from liuchi.kernel.ui import nav
        from liuchi.kernel.worktime import actions as worktime

        access.register(ABILITIES)
        channels.register("mail", mail.CHANNEL)
        channels.register("sms", sms.CHANNEL)
        nav.register(
            "desk",
            key="calendar",
            label=_("Calendar"),
            icon="calendar",
            url="/desk/calendar",
            order=90,
            ability="calendar.see",
        )
        nav.register(
            "interfaces",
            key="hooks",
            label=_("Webhooks"),
            icon="send",
            url="/desk/hooks",
            order=20,
            ability="hooks.edit",
            badge=lambda _request: stuck(),
        )
        nav.register(
            "desk",
            key="retention",
            label=_("Keeping"),
            icon="bin",
            url="/desk/retention",
            order=95,
            ability="retention.set",
        )
        ticks.register("journal.seal", timedelta(seconds=1), journal.seal)
        ticks.register("journal.seal_thorough", timedelta(hours=1), lambda at: journal.seal(at, thorough=True))
        ticks.register("journal.read", timedelta(seconds=1), lambda _at: consumers.run_all())
        ticks.register("outbox.sweep", timedelta(hours=1), outbox.sweep)
        ticks.register("media.sweep", timedelta(hours=6), lambda at: media.sweep(at)[0] == media.SWEPT_AT_ONCE)
        ticks.register("media.catch_up", timedelta(minutes=5), preparing.catch_up)
        ticks.register("delivery.send", timedelta(seconds=10), delivery.deliver_due)
        ticks.register("hooks.send", timedelta(seconds=1), hooks.tick)
        ticks.register("hooks.sweep", timedelta(days=1), hooks.sweep)
        delivery_retention.register_all()
        ticks.register("retention.carry_out", timedelta(hours=6), retention.carry_out_due)
        ticks.register("worktime.follow", timedelta(days=1), worktime.follow_package)
        ticks.register("worktime.settle", timedelta(seconds=30), worktime.settle)
