"""Who may do what in this app; read by people.access through kernel.access."""

from liuchi.people.rules import STAFF_ROLES

ABILITIES = {
    # see who holds which post: names, titles, units, terms - not phones
    "people.see": {
        "grid_leader": "area",
        "community_clerk": "area",
        "dispatcher": "area",
        "secretary": "area",
        "supervisor": "area",
        "handler": "unit",
        "administrator": "all",
    },
    # the phone number of a member of staff, each look in the log
    "people.phone": {
        "community_clerk": "area",
        "dispatcher": "area",
        "secretary": "area",
        "supervisor": "area",
        "administrator": "all",
    },
    # hire, appoint, end a post, correct a name
    "people.edit": {"administrator": "all"},
    # when somebody of a lower standing is away, and who stands in
    "people.absence": {"community_clerk": "area", "dispatcher": "area", "administrator": "all"},
    # a one-time password, told in person
    "people.reset_password": {"community_clerk": "area", "dispatcher": "area", "administrator": "all"},
    "units.see": {
        "grid_leader": "all",
        "community_clerk": "all",
        "dispatcher": "all",
        "handler": "all",
        "secretary": "all",
        "supervisor": "all",
        "administrator": "all",
    },
    "units.edit": {"administrator": "all"},
    # units and staff from a workbook
    "people.import": {"administrator": "all"},
    # when one is away oneself, and who stands in
    "me.absence": dict.fromkeys(sorted(STAFF_ROLES), "own"),
    # what is kept on oneself
    "me.data": {"resident": "own"},
}
