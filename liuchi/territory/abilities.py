"""Who may do what in this app. Searching and finding an address are open to anyone."""

ABILITIES = {
    # the tree of areas with its map at the desk
    "territory.see": {
        "grid_worker": "area", "grid_leader": "area", "community_clerk": "area", "dispatcher": "area",
        "handler": "all", "secretary": "area", "supervisor": "area", "administrator": "all",
    },
    # draw, change and end grids, or bring them from a file
    "territory.draw": {"grid_leader": "area", "community_clerk": "area", "administrator": "all"},
}  # fmt: skip
