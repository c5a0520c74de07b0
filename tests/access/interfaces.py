"""The addresses of open interfaces in the access matrix, and the things that they are about. Programs come with a key; who is
signed in in a browser is nobody there."""

from types import SimpleNamespace
from typing import Any

from liuchi.kernel.context import Context
from liuchi.kernel.hooks import actions as hooks
from liuchi.people.models import Post
from liuchi.people.tokens.actions import make_token
from tests.access.rows import Row

ROWS: list[Row] = [
    #   method  address                                              about           ARrWLCDHSVX    ARrWLCDHSVX
    # Open311: open to everybody; who reports brings a key
    Row("GET",  "open311/discovery.<slug:form>",                     "form",         "+++++++++++", "+++++++++++"),
    Row("GET",  "open311/v2/discovery.<slug:form>",                  "form",         "+++++++++++", "+++++++++++"),
    Row("GET",  "open311/v2/services.<slug:form>",                   "form",         "+++++++++++", "+++++++++++"),
    Row("GET",  "open311/v2/services/<str:code>.<slug:form>",        "form",         "+++++++++++", "+++++++++++"),
    Row("GET",  "open311/v2/requests.<slug:form>",                   "form",         "+++++++++++", "+++++++++++"),
    Row("POST", "open311/v2/requests.<slug:form>",                   "form",         "-----------", "-----------"),
    Row("GET",  "open311/v2/requests/<str:number>.<slug:form>",      "case",         "00000000000", "00000000000"),
    Row("GET",  "open311/v2/tokens/<str:token>.<slug:form>",         "receipt",      "+++++++++++", "+++++++++++"),
    Row("GET",  "desk/keys",                                         "",             ">---------+"),
    Row("GET",  "desk/keys/new",                                     "",             ">---------+"),
    Row("POST", "desk/keys/<uuid:pk>/revoke",                        "api_token",    ">---------+", ">---------+"),
    Row("GET",  "desk/hooks",                                        "",             ">---------+"),
    Row("GET",  "desk/hooks/new",                                    "",             ">---------+"),
    Row("GET",  "desk/hooks/<uuid:pk>",                              "hook",         ">---------+", ">---------+"),
    Row("POST", "desk/hooks/<uuid:pk>/<slug:turn>",                  "hook",         ">---------+", ">---------+"),
    Row("GET",  "developers",                                        "",             "+++++++++++"),
    Row("GET",  "api/v1/openapi.json",                               "",             "+++++++++++"),
    Row("GET",  "api/v1/",                                           "",             "00000000000"),
    Row("GET",  "api/v1/me",                                         "",             ">>>>>>>>>>>"),
    Row("GET",  "api/v1/areas",                                      "",             ">>>>>>>>>>>"),
    Row("GET",  "api/v1/catalogue",                                  "",             ">>>>>>>>>>>"),
    Row("GET",  "api/v1/events",                                     "",             ">>>>>>>>>>>"),
    Row("GET",  "api/v1/cases",                                      "",             ">>>>>>>>>>>"),
    Row("GET",  "api/v1/cases/<case_id>",                       "case",         ">>>>>>>>>>>", ">>>>>>>>>>>"),
    Row("POST", "api/v1/cases/<case_id>/contact",               "case",         ">>>>>>>>>>>", ">>>>>>>>>>>"),
    Row("POST", "api/v1/cases/<case_id>/accept",                "case",         ">>>>>>>>>>>", ">>>>>>>>>>>"),
    Row("POST", "api/v1/cases/<case_id>/handle",                "case",         ">>>>>>>>>>>", ">>>>>>>>>>>"),
]  # fmt: skip


def things(ctx: Context, side: SimpleNamespace) -> dict[str, Any]:
    """One of each kind that an address can be about; side: area, unit, reporter of this side of the river."""
    post = Post.objects.filter(area=side.area, ends=None).first() or Post.objects.filter(role="administrator").first()
    assert post is not None
    day = max(ctx.at.date(), post.begins)
    token, _secret = make_token(ctx, name="平台", post=post, scopes=["cases.read"], ends=day)
    hook, _secret = hooks.set_up(ctx, name="平台", url="https://example.org/events", verbs=["case.closed"])
    return {"api_token": token.pk, "hook": hook.pk}
