"""Who may do what with programmes, applications and what was admitted; read by people.access through kernel.access."""

ABILITIES = {
    # what there is to apply for, and whether a letter is genuine: everybody
    "admissions.browse": {"anyone": "all"},
    # apply, follow, appeal, give back: for oneself, one's shop, one's unit
    "admissions.apply": {"resident": "own"},
    # has something to do at the desk of admissions at all
    "admissions.desk": {
        "grid_leader": "area",
        "community_clerk": "area",
        "dispatcher": "area",
        "secretary": "area",
        "administrator": "all",
    },
    # applications with their documents, and who holds what until when: those whose duty it is to check them
    "admissions.see": {
        "grid_leader": "area",
        "community_clerk": "area",
        "dispatcher": "area",
        "secretary": "area",
    },
    # appoint by list, invite, renew, withdraw
    "admissions.appoint": {"community_clerk": "area", "dispatcher": "area", "secretary": "area"},
    # write, open and close programmes
    "admissions.programmes": {"secretary": "area", "administrator": "all"},
}
