"""The addresses of admissions in the access matrix, and the things that they are about."""

from types import SimpleNamespace
from typing import Any

from liuchi.admissions import actions, rules
from liuchi.admissions.actions.inviting import code_on
from liuchi.admissions.actions.letters import code_of
from liuchi.admissions.models import Admission
from liuchi.kernel.context import Context
from liuchi.territory.models import Area
from tests.access.rows import Row

ROWS: list[Row] = [
    # method  address                                                       about                 ARrWLCDHSVX    ARrWLCDHSVX
    # Everybody: what there is, and whether a letter is genuine
    Row("GET",  "admissions",                                               "",                   "+++++++++++"),
    Row("GET",  "admissions/<slug:key>",                                    "programme_key",      "+++++++++++", "+++++++++++"),
    Row("GET",  "v/<str:letter>",                                             "letter_code",        "+++++++++++", "+++++++++++"),
    Row("GET",  "i/<str:invitation>",                                             "invitation_code",    "+++++++++++", "+++++++++++"),
    # For oneself
    Row("POST", "i/<str:invitation>/take",                                        "invitation_code",    ">++++++++++", ">++++++++++"),
    Row("GET",  "admissions/<slug:key>/apply",                              "programme_key",      ">++++++++++", ">++++++++++"),
    Row("GET",  "admissions/applications/<uuid:pk>",                        "application",        ">+000000000", ">0000000000"),
    Row("POST", "admissions/applications/<uuid:pk>/appeal",                 "application",        ">+000000000", ">0000000000"),
    Row("POST", "admissions/applications/<uuid:pk>/cancel",                 "application",        ">+000000000", ">0000000000"),
    Row("GET",  "admissions/mine/<uuid:pk>",                                "admission",          ">+000000000", ">0000000000"),
    Row("GET",  "admissions/mine/<uuid:pk>/letter.pdf",                     "admission",          ">+000000000", ">0000000000"),
    Row("POST", "admissions/mine/<uuid:pk>/give-back",                      "admission",          ">+000000000", ">0000000000"),
    Row("POST", "admissions/mine/<uuid:pk>/renew",                          "admission",          ">+000000000", ">0000000000"),
    # Those whose duty it is to check
    Row("GET",  "desk/admissions",                                          "",                   ">---+++-+-+"),
    Row("GET",  "desk/admissions/applications/<uuid:pk>",                   "application",        ">---+++-+--", ">---000-0--"),
    Row("POST", "desk/admissions/applications/<uuid:pk>/phone/<slug:name>",  "application phone",  ">----+-----", ">---000-0--"),
    Row("POST", "desk/admissions/applications/<uuid:pk>/<slug:name>",       "application approve", ">----+-----", ">---000-0--"),
    Row("GET",  "desk/admissions/holders",                                  "",                   ">---+++-+--"),
    Row("POST", "desk/admissions/holders/letters",                          "",                   ">---+++-+--"),
    Row("GET",  "desk/admissions/holders/<uuid:pk>",                        "admission",          ">---+++-+--", ">---000-0--"),
    Row("POST", "desk/admissions/holders/<uuid:pk>/withdraw",               "admission",          ">----++-+--", ">----00-0--"),
    Row("POST", "desk/admissions/holders/<uuid:pk>/renew",                  "admission",          ">----++-+--", ">----00-0--"),
    # Programmes
    Row("GET",  "desk/admissions/programmes",                               "",                   ">-------+-+"),
    Row("GET",  "desk/admissions/programmes/new",                           "",                   ">-------+-+"),
    Row("GET",  "desk/admissions/programmes/<uuid:pk>",                     "programme",          ">-------+-+", ">-------0-+"),
    Row("GET",  "desk/admissions/programmes/<uuid:pk>/preview",             "programme",          ">-------+-+", ">-------0-+"),
    Row("POST", "desk/admissions/programmes/<uuid:pk>/close",               "programme",          ">-------+-+", ">-------0-+"),
    Row("GET",  "desk/admissions/programmes/<uuid:pk>/appoint",             "programme",          ">----++-+--", ">----00-0--"),
    Row("GET",  "desk/admissions/programmes/<uuid:pk>/invite",              "programme",          ">----++-+--", ">----00-0--"),
    Row("GET",  "desk/admissions/invitations/<int:pk>",                     "invitation",         ">----++-+--", ">----00-0--"),
    Row("POST", "desk/admissions/invitations/<int:pk>/end",                 "invitation",         ">----++-+--", ">----00-0--"),
]  # fmt: skip

SAID = {
    "about": "自愿参加。",
    "fields": [{"key": "phone", "label": "电话", "kind": "phone"}],
    "checks": [{"role": "community_clerk"}],
    "appeal_role": "secretary",
    "titles": ["治理观察员", "政策宣传员"],
    "letter_heading": "聘书",
    "letter_words": "兹聘请{name}为{title}。",
    "months": 12,
    "grounds": ["离开本片区"],
}


def things(ctx: Context, side: SimpleNamespace) -> dict[str, Any]:
    """One of each kind that an address can be about; side: area, unit, reporter of this side of the river."""
    community = Area.objects.get(pk=side.area.parent_id)
    street = Area.objects.get(pk=community.parent_id)
    said = rules.read(SAID | {"letter_mark": f"聘{street.pk}"})
    programme = actions.make(ctx, name=f"观察员{street.name}", area=street, key=f"observer-{street.pk}", said=said)
    actions.open_(ctx, programme.pk)
    mine = {"area": community, "title": "治理观察员"}
    draft = actions.save(ctx, programme.pk, side.reporter, {"phone": "13700000000"}, **mine)
    done = actions.approve(ctx, actions.send(ctx, draft.pk).pk)
    held = Admission.objects.get(application=done)
    mine["title"] = "政策宣传员"
    waits = actions.send(ctx, actions.save(ctx, programme.pk, side.reporter, {"phone": "13700000000"}, **mine).pk)
    invited = actions.make_code(ctx, programme.pk, area=community)
    return {
        "invitation": invited.pk,
        "invitation_code": code_on(invited),
        "programme": programme.pk,
        "programme_key": programme.key,
        "application": waits.pk,
        "admission": held.pk,
        "letter_code": code_of(held.letters.get()),
    }
