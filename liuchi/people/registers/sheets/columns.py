"""The columns of the registers' workbooks, with their heads in both languages."""

from django.utils.translation import gettext_lazy as _

from liuchi.people.sheets.columns import Column, Sheet

SHOPS = Sheet(
    "shops",
    _("Shops and firms"),
    (
        Column("name", _("Name"), _("As on the sign."), 26, needed=True),
        Column("trade", _("Trade"), _("Choose from the list."), 16, needed=True),
        Column("area", _("Area"), _("Name or code of the community or grid."), 20, needed=True),
        Column("address", _("Address"), _("Road and number, such as 六尺巷3号."), 28),
        Column("phone", _("Phone"), _("Of the shop. It is stored encrypted."), 16),
        Column("licence", _("Licence number"), _("18 signs; may stay empty."), 22),
        Column("chain_link", _("Link of the chain"), _("Such as 包装印刷; may stay empty."), 18),
        Column("consent", _("May be shown"), _("Yes, if the keeper agreed to be shown to everybody."), 12),
    ),
)
WORKERS = Sheet(
    "workers",
    _("New-employment groups"),
    (
        Column("name", _("Full name"), _("As the person writes it."), 14, needed=True),
        Column("phone", _("Mobile phone"), _("It tells two people of one name apart. It is stored encrypted."), 16),
        Column("trade", _("Trade"), _("Choose from the list."), 14, needed=True),
        Column("platform", _("Platform"), _("May stay empty."), 16),
        Column("area", _("Area of work"), _("Name or code of a street, community or grid."), 20, needed=True),
        Column("branch", _("Branch"), _("Empty: the branch of this trade there."), 24),
        Column("vehicle", _("Vehicle"), _("May stay empty."), 12),
        Column("how", _("How they agreed"), _("Choose from the list. Nobody is registered without their own yes."), 18, needed=True),
    ),
)  # fmt: skip
