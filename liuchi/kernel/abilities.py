"""Who may do what with what belongs to the house as a whole; read by people.access through kernel.access."""

_STAFF = ("grid_leader", "community_clerk", "dispatcher", "handler", "secretary", "supervisor", "administrator")

ABILITIES = {
    # which days are worked: every deadline depends on it
    "calendar.see": dict.fromkeys(_STAFF, "all"),
    "calendar.publish": {"administrator": "all"},
    # which programs are told what happens
    "hooks.edit": {"administrator": "all"},
    # how long what is kept
    "retention.set": {"administrator": "all"},
}
