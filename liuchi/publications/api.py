"""What the phone asks of publications."""

from ninja import Router

router = Router(tags=["publications"])
