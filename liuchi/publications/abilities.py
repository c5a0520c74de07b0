"""Who may do what with leaflets, lessons, lectures and the list of services; read by people.access through kernel.access."""

ABILITIES = {
    # read lessons, lectures, leaflets and the list, try a quiz, send in a question and vote: everybody, signed in or not
    "publications.read": {"anyone": "all"},
    # sign that one has learnt a lesson, hand out what one was given
    "publications.learn": {"resident": "own"},
    # see drafts, batches and figures at the desk
    "publications.see": {
        "grid_leader": "area",
        "community_clerk": "area",
        "dispatcher": "area",
        "secretary": "area",
        "supervisor": "area",
    },
    # write and end leaflets, lessons, lectures and lines of the list; give out batches; note what was taught
    "publications.edit": {"community_clerk": "area", "dispatcher": "area"},
    # lead a live lecture: show, hide and answer questions
    "publications.host": {"community_clerk": "area", "dispatcher": "area", "secretary": "area"},
}
