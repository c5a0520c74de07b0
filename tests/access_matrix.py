"""Who comes in where: every address of the house, every role, in one's own area and in another one.

A row is (method, address, what the address is about, answers in one's own area, answers elsewhere). The two words of
answers have one sign for each role, in this order:

    A  nobody signed in       L  grid leader of community 1     S  secretary of street 1
    R  resident, the reporter C  clerk of community 1           V  supervisor of street 1
    r  rider                  D  dispatcher of street 1         X  administrator
    W  grid worker of grid 1  H  handler of unit 1

    +  comes in (a page, a form with errors, a refusal that has nothing to do with rights)
    >  is sent to the sign-in page, or, by a program's address, told 401
    -  403: the role does not do this at all, and a sentence says so
    0  404: what lies outside does not exist, or the thing is not there
    *  open to everybody, a file that may not be built yet

`own` is a thing in grid 1 of community 1 of street 1, given to unit 1 and reported by R; `other` is its like in street
2, given to unit 2, reported by somebody else. Where the address names no thing, the second word is left out. An address
without a row fails the test, and so does a row without an address.
"""

from tests.access import admissions, duties, early, interfaces, notices, places, points, publications, registers, ways
from tests.access.rows import ROLES, Row

__all__ = ["MATRIX", "ROLES", "Row"]

MATRIX = [
    #   method  address                                              about           ARrWLCDHSVX    ARrWLCDHSVX
    # The house itself, open to everybody
    Row("GET",  "healthz",                                           "",             "+++++++++++"),
    Row("GET",  "sw.js",                                             "",             "***********"),
    Row("GET",  "manifest.webmanifest",                              "",             "+++++++++++"),
    Row("POST", "language",                                          "",             "+++++++++++"),
    Row("GET",  "api/openapi.json",                                  "",             "+++++++++++"),
    Row("GET",  "api/",                                              "",             "00000000000"),
    Row("GET",  "desk/gallery",                                      "",             "+++++++++++"),
    Row("GET",  "offline",                                           "",             "+++++++++++"),
    Row("GET",  "catalogue",                                         "",             "+++++++++++"),
    # Reporting and following: no account needed; the phone's pages are shells, their data comes from the API
    Row("GET",  "messages",                                          "",             "+++++++++++"),
    Row("POST", "messages/read",                                     "",             "+++++++++++"),
    Row("GET",  "",                                                  "",             "+++++++++++"),
    Row("GET",  "report",                                            "",             "+++++++++++"),
    Row("GET",  "mine",                                              "",             "+++++++++++"),
    Row("GET",  "mine/<uuid:case>",                                  "case",         "+++++++++++", "+++++++++++"),
    Row("GET",  "r/<str:receipt>",                                   "receipt",      "+++++++++++", "+++++++++++"),
    Row("GET",  "tasks",                                             "",             "+++++++++++"),
    Row("GET",  "tasks/<uuid:case>",                                 "case",         "+++++++++++", "+++++++++++"),
    Row("GET",  "me",                                                "",             "+++++++++++"),
    Row("GET",  "map",                                               "",             "+++++++++++"),
    # The API and the outbox: JSON; a phone's writes have a token of their own
    Row("GET",  "api/cases/mine",                                    "",             "+++++++++++"),
    Row("GET",  "api/cases/tasks",                                   "",             ">++++++++++"),
    Row("POST", "api/cases/suggest",                                 "",             "+++++++++++"),
    Row("GET",  "api/cases/follow/<receipt>",                        "receipt",      "+++++++++++", "+++++++++++"),
    Row("GET",  "api/cases/<case_id>",                               "case",         "0+0+++++++0", "00000000000"),
    Row("POST", "api/home",                                          "",             "+++++++++++"),
    Row("GET",  "api/notices/mine",                                  "",             "+++++++++++"),
    Row("GET",  "api/people/me",                                     "",             "+++++++++++"),
    Row("POST", "api/territory/search",                              "",             "+++++++++++"),
    Row("POST", "api/territory/at",                                  "",             "+++++++++++"),
    Row("GET",  "api/territory/areas",                               "",             "+++++++++++"),
    Row("POST", "outbox",                                            "",             ">>>>>>>>>>>"),
    Row("POST", "outbox/media",                                      "",             ">>>>>>>>>>>"),
    Row("POST", "outbox/token",                                      "",             "+++++++++++"),
    Row("GET",  "media/<uuid:media_id>/<slug:variant>",              "media",        "0+0+++++++0", "00000000000"),
    Row("GET",  "map/base.pmtiles",                                  "",             "***********"),
    Row("GET",  "map/style.json",                                    "",             "+++++++++++"),
    # Signing in
    Row("GET",  "account/login/",                                    "",             "+++++++++++"),
    Row("GET",  "account/logout/",                                   "",             "+++++++++++"),
    Row("GET",  "account/inactive/",                                 "",             "+++++++++++"),
    Row("GET",  "account/signup/",                                   "",             "+++++++++++"),
    Row("GET",  "account/reauthenticate/",                           "",             ">++++++++++"),
    Row("GET",  "account/password/change/",                          "",             ">++++++++++"),
    Row("GET",  "account/password/forgotten/",                       "",             "+++++++++++"),
    Row("GET",  "account/2fa/",                                      "",             ">++++++++++"),
    Row("GET",  "account/2fa/authenticate/",                         "",             ">++++++++++"),
    Row("GET",  "account/2fa/reauthenticate/",                       "",             ">++++++++++"),
    Row("GET",  "account/2fa/totp/activate/",                        "",             ">++++++++++"),
    Row("GET",  "account/2fa/totp/deactivate/",                      "",             ">0000000000"),
    Row("GET",  "account/2fa/recovery-codes/",                       "",             ">0000000000"),
    Row("GET",  "account/2fa/recovery-codes/generate/",              "",             ">++++++++++"),
    Row("GET",  "account/2fa/recovery-codes/download/",              "",             ">0000000000"),
    # What is kept on oneself
    Row("GET",  "me/absence",                                        "",             ">--++++++++"),
    Row("POST", "me/absence/<int:pk>/end",                           "absence",      ">--+0000000", ">--00000000"),
    Row("GET",  "me/data",                                           "",             ">++++++++++"),
    Row("POST", "me/data/consent",                                   "",             ">++++++++++"),
    Row("GET",  "me/data/file",                                      "",             ">++++++++++"),
    Row("GET",  "me/data/erase",                                     "",             ">++++++++++"),
    # Cases at the desk
    Row("GET",  "desk/",                                             "",             ">--++++++++"),
    Row("GET",  "desk/pulse",                                        "",             ">--+++++++-"),
    Row("POST", "desk/filters",                                      "",             ">--+++++++-"),
    Row("GET",  "desk/take",                                         "",             ">---+++--+-"),
    Row("POST", "desk/take/near",                                    "",             ">---+++--+-"),
    Row("GET",  "desk/entrust",                                      "",             ">----+++++-"),
    Row("POST", "desk/entrust",                                      "",             ">------+---"),
    Row("GET",  "desk/cases/<uuid:case_id>",                         "case",         ">--+++++++-", ">--0000000-"),
    Row("GET",  "desk/cases/<uuid:case_id>/proposal",                "case",         ">----++----", ">----00----"),
    Row("POST", "desk/cases/<uuid:case_id>/contact",                 "case",         ">----+++---", ">----000---"),
    Row("GET",  "desk/cases/<uuid:case_id>/photos/<uuid:media_id>",  "case",         ">--+++++++-", ">--0000000-"),
    Row("POST", "desk/cases/<uuid:case_id>/photos/<uuid:media_id>/cover", "case",    ">----++----", ">----00----"),
    Row("GET",  "desk/cases/<uuid:case_id>/sheet",                   "case",         ">--+++++++-", ">--0000000-"),
    Row("GET",  "desk/cases/<uuid:case_id>/matters",                 "case",         ">----++----", ">----00----"),
    Row("GET",  "desk/cases/<uuid:case_id>/conditions",              "case",         ">----++----", ">----00----"),
    Row("GET",  "desk/cases/<uuid:case_id>/units",                   "case",         ">--+++++++-", ">--0000000-"),
    Row("GET",  "desk/cases/<uuid:case_id>/turns/<slug:name>",       "case add_unit", ">--00++000-", ">--0000000-"),
    Row("GET",  "desk/cases/<uuid:case_id>/turns/<slug:name>",       "case give_back", ">--++00+00-", ">--0000000-"),
    Row("GET",  "desk/cases/<uuid:case_id>/turns/<slug:name>",       "case supervise", ">--00000++-", ">--0000000-"),
    Row("POST", "desk/cases/<uuid:case_id>/motions/<uuid:motion_id>", "motion",       ">-----+--+-", ">-----0-00-"),
    Row("POST", "desk/cases/<uuid:case_id>/undo",                    "case",         ">--+++++++-", ">--0000000-"),
    Row("POST", "desk/cases/<uuid:case_id>/<slug:name>",             "case accept",  ">--++--+---", ">--0000000-"),
    Row("POST", "desk/cases/<uuid:case_id>/<slug:name>",             "case refuse",  ">----++----", ">--0000000-"),
    Row("POST", "desk/cases/<uuid:case_id>/<slug:name>",             "case check",   ">---+++--+-", ">--0000000-"),
    # The catalogue at the desk
    Row("GET",  "desk/catalogue",                                    "",             ">--++++++++"),
    Row("GET",  "desk/catalogue/new",                                "",             ">---------+"),
    Row("POST", "desk/catalogue/publish",                            "",             ">---------+"),
    Row("GET",  "desk/catalogue/units",                              "",             ">---------+"),
    Row("GET",  "desk/catalogue/<str:code>",                         "matter",       ">--++++++++", ">--++++++++"),
    Row("GET",  "desk/catalogue/<str:code>/conditions/new",          "matter",       ">---------+", ">---------+"),
    Row("GET",  "desk/catalogue/<str:code>/conditions/<int:pk>",     "condition",    ">---------+", ">---------+"),
    Row("POST", "desk/catalogue/<str:code>/conditions/<int:pk>/drop", "condition",    ">---------+", ">---------+"),
    # Areas
    Row("GET",  "desk/areas",                                        "",             ">--++++++++"),
    Row("GET",  "desk/areas/grids/new",                              "area",         ">---++----+", ">---00----+"),
    Row("GET",  "desk/areas/import",                                 "",             ">---++----+"),
    Row("GET",  "desk/areas/<int:pk>",                               "area",         ">--++++++++", ">--0000+00+"),
    Row("POST", "desk/areas/<int:pk>/change",                        "area",         ">---++----+", ">---00----+"),
    Row("POST", "desk/areas/<int:pk>/end",                           "area",         ">---++----+", ">---00----+"),
    # People, posts, units
    Row("GET",  "desk/people",                                       "",             ">---+++++++"),
    Row("GET",  "desk/people/new",                                   "",             ">---------+"),
    Row("GET",  "desk/people/forgotten",                             "",             ">----++---+"),
    Row("GET",  "desk/people/import",                                "",             ">---------+"),
    Row("POST", "desk/people/import/confirm",                        "",             ">---------+"),
    Row("GET",  "desk/people/import/template",                       "",             ">---------+"),
    Row("GET",  "desk/people/<uuid:pk>",                             "person",       ">---+++0+++", ">---000000+"),
    Row("GET",  "desk/people/<uuid:pk>/correct",                     "person",       ">---------+", ">---------+"),
    Row("GET",  "desk/people/<uuid:pk>/appoint",                     "person",       ">---------+", ">---------+"),
    Row("POST", "desk/people/<uuid:pk>/phone",                       "person",       ">----++-+++", ">----00-00+"),
    Row("POST", "desk/people/<uuid:pk>/reset",                       "person",       ">----++---+", ">---------+"),
    Row("POST", "desk/people/<uuid:pk>/login/open",                  "person",       ">---------+", ">---------+"),
    Row("POST", "desk/people/<uuid:pk>/login/close",                 "person",       ">---------+", ">---------+"),
    Row("GET",  "desk/posts/<uuid:pk>",                              "post",         ">---------+", ">---------+"),
    Row("GET",  "desk/posts/<uuid:pk>/end",                          "post",         ">---------+", ">---------+"),
    Row("GET",  "desk/posts/<uuid:pk>/absence",                      "post",         ">----++---+", ">----00---+"),
    Row("POST", "desk/absences/<int:pk>/end",                        "absence",      ">----++---+", ">----00---+"),
    Row("GET",  "desk/units",                                        "",             ">---+++++++"),
    Row("GET",  "desk/units/new",                                    "",             ">---------+"),
    Row("GET",  "desk/units/<uuid:pk>",                              "unit",         ">---------+", ">---------+"),
    Row("POST", "desk/units/<uuid:pk>/close",                        "unit",         ">---------+", ">---------+"),
    # The office's own matters
    Row("GET",  "desk/calendar",                                     "",             ">---+++++++"),
    Row("GET",  "desk/retention",                                    "",             ">---------+"),
    Row("POST", "desk/retention",                                    "",             ">---------0"),
    Row("POST", "desk/calendar",                                     "",             ">---------+"),
    # The first-run wizard; it closes with the first report, and there is one in this world
    Row("GET",  "setup",                                             "",             "+++++++++++"),
    Row("GET",  "setup/place",                                       "",             ">---------+"),
    Row("GET",  "setup/place/areas",                                 "",             ">---------+"),
    Row("GET",  "setup/map",                                         "",             ">---------+"),
    Row("GET",  "setup/map/progress",                                "",             ">---------+"),
    Row("GET",  "setup/people",                                      "",             ">---------+"),
    Row("POST", "setup/people/confirm",                              "",             ">---------+"),
    Row("GET",  "setup/catalogue",                                   "",             ">---------+"),
    Row("GET",  "setup/starters",                                    "",             ">---------+"),
    Row("GET",  "setup/worker",                                      "",             ">---------+"),
    Row("GET",  "setup/done",                                        "",             ">---------+"),
]  # fmt: skip
for app in (notices, registers, points, places, admissions, publications, duties, early, interfaces, ways):
    MATRIX += app.ROWS
