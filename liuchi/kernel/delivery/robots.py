"""What the robots of groups understand: WeCom (企业微信), DingTalk (钉钉) and Feishu (飞书), signed as each of them says.

Sources: developer.work.weixin.qq.com “群机器人配置说明”, open.dingtalk.com “自定义机器人安全设置”, open.feishu.cn “自定义机器人使用指南”.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from liuchi.kernel.delivery import http
from liuchi.kernel.delivery.channels import Failed

HOSTS = {"wecom": "qyapi.weixin.qq.com", "dingtalk": "oapi.dingtalk.com", "feishu": "open.feishu.cn"}
PATHS = {"wecom": "/cgi-bin/webhook/send", "dingtalk": "/robot/send", "feishu": "/open-apis/bot/v2/hook/"}
SIGNED = frozenset({"dingtalk", "feishu"})
# The robot was taken out of the group, its key or signature is wrong: somebody has to set it up anew.
_FINAL = frozenset({"93000", "300001", "310000", "400101", "19001", "19021", "19022", "19024"})


class Request(NamedTuple):
    address: str
    body: dict[str, Any]


def is_address(kind: str, address: str) -> bool:
    """Whether this is the address of a robot of that kind: on its own host and path."""
    return http.is_allowed(address, {HOSTS[kind]}) and urlsplit(address).path.startswith(PATHS[kind])


def wecom(address: str, _secret: str, text: str, _at: datetime) -> Request:
    return Request(address, {"msgtype": "text", "text": {"content": text}})


def dingtalk(address: str, secret: str, text: str, at: datetime) -> Request:
    """Signed in the address: base64(HMAC-SHA256(secret, "<milliseconds>\\n<secret>"))."""
    if secret:
        stamp = str(int(at.timestamp() * 1000))
        sign = base64.b64encode(hmac.digest(secret.encode(), f"{stamp}\n{secret}".encode(), "sha256")).decode()
        parts = urlsplit(address)
        query = urlencode([*parse_qsl(parts.query), ("timestamp", stamp), ("sign", sign)], quote_via=quote)
        address = urlunsplit(parts._replace(query=query))
    return Request(address, {"msgtype": "text", "text": {"content": text}})


def feishu(address: str, secret: str, text: str, at: datetime) -> Request:
    """Signed in the body: base64(HMAC-SHA256("<seconds>\\n<secret>", "")); here the text is the key."""
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if secret:
        stamp = str(int(at.timestamp()))
        sign = hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
        body |= {"timestamp": stamp, "sign": base64.b64encode(sign).decode()}
    return Request(address, body)


_KINDS: dict[str, Callable[[str, str, str, datetime], Request]] = {
    "wecom": wecom,
    "dingtalk": dingtalk,
    "feishu": feishu,
}


def say(kind: str, address: str, secret: str, text: str, at: datetime) -> None:
    """Says something in a group. Raises Failed with the code that the robot's house answered."""
    request = _KINDS[kind](address, secret, text, at)
    answer = http.post(
        request.address,
        json.dumps(request.body, ensure_ascii=False).encode(),
        {"content-type": "application/json; charset=utf-8"},
        hosts={HOSTS[kind]},
    )
    try:
        told = json.loads(answer.body)
        code = str(told.get("errcode", told.get("code", told.get("StatusCode"))))
    except (ValueError, AttributeError):
        raise Failed(f"http_{answer.status}") from None
    if code != "0":
        raise Failed(f"{kind}_{code}"[:40], final=code in _FINAL)
