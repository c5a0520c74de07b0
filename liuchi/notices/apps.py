from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "liuchi.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from liuchi.kernel import access
        from liuchi.kernel.delivery.actions import forget_person, mail_is_on
        from liuchi.kernel.delivery.queries import stuck
        from liuchi.kernel.journal import consumers
        from liuchi.kernel.ui import nav
        from liuchi.notices.abilities import ABILITIES
        from liuchi.notices.actions import tell_rows
        from liuchi.notices.queries import kept
        from liuchi.notices.staff import register_all
        from liuchi.people import data

        access.register(ABILITIES)
        consumers.register("notices", tell_rows)
        register_all()
        data.register(
            "messages", data.Keeper(_("Messages to you"), kept, lambda _ctx, person_id: forget_person(person_id))
        )
        if mail_is_on():
            nav.register(
                "desk",
                key="mail",
                label=_("Mail"),
                icon="send",
                url="/desk/mail",
                order=95,
                ability="notices.mail",
                badge=lambda _request: stuck().count(),
            )
