"""What is masked in people's words for all who need not see it: numbers, addresses of messengers, plates and names. Pure; no Django.

Building, unit and flat stay: without them nobody finds the leak. What is not found here stays, so the full text is still only
for those whose duty it is.
"""

from __future__ import annotations

import re

# Wide digits of Chinese keyboards, where there are as many as a number has, and the words for digits: 一三八…
_WIDE_RUN = re.compile(r"[０-９](?:[－ ]?[０-９]){9,20}")
_WIDE = str.maketrans("０１２３４５６７８９－", "0123456789-")
_SAID = "零〇一幺二两三四五六七八九"

_PHONE = re.compile(r"(?<!\d)(?:\+?86[\s-]?)?(1[ .·-]?[3-9](?:[ .·-]?\d){9})(?!\d)")
_SAID_PHONE = re.compile(rf"(?<![{_SAID}])([一幺][三四五六七八九][{_SAID}])[{_SAID}]{{4}}([{_SAID}]{{4}})(?![{_SAID}])")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3})[\s-]?(\d{7,8})(?!\d)")
_ID_NUMBER = re.compile(r"(?<!\d)(\d{6})[ -]?(?:19|20)\d{2}[ -]?[01]\d[ -]?[0-3]\d[ -]?\d{3}([\dXx])(?!\d)")
_OLD_ID_NUMBER = re.compile(r"(?<!\d)(\d{6})\d{2}[01]\d[0-3]\d(\d{3})(?!\d)")
_PASSPORT = re.compile(
    r"((?:护照|通行证|回乡证|台胞证|军官证|士兵证)号?码?(?:是|为|：|:)?\s{0,3})[A-Za-z]{0,2}\d{6,10}"
)
_CARD = re.compile(r"(?<!\d)\d(?:[ -]?\d){15,18}(?!\d)")
_MAIL = re.compile(r"(?<![A-Za-z0-9._%+-])([A-Za-z0-9])[A-Za-z0-9._%+-]*@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
_ACCOUNT = re.compile(
    r"((?:微信号?|薇信|威信|WeChat|wx|v信|vx|加微|加我微|加v|加我v|QQ号?|抖音号?|快手号?|支付宝)"
    r"\s{0,3}(?:账号|号码)?(?:是|为|：|:|=)?\s{0,3})[A-Za-z0-9_-]{5,20}(?![A-Za-z0-9_-])",
    re.IGNORECASE,
)
# 皖A·12345, 皖AD12345 (eight signs: new energy). The last two are left, so that whoever stands there knows which car is meant.
_PLATE = re.compile(
    r"([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][ ]?[A-HJ-NP-Za-hj-np-z])[ ·•・.．-]{0,2}"
    r"([A-HJ-NP-Za-hj-np-z0-9]{2,4})([A-HJ-NP-Za-hj-np-z0-9][A-HJ-NP-Za-hj-np-z0-9挂学警港澳领])(?![A-Za-z0-9])"
)

_DOUBLE = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|令狐|夏侯|慕容|端木"
# Of others, and after 我是, a role or a thing follows more often than a name (我是业主): there it has to begin with one of the
# frequent family names, and be no common word.
_FREQUENT = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_NO_NAME = (
    "(?!万一|任[意何务]|于是|高[空声处压层温峰铁中]|金[属额融]|马[上路桶]|白[天色云]|方[便向面法案]|黄[色土昏沙]|江[边水面]|石[头板子灰]|夏[天季]|田[里地间]|叶子|"
    "许[多久可]|段时|莫名|向[上下前左右我他]|余下|周[边围末日一二三四五六]|钱[款都]|严重|武装|毛[病巾]|龙头|雷[声雨]|林[木地]|何[时人处种]|程[序度]|范围|"
    "史上|董事|任[课教职]|谢谢|全[体部]|常[常年]|施工|安[全装]|温[度泉])"
)
# Within a given name none of these stand.
_GIVEN = "(?:(?![的了是不在把和与及们叫找给向对就都也很请让被从到总个这那])[\u4e00-\u9fff])"
_END = r"(?=[，,。；;、！!？?：:）)\s]|$)"

_CALLED = re.compile(
    r"((?:(?:我|本人|联系人|姓名)(?:叫|名叫|：|:)|姓名是|联系人是)\s*)"
    rf"({_DOUBLE}|[\u4e00-\u9fff])[\u4e00-\u9fff]{{1,2}}{_END}"
)
_AM = re.compile(rf"((?:我|本人)是\s*)({_DOUBLE}|[{_FREQUENT}])[\u4e00-\u9fff]{{1,2}}{_END}")
# 邻居张大山把…, 户主叫李四
_OTHER = re.compile(
    r"((?:邻居|户主|房主|房东|租户|租客|业主|老板娘?|司机|车主|店主|保安|当事人|责任人|负责人|投诉人|嫌疑人|同事|室友|老公|老婆|丈夫|妻子|儿子|女儿|父亲|母亲)"
    rf"(?:名字)?(?:是|叫|名叫|：|:)?\s?){_NO_NAME}({_DOUBLE}|[{_FREQUENT}]){_GIVEN}{{1,2}}"
    r"(?=[，,。；;、！!？?：:）)\s]|$|家|的|在|把|将|又|也|总|常|经常|天天|每天|每次|一直|先生|女士|说|对|用|占|私)"
)
# 一个叫王强的人, 名叫李娟: not of a shop or a street that is called so
_NAMED = re.compile(
    rf"((?<![店家厂场司区路馆楼园院校桥巷街])(?:名叫|叫做|叫)\s?){_NO_NAME}({_DOUBLE}|[{_FREQUENT}]){_GIVEN}{{1,2}}"
    r"(?=[，,。；;、！!？?）)\s]|$|的(?:人|男|女|老|年轻|住户|业主|邻居|租|小伙|司机|师傅|孩子))"
)
# 王小明先生, 张丽阿姨; a family name alone (李师傅) tells no more than 李某 does
_TITLED = re.compile(
    rf"(){_NO_NAME}({_DOUBLE}|[{_FREQUENT}]){_GIVEN}{{1,2}}(?=先生|女士|小姐|阿姨|大爷|大妈|奶奶|爷爷|叔叔|同志|同学|师傅|老师|医生|律师)"
)
# 501室王强家的狗, 是张伟家漏的水
_HOME = re.compile(
    rf"((?:^|[，,。；;、！!？?\s是在被和跟与从找室号元层户])){_NO_NAME}({_DOUBLE}|[{_FREQUENT}]){_GIVEN}{{1,2}}"
    r"(?=家(?:的|里|养|漏|装|阳台|门口|空调|孩子|小孩|狗|猫|楼上|楼下|把|在|又))"
)


def masked(text: str) -> str:
    """The words with what tells who somebody is made unrecognisable: 138****0000, 皖A·***45, 王某. Masked twice it is the same."""
    text = _WIDE_RUN.sub(lambda found: found[0].translate(_WIDE), text)
    text = _ID_NUMBER.sub(lambda found: f"{found[1]}**********{found[2]}", text)
    text = _CARD.sub(lambda found: _ends(found[0], 4, "********", 4), text)
    text = _PHONE.sub(lambda found: _ends(found[1], 3, "****", 4), text)
    text = _SAID_PHONE.sub(lambda found: f"{found[1]}****{found[2]}", text)
    text = _LANDLINE.sub(lambda found: f"{found[1]}-****{found[2][-3:]}", text)
    text = _OLD_ID_NUMBER.sub(lambda found: f"{found[1]}******{found[2]}", text)
    text = _PASSPORT.sub(lambda found: f"{found[1]}***", text)
    text = _MAIL.sub(lambda found: f"{found[1]}***@{found[2]}", text)
    text = _ACCOUNT.sub(lambda found: f"{found[1]}***", text)
    text = _PLATE.sub(lambda found: f"{found[1]}·***{found[3]}", text)
    for name in (_CALLED, _AM, _OTHER, _NAMED, _TITLED, _HOME):
        text = name.sub(lambda found: f"{found[1]}{found[2]}某", text)
    return text


def _ends(number: str, first: int, between: str, last: int) -> str:
    """Only how a number begins and ends."""
    digits = re.sub(r"\D", "", number)
    return f"{digits[:first]}{between}{digits[-last:]}"
