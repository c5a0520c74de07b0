"""The trades (行业) of businesses and of new-employment groups: codes with their names.

The standard ones stand here; the desk may rename them, offer them no longer, and add its own (`actions.trades`). A code stays what
it is for ever, so that figures of two years can be laid side by side.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liuchi.people.models import Trade
from liuchi.territory import stamps

STAMP = "trades"
CHECK_SECONDS = 5.0  # another process sees a change within

STANDARD_BUSINESSES: dict[str, str | Promise] = {
    "catering": _("Restaurant, snacks"),  # 餐饮
    "grocery": _("Grocery, supermarket"),  # 便利店、超市
    "market_stall": _("Market stall"),  # 菜市场摊位
    "pharmacy": _("Pharmacy"),  # 药店
    "clinic": _("Clinic"),  # 诊所
    "hairdresser": _("Hairdresser"),  # 美容美发
    "repair": _("Repairs"),  # 维修
    "vehicles": _("E-bikes and cars"),  # 电动车、汽车
    "appliances": _("Household appliances"),  # 家电
    "digital": _("Phones and computers"),  # 数码通讯
    "home": _("Furniture and fittings"),  # 家居家装
    "clothing": _("Clothing"),  # 服装
    "lodging": _("Hotel, lodging"),  # 住宿
    "leisure": _("Culture, sports, leisure"),  # 文体娱乐
    "training": _("Education and training"),  # 教育培训
    "logistics": _("Delivery and logistics"),  # 快递物流
    "farming": _("Farming, farm machines"),  # 农业、农机
    "manufacturing": _("Manufacturing"),  # 制造
    "building": _("Building trade"),  # 建筑
    "software": _("Software and information"),  # 软件信息
    "other": _("Other trade"),  # 其他
}

# New-employment groups (新就业群体)
STANDARD_GROUPS: dict[str, str | Promise] = {
    "delivery": _("Courier"),  # 快递
    "takeaway": _("Takeaway rider"),  # 外卖
    "freight": _("Freight driver"),  # 货车运输
    "ride_hailing": _("Ride-hailing driver"),  # 网约车
    "streaming": _("Live streamer"),  # 网络主播
}


@dataclass(frozen=True, slots=True)
class _Kept:
    names: dict[str, str | Promise]  # every trade that was ever there
    offered: frozenset[str]


class Trades(Mapping[str, str | Promise]):
    """code -> name of one list, those no longer offered included; kept in memory until the desk changes one."""

    def __init__(self, kind: str, standard: Mapping[str, str | Promise]) -> None:
        self.kind, self.standard = kind, standard
        self._holder: stamps.Holder[_Kept] = stamps.Holder(STAMP, self._load, CHECK_SECONDS)

    def _load(self) -> _Kept:
        rows = list(Trade.objects.filter(kind=self.kind).values_list("code", "name", "offered"))
        names = dict(self.standard) | {code: name for code, name, _offered in rows if name}
        return _Kept(names, frozenset(names) - {code for code, _name, offered in rows if not offered})

    def __getitem__(self, code: str) -> str | Promise:
        return self._holder.get().names[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._holder.get().names)

    def __len__(self) -> int:
        return len(self._holder.get().names)

    def look_again(self) -> None:
        """For who has just changed it, before the change is committed."""
        self._holder.checked = 0.0

    def offered(self) -> dict[str, str | Promise]:
        """Those that may be chosen for something new."""
        kept = self._holder.get()
        return {code: name for code, name in kept.names.items() if code in kept.offered}


BUSINESSES = Trades("businesses", STANDARD_BUSINESSES)
GROUPS = Trades("groups", STANDARD_GROUPS)
LISTS = {"groups": GROUPS, "businesses": BUSINESSES}
