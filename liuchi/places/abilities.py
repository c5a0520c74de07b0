"""Who may do what in this app; read by people.access through kernel.access."""

ABILITIES = {
    # look where one can go, say "I was here", say that something is wrong: everybody
    "places.look": {"anyone": "all"},
    # the list at the desk with its counts
    "places.see": {
        "grid_worker": "area",
        "grid_leader": "area",
        "community_clerk": "area",
        "dispatcher": "area",
        "handler": "unit",
        "secretary": "area",
        "supervisor": "area",
        "administrator": "all",
    },
    # enter, change, close; events; lists from Excel
    "places.edit": {"community_clerk": "area", "administrator": "all"},
    # how it stands now, and counting who comes: the office's people of the area, and who keeps the point (own)
    "places.keep": {
        "grid_worker": "area",
        "grid_leader": "area",
        "community_clerk": "area",
        "administrator": "all",
        "resident": "own",
    },
}
