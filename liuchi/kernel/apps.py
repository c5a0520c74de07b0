from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "liuchi.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from datetime import timedelta

        from liuchi.kernel import ticks
        from liuchi.kernel.journal import actions as journal
        from liuchi.kernel.journal import consumers
        from liuchi.kernel.outbox import actions as outbox

        ticks.register("journal.seal", timedelta(seconds=1), journal.seal)
        ticks.register("journal.seal_thorough", timedelta(hours=1), lambda at: journal.seal(at, thorough=True))
        ticks.register("journal.read", timedelta(seconds=1), lambda _at: consumers.run_all())
        ticks.register("outbox.sweep", timedelta(hours=1), outbox.sweep)
