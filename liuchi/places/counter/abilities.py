"""Who may do what at the counter."""

ABILITIES: dict[str, dict[str, str]] = {
    # what to bring, a number, how far along: everybody
    "counter.look": {"anyone": "all"},
    # an appointment
    "counter.book": {"resident": "own"},
    # call, serve, take errands in and hand them over
    "counter.serve": {"grid_leader": "area", "community_clerk": "area"},
    # errands for those who can't come, taken by those who visit
    "counter.help": {"grid_worker": "area", "grid_leader": "area", "community_clerk": "area"},
    # counters and their services
    "counter.edit": {"community_clerk": "area"},
}
