"""What people of the demo place said: made-up words about made-up places.

Each story: picture or "", matter code, words of the filing condition (or @role of the unit where the catalogue has no
condition), how it fared (a word of FARES), what was said, what the unit answered.
"""

from typing import NamedTuple


class Story(NamedTuple):
    picture: str
    code: str
    hint: str
    fare: str
    words: str
    reply: str = ""
    home: bool = False  # in the first grid, whose worker has a sign-in


# Where a story stops: the last step that is carried out. `late`: handled after the limit; `overdue`: dispatched, limit over.
FARES = (
    "rated", "closed", "late", "not_done", "refused", "withdrawn", "reported", "filed", "dispatched", "overdue", "accepted",
    "handled", "checked",
)  # fmt: skip

# Pictures of how it looked afterwards.
AFTER = {
    "wall": "wall_repaired", "manhole": "manhole_closed", "lamp": "lamp_lit", "rubbish": "rubbish_cleared",
    "fire_lane": "fire_lane_free", "puddle": "road_dry", "paving": "paving_mended",
}  # fmt: skip

STORIES = (
    Story("wall", "10093", "", "rated", "外墙掉了一块，楼下有人走路", "已拉警戒线，松动的抹灰已铲除，补好墙面。"),
    Story("manhole", "01003", "弹跳", "rated", "井盖翘起来，电动车压上去响", "井盖已归位并加了橡胶垫圈，不再晃动。"),
    Story("lamp", "01037", "单盏不亮", "rated", "路灯三天没亮，晚上送餐看不清路", "更换了灯头和电缆接头，今晚已亮。"),
    Story("rubbish", "06042", "", "rated", "垃圾桶满了没人收，味道很大", "已清运，本周起改为一天两清。"),
    Story(
        "fire_lane", "09012", "", "rated", "消防通道停了三辆车，急救车进不来", "车主已挪车，通道口加画了禁停网格线。"
    ),
    Story("wires", "99092", "", "rated", "楼上拉电线下来充电，绕着雨棚走", "已拆除私拉电线，引导到车棚充电。"),
    Story("paving", "06013", "人行道：破损", "rated", "人行道缺了好几块砖，老人绊了一下", "缺损的砖已补齐，填了缝。"),
    Story("puddle", "10094", "", "rated", "菜场门口积水，下雨就过不去", "疏通了雨水口，清出两袋淤泥。"),
    Story("tree", "04002", "修剪", "rated", "树枝压到电线上了，刮风冒火花", "已停电修剪，电线重新固定。"),
    Story("pipe", "99093", "正在", "rated", "楼道水管一直喷水，一楼地上全湿", "更换了一段立管，已恢复供水。"),
    Story("scooters", "09010", "", "rated", "快递车停在盲道上，盲人没法走", "已清走，并划了临时停放点。"),
    Story("stall", "09006", "", "rated", "水果筐摆到路中间了，两辆车会不过去", "经营者已收进店内，承诺不再外摆。"),
    Story("", "06028", "", "rated", "楼下卡拉OK唱到半夜一点", "与店主约定晚上十点后关外放，加装了隔音棉。"),
    Story("", "99094", "", "rated", "三单元楼道灯坏了，抹黑上楼", "换了声控灯，三个楼层都试过。"),
    Story("rubbish", "06011", "", "rated", "装修垃圾堆在树池边一个星期了", "已清运，告知业主预约清运电话。"),
    Story("manhole", "01002", "破损超过", "closed", "小区门口下水井盖碎了一个角", "更换了新井盖。"),
    Story("lamp", "01037", "启闭", "closed", "河沿路一排灯白天亮着，晚上不亮", "时控器已校准。"),
    Story("paving", "06051", "", "closed", "盲道在公交站前断了一截", "补铺了四米盲道砖。"),
    Story("puddle", "10094", "", "closed", "幼儿园门口坑里总是水，孩子们踩湿鞋", "坑洼已填平。"),
    Story("fire_lane", "09012", "", "closed", "面包车天天停在消火栓前面", "已劝离，消火栓前画了黄线。"),
    Story("stall", "09006", "", "closed", "早点摊的油水倒在路边，走路打滑", "已冲洗路面，摊主领了接油桶。"),
    Story("wires", "99095", "", "closed", "楼道堆满纸箱，消防门打不开", "物业已清走，回访楼道畅通。"),
    Story("", "01046", "破损、缺失", "closed", "健身器材的踏板松了，孩子差点摔下来", "已紧固并检查了全部器材。"),
    Story("", "06095", "", "closed", "有人遛狗不牵绳，还追电动车", "已上门劝导，发放牵引绳。"),
    Story("rubbish", "06042", "", "closed", "分类亭的厨余桶盖坏了，招苍蝇", "已更换桶盖并消杀。"),
    Story("tree", "04002", "倾斜", "closed", "行道树歪了，快碰到公交车顶", "已扶正，打了支撑。"),
    Story("wall", "10093", "", "late", "阳台底下的水泥往下掉渣", "因需搭脚手架，超时两天完成，已加固抹平。"),
    Story("pipe", "99099", "水压", "late", "六楼水压很小，洗不了澡", "增压泵已更换，六楼水压正常。"),
    Story("", "99097", "整院", "late", "我们院没有天然气，老人还在用煤球", "已列入今年第二批入户，先送了减压阀钢瓶。"),
    Story(
        "",
        "99082",
        "",
        "not_done",
        "五楼老人下不来楼，想装电梯",
        "楼间距不足，规范不允许加装；社区已登记爬楼机预约，每周二、五可用。",
    ),
    Story(
        "scooters",
        "09011",
        "",
        "not_done",
        "共享单车停满了街口，能不能不让停",
        "该路口是规划停放点，不能取消；已请企业每晚清运一次。",
    ),
    Story(
        "",
        "06028",
        "",
        "refused",
        "隔壁装修太吵，想让他赔我误工费",
        "赔偿属民事纠纷，这里不能裁决。可到社区预约人民调解，电话在公告栏。",
    ),
    Story("", "10094", "", "refused", "测试一下能不能发出去", "收到，能发出去。这一条没有要办的事，已为您关闭。"),
    Story("lamp", "01037", "", "withdrawn", "单元门口灯不亮"),
    Story("", "09010", "", "withdrawn", "楼下电动车挡门，已经挪走了"),
    Story("puddle", "10094", "", "handled", "地下车库入口积水，电动车骑不过去", "集水井水泵已修复，正在抽水观察。"),
    Story("manhole", "01003", "弹跳", "handled", "雨水井盖响，晚上车过一直哐当", "已加垫片，请核查。"),
    Story("rubbish", "06036", "", "handled", "河边有人倒了一堆旧家具", "已清走两车。"),
    Story("paving", "06013", "塌陷", "handled", "菜场西口路面陷下去一块", "已回填压实，铺了冷补料。"),
    Story("fire_lane", "09012", "", "handled", "高层楼下登高面停满了车", "已贴告知并拖移一辆，其余已驶离。"),
    Story("stall", "09006", "", "checked", "烧烤摊占了半条人行道", "已规范到疏导点经营。"),
    Story("tree", "04002", "断枝", "checked", "枯枝掉下来砸到雨棚", "枯枝已修剪。"),
    Story("wall", "10093", "", "accepted", "窗台瓷砖空鼓，敲着咚咚响，下面是幼儿园路口"),
    Story("lamp", "01037", "电线裸露", "accepted", "石榴巷整条巷子没有灯"),
    Story("wires", "99092", "", "accepted", "一楼门厅里充着六辆电动车"),
    Story("scooters", "06051", "", "accepted", "盲道上装了两根石墩"),
    Story("pipe", "99093", "管道渗漏", "accepted", "楼顶漏水，雨天往下滴到床上"),
    Story("rubbish", "06042", "", "accepted", "北门分类亭又满了，袋子堆到路上"),
    Story("", "01076", "@property", "accepted", "2 号电梯半夜停在八楼不动"),
    Story("fire_lane", "09012", "", "dispatched", "消防通道的伸缩门锁住了，物业没人有钥匙"),
    Story("puddle", "10094", "", "dispatched", "桥头积水没过脚踝，外卖箱都湿了"),
    Story("manhole", "01003", "弹跳", "dispatched", "雨水井盖一头翘着，压上去翻起来"),
    Story("stall", "06027", "@city_management", "dispatched", "小炒店的油烟对着三楼窗户排"),
    Story("paving", "06013", "坑凹", "overdue", "非机动车道鼓包，已经摔了两个人"),
    Story("", "99097", "整院", "overdue", "整栋楼申请通气半年没有消息"),
    Story("tree", "04002", "修剪", "filed", "香樟树根把花坛顶裂了"),
    Story("rubbish", "06010", "", "filed", "拆迁围挡里有人烧垃圾"),
    Story("", "99094", "", "filed", "地下室灯坏了一半"),
    Story("wall", "10093", "", "reported", "雨棚上的空调外机架锈断了一根"),
    Story("lamp", "01037", "", "reported", "北正街红绿灯旁的路灯一闪一闪"),
    Story("scooters", "09010", "", "reported", "地铁口共享单车堆成山了"),
    Story("puddle", "10094", "", "reported", "河沿路下水道返水，味道很重"),
    Story("wires", "01054", "", "reported", "车棚插座烧黑了，没人敢用"),
    Story("", "06028", "", "reported", "工地凌晨还在打桩，孩子睡不着"),
    Story("fire_lane", "09012", "", "reported", "学校门口双排停车，孩子从车缝里走"),
    Story("rubbish", "99085", "", "dispatched", "一楼空屋门没锁，里面堆满纸板和旧家具", home=True),
    Story("", "99088", "", "dispatched", "单元门口的阴沟全是蚊子", home=True),
)

WORDS_OF_THANKS = (
    "很快，谢谢",
    "比想的快",
    "师傅态度很好",
    "修好了，晚上放心走了",
    "",
    "有人管就好",
    "能不能再快一点",
    "",
)
STARS = (5, 5, 4, 5, 5, 3, 4, 5, 2, 5)
