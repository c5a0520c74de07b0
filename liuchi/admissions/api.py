"""What the phone asks of admissions."""

from ninja import Router

router = Router(tags=["admissions"])
