"""The way to a place in the map application that a person has: links to the public addresses of Amap (高德地图 URI API),
Baidu (百度地图 URI API) and Tencent (腾讯位置服务 地图调起 URI API). Nothing of them is loaded here; the person opens one or not."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _

from liuchi.kernel import geo

SOURCE = "liuchi"  # by which the applications want to know who opened them


def applications(name: str, address: str, lon: float, lat: float) -> list[tuple[str, str]]:
    """(name of the application, address) for a spot in WGS-84 degrees: Amap and Tencent want GCJ-02, Baidu BD-09."""
    gcj, bd = geo.wgs_to_gcj(lon, lat), geo.wgs_to_bd(lon, lat)
    amap = {
        "to": f"{_six(gcj[0])},{_six(gcj[1])},{name}",
        "mode": "walk",
        "coordinate": "gaode",
        "callnative": 1,
        "src": SOURCE,
    }
    baidu = {
        "location": f"{_six(bd[1])},{_six(bd[0])}", "title": name, "content": address or name, "coord_type": "bd09ll",
        "output": "html", "src": f"webapp.{SOURCE}.{SOURCE}",
    }  # fmt: skip
    spot = f"coord:{_six(gcj[1])},{_six(gcj[0])};title:{_plain(name)};addr:{_plain(address or name)}"
    return [
        (_("Amap"), f"https://uri.amap.com/navigation?{_query(amap)}"),
        (_("Baidu Maps"), f"https://api.map.baidu.com/marker?{_query(baidu)}"),
        (_("Tencent Maps"), f"https://apis.map.qq.com/uri/v1/marker?{_query({'marker': spot, 'referer': SOURCE})}"),
    ]


def _six(degrees: float) -> str:
    return f"{degrees:.6f}"


def _plain(words: str) -> str:
    """Tencent's marker has signs of its own."""
    return words.translate(str.maketrans(";:|", "   "))


def _query(parts: Mapping[str, object]) -> str:
    return urlencode(parts, quote_via=quote)
