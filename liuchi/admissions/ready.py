"""The programmes of the five documents, ready to be opened. What an office would say otherwise, it changes at the desk."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Ready:
    """key: in addresses; said: what rules.read takes."""

    key: str
    name: str
    said: dict[str, Any]


def _field(
    key: str, label: str, kind: str = "text", *, required: bool = True, help: str = "", choices: str = ""
) -> dict[str, Any]:
    return {
        "key": key, "label": label, "kind": kind, "required": required, "help": help, "choices": choices.split() if choices else (),
    }  # fmt: skip


_PHONE = _field("phone", "联系电话", "phone", help="只有审核人员能看到，每次查看都会留痕。")
_TRUE = _field("true", "以上内容属实，同意仅用于本项目的审核与公示。", "consent")
_STREET = {"role": "dispatcher", "look": "复核", "days": 5}

READY = (
    # 000: 20 名外卖小哥获聘“治理观察员”; 003: 51 名常驻外卖员纳为社区网格员
    Ready(
        "observer",
        "兼职信息员·治理观察员",
        {
            "who": "person",
            "about": "给骑手和快递员：送餐、送件路上顺眼看到的井盖、路灯、飞线、占道，随手告诉社区。全凭自愿：没有任务数，不排班，骑行中不要拍照上报。",
            "offers": "聘书一份；上报属实可得积分。驿站人人先到先用，不分是否受聘。",
            "fields": [
                _field("platform", "常跑的平台或公司", "platform", required=False),
                _field("often", "常去的片区", help="例如：槐荫里一带、六尺巷口"),
                _field(
                    "side",
                    "愿意顺手做些什么",
                    "several",
                    required=False,
                    choices="随手上报 政策宣传 文明劝导 邻里帮一把",
                ),
                _PHONE,
                _field("free", "我知道这是自愿的，没有任务数，随时可以交回。", "consent"),
            ],
            "checks": [
                {"role": "community_clerk", "look": "是否常在本片区；讲清自愿、无任务、骑行中不上报", "days": 3}
            ],
            "appeal_role": "secretary",
            "titles": ["治理观察员", "兼职网格员", "政策宣传员", "文明劝导员"],
            "gives": [{"kind": "post"}],
            "letter_heading": "聘书",
            "letter_words": "兹聘请{name}同志为{title}，聘期自{from}至{until}。望您继续做街巷的眼睛、邻里的朋友。",
            "letter_mark": "聘",
            "months": 12,
            "renewal": "ask",
            "grounds": ["本人不再从事相关工作", "长期离开本片区", "冒用聘任身份"],
        },
    ),
    # 003: 13 家“友好商家”、17 处“服务角”; 004: 165 个“爱心商户”
    Ready(
        "friendly-shop",
        "友好商家·服务角",
        {
            "who": "business",
            "about": "给骑手、快递员、环卫工人递一杯水、借一个插座、让一个座。能做几样做几样，做不了可以随时退出。",
            "offers": "门口挂牌，地图上可查；社区公众号推荐。",
            "fields": [
                _field(
                    "services",
                    "能提供什么",
                    "several",
                    choices="喝水 歇脚 充电 热饭 厕所 雨伞 急救箱 打气 工具 暖心餐 无线网",
                ),
                _field("where", "店门在哪里", "place", required=False, help="在地图上标一下，通过后骑手按它找过来。"),
                _field("hours", "什么时间方便", help="写成 10:00-21:00，全天开放就写“全天”。"),
                _field("seats", "能坐几个人", "number", required=False),
                _field("photo", "门头或服务角照片", "photo", required=False),
                _field("inside", "服务角在店里的位置", required=False, help="申请“服务角”时填写。"),
                _PHONE,
                _field("shown", "同意在地图和公示名单上显示店名、地址与服务时间。", "consent"),
            ],
            "checks": [{"role": "community_clerk", "look": "到店看一看，所填服务是否真的有", "days": 5}],
            "appeal_role": "secretary",
            "titles": ["友好商家", "服务角", "爱心商户"],
            "gives": [
                {"kind": "service_point", "settings": {"kind": "shop", "titles": {"服务角": {"kind": "corner"}}}},
            ],
            "letter_heading": "证书",
            "letter_words": "{name}加入{title}，为新就业群体和过往邻里提供便利。感谢您的善意。",
            "letter_mark": "友",
            "months": 24,
            "renewal": "ask",
            "grounds": ["停业或搬迁", "不再提供所列服务", "以挂牌名义误导消费者"],
        },
    ),
    # 002: 汽车、家电、家居、电动自行车以旧换新
    Ready(
        "trade-in",
        "以旧换新参与商家",
        {
            "who": "business",
            "about": "参加以旧换新活动的商家报名。材料齐全的逐级审核，缺什么会标出来，补好再交即可。",
            "offers": "列入参与商家名单，使用活动标识，获得活动与补贴政策辅导。",
            "fields": [
                _field("goods", "参加的品类", "several", choices="汽车 家电 家居 电动自行车"),
                _field("licence", "营业执照", "photo", help="拍清楚四个角；盖章复印件也可以"),
                _field("code", "统一社会信用代码"),
                _field("invoice", "能开具本店发票", "choice", choices="能 不能"),
                _field("recycle", "旧货由谁回收", help="写明回收企业名称"),
                _field("promise", "价格与售后承诺书", "photo"),
                _field("since", "开业日期", "date", required=False),
                _PHONE,
                _TRUE,
            ],
            "checks": [
                {"role": "community_clerk", "look": "门店是否在营、信息是否一致", "days": 3},
                {"role": "dispatcher", "look": "执照、回收渠道、承诺书", "days": 5},
            ],
            "appeal_role": "secretary",
            "titles": ["以旧换新参与商家"],
            "gives": [],
            "letter_heading": "证书",
            "letter_words": "经审核，{name}列为{title}，有效期自{from}至{until}。",
            "letter_mark": "换",
            "months": 12,
            "renewal": "office",
            "grounds": ["先涨后降、虚假让利", "套取补贴", "不按约定回收旧货", "商家申请退出"],
        },
    ),
    # 004: 黨員示范崗、文明示范崗
    Ready(
        "model-post",
        "示范岗",
        {
            "who": "person",
            "about": "菜市场、窗口、驿站里肯带头的人。标准摆在明处：诚信经营、干净整洁、热心帮人。每年看一次。",
            "offers": "岗位牌一块，证书一份。",
            "fields": [
                _field("where", "在哪里、做什么", "place", help="例如：九华山路菜市场 12 号摊位，卖菜"),
                _field("how", "您打算怎么做", "long", help="几句话就好"),
                _field("photo", "摊位或岗位照片", "photo", required=False),
                _PHONE,
                _field("standard", "愿意按示范岗标准做，愿意接受大家监督。", "consent"),
            ],
            "checks": [
                {"role": "community_clerk", "look": "对照标准看一次现场", "days": 5},
                {"role": "dispatcher", "look": "复核", "days": 5},
            ],
            "appeal_role": "secretary",
            "titles": ["文明示范岗", "诚信示范岗"],
            "gives": [],
            "letter_heading": "证书",
            "letter_words": "{name}被评为{title}。标准在身，口碑在人。",
            "letter_mark": "示",
            "months": 12,
            "renewal": "office",
            "renewal_days": 60,
            "grounds": ["不再符合标准", "本人不再经营或离岗"],
        },
    ),
    # 003: 20 個“友好小區”
    Ready(
        "friendly-compound",
        "友好小区",
        {
            "who": "organisation",
            "about": "给骑手和快递员留一条好走的路：能进的门、看得清的楼号、停车的地方。物业或居委会代表小区申请。",
            "offers": "门口挂牌，列入友好小区地图，协助绘制楼栋与通行图。",
            "fields": [
                _field("compound", "小区名称"),
                _field("gates", "哪几个门可以进，几点到几点", "long"),
                _field("riding", "小区里怎么走", "choice", choices="可骑行 推行 步行"),
                _field("parking", "电动车临时停放处", "place"),
                _field("numbers", "楼栋牌是否清楚", "choice", choices="清楚 部分不清 正在补"),
                _field("photo", "入口与楼栋牌照片", "photo", required=False),
                _field("meeting", "已征求业主委员会或居民代表意见。", "consent"),
            ],
            "checks": [{"role": "community_clerk", "look": "走一遍：门、路、楼号、停车处", "days": 5}, dict(_STREET)],
            "appeal_role": "secretary",
            "titles": ["友好小区"],
            "gives": [],
            "letter_heading": "证书",
            "letter_words": "{name}所申报的小区评为{title}。多开一扇门，少绕一圈路。",
            "letter_mark": "小",
            "months": 24,
            "renewal": "office",
            "grounds": ["通行便利取消", "物业或居民代表申请退出"],
        },
    ),
    # 001: 69 家新经济企业组建产业联盟
    Ready(
        "alliance",
        "产业联盟成员",
        {
            "who": "business",
            "about": "辖区企业抱团：共享信息、共找人才、共用空间。进出自愿，遵守章程。",
            "offers": "成员证书；参加每月对接会、政策培训和每季度沙龙；需求由联盟对接。",
            "fields": [
                _field("does", "主要做什么", "long"),
                _field("link", "处在产业链哪一环"),
                _field("people", "员工人数", "number", required=False),
                _field("offers", "能给其他成员什么", "several", required=False, choices="订单 场地 技术 人才 培训"),
                _field("needs", "最想解决什么", "long", required=False),
                _PHONE,
                _field("charter", "已阅读并同意联盟章程。", "consent"),
            ],
            "checks": [dict(_STREET)],
            "appeal_role": "secretary",
            "titles": ["联盟成员", "理事单位"],
            "gives": [],
            "letter_heading": "证书",
            "letter_words": "{name}加入产业联盟，为{title}，自{from}起。",
            "letter_mark": "盟",
            "renewal": "none",
            "grounds": ["企业申请退出", "注销或迁出", "违反联盟章程"],
        },
    ),
)
