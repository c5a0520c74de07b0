"""Who may do what with rooms."""

ABILITIES: dict[str, dict[str, str]] = {
    # look when a room is free
    "rooms.look": {"anyone": "all"},
    # book for oneself or for a unit in which one holds a post
    "rooms.book": {"resident": "own"},
    # the day and the week with who and why
    "rooms.see": {"grid_leader": "area", "community_clerk": "area", "dispatcher": "area", "secretary": "area"},
    # rooms, approvals, keys, bookings for units
    "rooms.manage": {"community_clerk": "area", "secretary": "area"},
}
