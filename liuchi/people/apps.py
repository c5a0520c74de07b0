from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "liuchi.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from datetime import timedelta

        from django.utils.translation import gettext_lazy as _

        from liuchi.kernel import access, ticks
        from liuchi.kernel.ui import nav
        from liuchi.people import retention
        from liuchi.people.abilities import ABILITIES
        from liuchi.people.registers.keeping import register_all
        from liuchi.people.registers.news import tell_week
        from liuchi.people.tasks import (
            erase_again,
            expire_registrations,
            forget_claims,
            sweep_counts,
            sweep_workbooks,
        )
        from liuchi.people.tokens import scopes

        access.register(ABILITIES)
        register_all()
        scopes.register(
            "areas.read", _("Tree of areas"), _("Streets, communities and grids with their codes."), ["territory.see"]
        )
        nav.register(
            "desk",
            key="people",
            label=_("People"),
            icon="people",
            url="/desk/people",
            order=70,
            ability="people.see",
            also=("/desk/posts", "/desk/absences"),
        )
        nav.register(
            "desk", key="units", label=_("Units"), icon="building", url="/desk/units", order=75, ability="units.see"
        )
        nav.register(
            "desk",
            key="interfaces",
            label=_("Open interfaces"),
            icon="link",
            url="/desk/keys",
            order=85,
            ability="tokens.edit",
            also=("/desk/hooks",),
        )
        nav.register(
            "interfaces", key="keys", label=_("Keys"), icon="lock", url="/desk/keys", order=10, ability="tokens.edit"
        )
        nav.register(
            "desk",
            key="registers",
            label=_("Registers"),
            icon="cards",
            url="/desk/registers",
            order=45,
            ability="registers.desk",
        )
        nav.register(
            "me",
            key="registers",
            label=_("Registers in which I stand"),
            icon="cards",
            url="/me/registers",
            order=70,
            ability="registers.own",
        )
        nav.register(
            "me",
            key="absence",
            label=_("When I am away"),
            icon="calendar",
            url="/me/absence",
            order=80,
            ability="me.absence",
        )
        nav.register(
            "me",
            key="data",
            label=_("See, correct, take along or erase my data"),
            icon="lock",
            url="/me/data",
            order=90,
        )
        ticks.register("people.news", timedelta(hours=1), tell_week)
        ticks.register("people.sweep_workbooks", timedelta(hours=1), sweep_workbooks)
        ticks.register("people.sweep_counts", timedelta(hours=1), sweep_counts)
        ticks.register("people.forget_claims", timedelta(hours=1), forget_claims)
        ticks.register("people.expire_registrations", timedelta(hours=6), expire_registrations)
        ticks.register("people.erase_again", timedelta(days=1), erase_again)
        retention.register_all()
