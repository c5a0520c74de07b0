"""The addresses of notices in the access matrix."""

from tests.access.rows import Row

ROWS: list[Row] = [
    #   method  address                                              about           ARrWLCDHSVX    ARrWLCDHSVX
    # How one wants to be told: everybody for themselves
    Row("GET",  "me/notices",                                        "",             ">++++++++++"),
    Row("POST", "me/notices/browser",                                "",             ">++++++++++"),
    Row("GET",  "me/notices/mail",                                   "",             ">++++++++++"),
    Row("GET",  "me/notices/sms",                                    "",             ">++++++++++"),
]  # fmt: skip
