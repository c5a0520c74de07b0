"""What stands on the page to be copied. A test runs every line of it against a running house (tests/browser/test_interfaces.py).

``$LIUCHI`` is where the house is reached, ``$KEY`` a key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

_BEARER = '-H "Authorization: Bearer $KEY"'


@dataclass(frozen=True, slots=True)
class Example:
    """What it is for, and the line. scope: what the key has to be for; empty: no key is needed."""

    title: Any
    line: str
    scope: str = ""


REST = [
    Example(_("What is this key for?"), f"curl {_BEARER} $LIUCHI/api/v1/me"),
    Example(
        _("Hand in a report. The same Idempotency-Key again changes nothing and gives the same answer."),
        f"""curl {_BEARER} \\
  -H "Content-Type: application/json" -H "Idempotency-Key: 12345-2026-000123" \\
  -d '{{"text": "路灯不亮，天黑看不见路", "lon": 117.0342, "lat": 30.5251, "coordinates": "wgs84"}}' \\
  $LIUCHI/api/v1/cases""",
        "cases.report",
    ),
    Example(
        _("Requests of one's own area that are being worked on"),
        f'curl {_BEARER} "$LIUCHI/api/v1/cases?state=dispatched,accepted&limit=20"',
        "cases.read",
    ),
    Example(
        _("What happened since the last time. Keep `cursor`, and give it as `after`."),
        f'curl {_BEARER} "$LIUCHI/api/v1/events?after=0-0&limit=100"',
        "cases.read",
    ),
    Example(
        _("The catalogue of matters with its limits"), f"curl {_BEARER} $LIUCHI/api/v1/catalogue", "catalogue.read"
    ),
    Example(_("Streets, communities and grids"), f"curl {_BEARER} $LIUCHI/api/v1/areas", "areas.read"),
]
OPEN311 = [
    Example(_("Where the interface is, in which formats"), "curl $LIUCHI/open311/discovery.json"),
    Example(_("What can be reported, in XML"), "curl $LIUCHI/open311/v2/services.xml"),
    Example(_("Open requests of the last 90 days"), 'curl "$LIUCHI/open311/v2/requests.json?status=open"'),
    Example(
        _("Hand in a report"),
        """curl -d "api_key=$KEY" -d service_code=03001 -d lat=30.5251 -d long=117.0342 \\
  --data-urlencode "description=路灯不亮" $LIUCHI/open311/v2/requests.json""",
        "cases.report",
    ),
]
VERIFY = """# pip install standardwebhooks
from standardwebhooks.webhooks import Webhook

event = Webhook(secret).verify(body, headers)  # raises if it is not from here, or too old
print(event["type"], event["data"]["id"])"""
EVENT = """webhook-id: evt_2f6c0d6f4f5b4d6b8f3c1a7e9b0d2c4e
webhook-timestamp: 1795310400
webhook-signature: v1,5jNfzMSm/cSQPTN2mE6SBv6tJmKkzcSB4iTVl1iEW2A=

{"type": "case.dispatched", "timestamp": "2026-11-22T02:00:00Z",
 "data": {"kind": "case", "id": "01a205f6-2111-744a-9171-63bc48fbd805", "version": 3,
          "channel": "desk", "state": "dispatched", "unit": "01a205f6-1f3e-7c11-8f0a-5d2f6b1c9e77"}}"""
