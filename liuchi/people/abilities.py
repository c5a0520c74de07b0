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
    # keys of other programs
    "tokens.edit": {"administrator": "all"},
    # when one is away oneself, and who stands in
    "me.absence": dict.fromkeys(sorted(STAFF_ROLES), "own"),
    # what is kept on oneself
    "me.data": {"resident": "own"},
    # the desk's registers at all; what is in them, each of the following says
    "registers.desk": {
        "grid_worker": "area",
        "grid_leader": "area",
        "community_clerk": "area",
        "dispatcher": "area",
        "secretary": "own",
        "supervisor": "area",
        "administrator": "all",
    },
    # the register of shops and firms: what stands on their sign; phone and keeper for who may edit
    "businesses.see": {
        "grid_worker": "area",
        "grid_leader": "area",
        "community_clerk": "area",
        "dispatcher": "area",
        "secretary": "area",
        "supervisor": "area",
        "administrator": "all",
    },
    "businesses.edit": {"community_clerk": "area", "dispatcher": "area", "administrator": "all"},
    # the register of new-employment groups, by name: those who provide for them. An administrator sees figures alone
    "registers.see": {"community_clerk": "area", "dispatcher": "area"},
    "registers.edit": {"community_clerk": "area", "dispatcher": "area"},
    # the lists of trades to choose from: one for the whole house
    "registers.trades": {"dispatcher": "all", "administrator": "all"},
    # how many, by trade, branch, platform and area; fewer than five withheld
    "registers.figures": {
        "grid_leader": "area",
        "community_clerk": "area",
        "dispatcher": "area",
        "secretary": "area",
        "supervisor": "area",
        "administrator": "all",
    },
    # set up branches by trade, write down what they did
    "branches.edit": {"community_clerk": "area", "dispatcher": "area", "secretary": "area"},
    # who signed in to a branch: its own secretary, see registers.seeing.leads
    "homecoming.see": {"secretary": "own"},
    # posts to be claimed
    "service.posts": {
        "community_clerk": "area",
        "dispatcher": "area",
        "secretary": "area",
        "supervisor": "area",
    },
    "service.edit": {"community_clerk": "area"},
    # who claimed them, and that they served: in one's own community, see registers.seeing.in_charge
    "service.confirm": {"community_clerk": "area", "secretary": "area"},
    # a statement for one's own unit on who agreed to it
    "service.statement": {"secretary": "own"},
    # one's own entries
    "registers.own": {"resident": "own"},
}
