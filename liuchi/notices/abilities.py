"""Who may do what with what goes out."""

ABILITIES = {"notices.mail": {"administrator": "all"}}  # see mail that could not be sent, and send it again
