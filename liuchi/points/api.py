"""What the phone asks of points."""

from ninja import Router

router = Router(tags=["points"])
