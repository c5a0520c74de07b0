"""What the phone asks of duties."""

from ninja import Router

router = Router(tags=["duties"])
