"""What the phone asks of places."""

from ninja import Router

router = Router(tags=["places"])
