"""Who may do what with points; read by people.access through kernel.access. Nobody's balance is among it: it is its holder's."""

ABILITIES: dict[str, dict[str, str]] = {
    # one's own points, codes and statements
    "points.own": {"resident": "own"},
    # the desk's pages of points at all
    "points.desk": {
        "grid_worker": "grid",
        "grid_leader": "area",
        "community_clerk": "area",
        "dispatcher": "area",
        "secretary": "own",
        "supervisor": "area",
        "administrator": "all",
    },
    # sums of what was issued and redeemed, withheld for fewer than five people; the rules and the gifts
    "points.see": {
        "grid_leader": "area",
        "community_clerk": "area",
        "dispatcher": "area",
        "secretary": "area",
        "supervisor": "area",
        "administrator": "all",
    },
    # hand over at a window
    "points.window": {
        "grid_worker": "grid",
        "grid_leader": "area",
        "community_clerk": "area",
        "dispatcher": "area",
        "administrator": "all",
    },
    # open windows, bring gifts there, take stock
    "points.stock": {"grid_leader": "area", "community_clerk": "area", "dispatcher": "area", "administrator": "all"},
    # what can be had, and for how many points
    "points.gifts": {"dispatcher": "all", "administrator": "all"},
    # draw up, try and publish the rules
    "points.rules": {"administrator": "all"},
    # open what members of one's own unit let its secretary see: at that very unit, see people.registers.seeing.leads
    "points.home": {"secretary": "own"},
    # confirm a statement for the unit somebody works in, because that person asked for it
    "points.confirm": {"community_clerk": "area", "secretary": "area"},
}
