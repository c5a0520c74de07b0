"""What is shared while the demo street is being drawn: the sheet, the chance, the joins of roads, house numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from .drawing import Point, Sheet, Tags
from .plan import Road

SHOP_NAMES = (
    ("街口早点铺", "fast_food"),
    ("老灶面馆", "restaurant"),
    ("好邻便利店", "convenience"),
    ("青石理发", "hairdresser"),
    ("小满水果", "greengrocer"),
    ("新谷粮油", "convenience"),
    ("顺手五金", "hardware"),
    ("安心药房", "pharmacy"),
    ("半亩花店", "florist"),
    ("云窗书店", "books"),
    ("巧手修鞋配钥匙", "shoe_repair"),
    ("百味卤菜", "deli"),
    ("晨光文具", "stationery"),
    ("一针裁缝铺", "tailor"),
    ("清亮眼镜", "optician"),
    ("老桥茶行", "tea"),
    ("圆圆蛋糕", "bakery"),
    ("车友电动车行", "bicycle"),
    ("干净洗衣", "laundry"),
    ("快修手机", "mobile_phone"),
    ("巷口小炒", "restaurant"),
    ("六尺豆腐坊", "deli"),
    ("万家日杂", "variety_store"),
    ("甜水糖铺", "confectionery"),
    ("邻里快递点", "outpost"),
    ("四季服饰", "clothes"),
    ("热锅饺子馆", "restaurant"),
    ("灯下布艺", "fabric"),
)
AMENITIES = {"fast_food", "restaurant", "pharmacy"}


@dataclass
class Town:
    sheet: Sheet
    rng: Random
    joins: dict[Road, set[float]] = field(default_factory=dict)
    homes: list[tuple[float, float, int]] = field(default_factory=list)  # plan x, y and households of each building
    cut_lines: dict[str, list[float]] = field(
        default_factory=dict
    )  # block name -> y of its lanes: where a grid may end
    special: dict[str, list[tuple[str, Tags]]] = field(
        default_factory=dict
    )  # road name -> what takes the next shop there
    shop_turn: int = 0

    def join(self, road: Road, along: float) -> Point:
        """A point of the road where another way will meet it."""
        along = round(along, 2)
        self.joins.setdefault(road, set()).add(along)
        return road.point(along)

    def next_shop(self) -> Tags:
        name, what = SHOP_NAMES[self.shop_turn % len(SHOP_NAMES)]
        self.shop_turn += 1
        return {"name": name, "amenity" if what in AMENITIES else "shop": what}


def house_number(road: Road, along: float, side: str) -> int:
    """The number a door has on its road: odd in the east and north, even in the west and south. Roads count from their
    start in the south or west; old lanes count yards, from the other end."""
    if road.kind == "living_street":
        step = int((road.end - along) / 37.0)
    else:
        step = int((along - road.start) / 7.0)
    # A house that stands east of its road has the road on its own west side.
    return 2 * step + (1 if side in ("west", "south") else 2)
