from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "liuchi.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from datetime import timedelta

        from liuchi.kernel import access, ticks
        from liuchi.kernel.delivery import channels
        from liuchi.kernel.delivery.actions import forget_person
        from liuchi.kernel.delivery.queries import stuck
        from liuchi.kernel.journal import consumers
        from liuchi.kernel.ui import nav
        from liuchi.notices import sending
        from liuchi.notices.abilities import ABILITIES
        from liuchi.notices.actions import go_another_way, release_due, tell_held, tell_rows
        from liuchi.notices.actions.choosing import erase
        from liuchi.notices.queries import kept, kept_choice
        from liuchi.notices.staff import register_all
        from liuchi.people import data

        access.register(ABILITIES)
        consumers.register("notices", tell_rows)
        register_all()
        data.register(
            "messages", data.Keeper(_("Messages to you"), kept, lambda _ctx, person_id: forget_person(person_id))
        )
        data.register("notice_choice", data.Keeper(_("How you want to be told"), kept_choice, erase))
        sending.register_all()
        channels.register_next(go_another_way)
        ticks.register("notices.held", timedelta(seconds=5), tell_held)
        ticks.register("notices.release", timedelta(seconds=20), release_due)
        nav.register(
            "me",
            key="notices",
            label=_("How I am told"),
            icon="bell",
            url="/me/notices",
            order=75,
            ability="me.data",
        )
        nav.register(
            "desk",
            key="notices",
            label=_("Messages sent"),
            icon="send",
            url="/desk/notices",
            order=95,
            ability="notices.mail",
            badge=lambda _request: stuck().count(),
        )
