"""The trades (行业) of businesses and of new-employment groups: codes with their names."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BUSINESSES: dict[str, str | Promise] = {
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
GROUPS: dict[str, str | Promise] = {
    "delivery": _("Courier"),  # 快递
    "takeaway": _("Takeaway rider"),  # 外卖
    "freight": _("Freight driver"),  # 货车运输
    "ride_hailing": _("Ride-hailing driver"),  # 网约车
    "streaming": _("Live streamer"),  # 网络主播
}
