"""Who may do what with cases; read by people.access through kernel.access."""

ABILITIES = {
    # say that something is wrong: everybody, signed in or not
    "cases.report": {"anyone": "own", "resident": "own"},
    # follow, add to, withdraw and rate one's own report (who holds the receipt needs no account)
    "cases.follow": {"resident": "own"},
    # take a report for a caller or somebody at the counter
    "cases.take": {"grid_leader": "area", "community_clerk": "area", "dispatcher": "area", "supervisor": "area"},
    # write down on a visit what somebody says at their door, on the phone and without a network too
    "cases.visit": {
        "grid_worker": "grid",
        "grid_leader": "area",
        "community_clerk": "area",
        "dispatcher": "area",
        "secretary": "area",
        "supervisor": "area",
    },
    # see cases at the desk: words without phone numbers, photos, story
    "cases.see": {
        "grid_worker": "grid",
        "grid_leader": "area",
        "community_clerk": "area",
        "dispatcher": "area",
        "handler": "unit",
        "secretary": "area",
        "supervisor": "area",
    },
    # the reporter's phone number, each look in the log: those who must call back or find the spot
    "cases.contact": {"community_clerk": "area", "dispatcher": "area", "handler": "unit"},
    # settle matter and condition, give it to a unit, refuse with a reason
    "cases.dispatch": {"community_clerk": "area", "dispatcher": "area"},
    # accept and handle: the unit that has it, and the grid worker on whose ground it lies
    "cases.handle": {"handler": "unit", "grid_worker": "grid", "grid_leader": "area"},
    # see that it is done, and close
    "cases.check": {"grid_leader": "area", "community_clerk": "area", "dispatcher": "area", "supervisor": "area"},
    # 疑难: whose it is when units return it; and whether an overdue mark is taken back after an appeal
    "cases.decide": {"supervisor": "area", "secretary": "area"},
    # 准入: whether a community may be given what is not on its list; asked at the street, not at the community
    "cases.admit": {"supervisor": "area", "secretary": "area"},
    # ask a community for something that no resident asked for; it goes to the street first
    "cases.entrust": {"handler": "all"},
    # what was asked of communities, with the answers: the refusals are on record
    "cases.admissions": {
        "handler": "unit",
        "community_clerk": "area",
        "dispatcher": "area",
        "secretary": "area",
        "supervisor": "area",
    },
    # more time, or a suspension
    "cases.grant": {"dispatcher": "area", "supervisor": "area"},
    # remind whoever has it
    "cases.urge": {
        "resident": "own",
        "grid_leader": "area",
        "community_clerk": "area",
        "dispatcher": "area",
        "secretary": "area",
        "supervisor": "area",
    },
    # 督办
    "cases.supervise": {"secretary": "area", "supervisor": "area"},
    # 上报 to the next level, 下派 to the one below
    "cases.escalate": {"grid_worker": "grid", "grid_leader": "area", "community_clerk": "area", "dispatcher": "area"},
    "cases.send_down": {"dispatcher": "area"},
    # signs that something begins at a place: see them and say what came of them
    "cases.early": {
        "grid_leader": "area",
        "community_clerk": "area",
        "dispatcher": "area",
        "secretary": "area",
        "supervisor": "area",
    },
    # the hot topics of the day
    "cases.topics": {"dispatcher": "area", "secretary": "area", "supervisor": "area"},
    # how near two reports have to be to be compared
    "cases.nearness": {"administrator": "all"},
    # the mailbox from which requests come, with its password
    "cases.mailbox": {"administrator": "all"},
    # the catalogue of matters is open to the public; changing it is not
    "cases.catalogue": {"anyone": "all"},
    "cases.catalogue_see": {
        "grid_worker": "all",
        "grid_leader": "all",
        "community_clerk": "all",
        "dispatcher": "all",
        "handler": "all",
        "secretary": "all",
        "supervisor": "all",
        "administrator": "all",
    },
    "cases.catalogue_edit": {"administrator": "all"},
}
