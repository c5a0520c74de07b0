"""Who may do what in this app; read by people.access through kernel.access."""

ABILITIES: dict[str, dict[str, str]] = {
    # look at free shifts, join, sign up, step back, hand on, one's own hours
    "duties.join": {"resident": "own"},
    # whether a certificate is genuine: whoever holds the paper may ask
    "duties.verify": {"anyone": "all"},
    # the week, with who signed up
    "duties.see": {
        "grid_worker": "grid",
        "grid_leader": "area",
        "community_clerk": "area",
        "dispatcher": "area",
        "secretary": "area",
        "supervisor": "area",
    },
    # say that somebody came, or that something was held
    "duties.confirm": {
        "grid_worker": "grid",
        "grid_leader": "area",
        "community_clerk": "area",
        "dispatcher": "area",
        "secretary": "area",
    },
    # open, change and end duties, call a shift off
    "duties.plan": {"grid_leader": "area", "community_clerk": "area", "dispatcher": "area", "secretary": "area"},
}
