"""The columns of the registers' workbooks, with their heads in both languages."""

from django.utils.translation import gettext_lazy as _

from liuchi.people.sheets.columns import PHONES, Column, Sheet

SHOPS = Sheet(
    "shops",
    _("Shops and firms"),
    (
        Column(
            "name",
            _("Name"),
            _("As on the sign."),
            26,
            True,
            ("商户名称", "商铺名称", "店名", "招牌", "名称", "企业名称"),
        ),
        Column("trade", _("Trade"), _("Choose from the list."), 16, True, ("业态", "类别", "经营范围", "类型")),
        Column(
            "area",
            _("Area"),
            _("Name or code of the community or grid."),
            20,
            True,
            ("所在社区", "所属社区", "社区", "网格", "所属网格"),
        ),
        Column(
            "address", _("Address"), _("Road and number, such as 六尺巷3号."), 28, also=("经营地址", "详细地址", "门牌")
        ),
        Column("phone", _("Phone"), _("Of the shop. It is stored encrypted."), 16, also=PHONES),
        Column(
            "licence",
            _("Licence number"),
            _("18 signs; may stay empty."),
            22,
            also=("统一社会信用代码", "信用代码", "执照号"),
        ),
        Column("chain_link", _("Link of the chain"), _("Such as 包装印刷; may stay empty."), 18),
        Column("consent", _("May be shown"), _("Yes, if the keeper agreed to be shown to everybody."), 12),
    ),
)
WORKERS = Sheet(
    "workers",
    _("New-employment groups"),
    (
        Column("name", _("Full name"), _("As the person writes it."), 14, True, ("姓名", "名字")),
        Column("phone", _("Mobile phone"), _("It tells two people of one name apart. It is stored encrypted."), 16, also=PHONES),
        Column("trade", _("Trade"), _("Choose from the list."), 14, True, ("职业", "类别", "从事行业", "岗位")),
        Column("platform", _("Platform"), _("May stay empty."), 16, also=("所属平台", "单位", "所属公司")),
        Column("area", _("Area of work"), _("Name or code of a street, community or grid."), 20, True, ("区域", "所在社区", "社区", "片区")),
        Column("branch", _("Branch"), _("Empty: the branch of this trade there."), 24, also=("所属支部", "党支部")),
        Column("vehicle", _("Vehicle"), _("May stay empty."), 12),
        Column("how", _("How they agreed"), _("Choose from the list. Nobody is registered without their own yes."), 18, needed=True),
    ),
)  # fmt: skip
