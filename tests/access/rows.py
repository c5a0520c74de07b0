"""The roles of the access matrix, and what one of its rows is."""

from typing import NamedTuple

ROLES = {
    "A": None, "R": "resident", "r": "rider", "W": "grid_worker", "L": "grid_leader", "C": "community_clerk",
    "D": "dispatcher", "H": "handler", "S": "secretary", "V": "supervisor", "X": "administrator",
}  # fmt: skip


class Row(NamedTuple):
    method: str
    address: str
    about: str
    own: str
    other: str = ""
