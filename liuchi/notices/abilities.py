"""Who may do what with what goes out."""

ABILITIES = {
    # see what could not be sent, and send it again
    "notices.mail": {"administrator": "all"},
    # text messages, robots of groups, the words of notices
    "notices.set_up": {"administrator": "all"},
}
