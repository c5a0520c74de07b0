from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationsConfig(AppConfig):
    name = "liuchi.publications"
    label = "publications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from liuchi.kernel import access, proofs, ticks
        from liuchi.kernel.ui import nav
        from liuchi.publications import keeping, seeing, telling, thanks
        from liuchi.publications.abilities import ABILITIES
        from liuchi.publications.actions import counting, reminding
        from liuchi.publications.queries.lessons import signed_since, to_be_signed

        access.register(ABILITIES)
        proofs.register("lesson", signed_since, to_be_signed)
        ticks.register("publications.forget", counting.EVERY, counting.forget)
        ticks.register("publications.remind", reminding.EVERY, reminding.remind_due)
        keeping.register_all()
        seeing.register_all()
        telling.register_all()
        thanks.register_all()
        nav.register("me", key="lessons", label=_("Lessons of a few minutes"), icon="book", url="/lessons", order=45)
        nav.register("me", key="services", label=_("What you can use"), icon="heart", url="/services", order=46)
        nav.register(
            "me",
            key="leaflets",
            label=_("Leaflets to hand out"),
            icon="document",
            url="/leaflets",
            order=47,
            ability="publications.learn",
        )
        nav.register(
            "desk",
            key="publications",
            label=_("Telling"),
            icon="horn",
            url="/desk/publications",
            order=55,
            ability="publications.see",
        )
