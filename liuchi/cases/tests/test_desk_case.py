"""One case at the desk: what it proposes, who may turn it, what comes back when it can't be; taking a report; the sheet."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from liuchi.cases import actions
from liuchi.cases.models import Case
from liuchi.cases.tests.helpers import (
    SPOT,
    TEN,
    WORDS,
    accepted,
    again,
    brought_to,
    by,
    dispatched,
    handled,
    report,
    verbs,
)
from liuchi.kernel.media.models import Media
from liuchi.kernel.tests import media_files
from liuchi.people import actions as people


def address(case: Case, more: str = "") -> str:
    return f"/desk/cases/{case.pk}{more}"


def suggested(case: Case, place, share: float = 0.93) -> Case:
    case.suggestions = [{"matter": str(place.wall.pk), "share": share, "because": ["外墙", "掉"]}]
    case.save(update_fields=["suggestions"])
    return case


def choice(place, case: Case, **changes: object) -> dict[str, object]:
    """The form that Enter sends."""
    form = {
        "matter": place.wall.pk, "condition": place.falling.pk, "unit": place.property.pk,
        "expect": again(case).record.version, "from": "inbox",
    }  # fmt: skip
    return form | changes


class TestWhatIsProposed:
    def test_matter_condition_unit_and_why(self, place, at_desk):
        case = suggested(report(place, WORDS), place)
        proposal = at_desk("dispatcher").get(address(case)).context["proposal"]
        assert (proposal.matter, proposal.condition, proposal.unit) == (place.wall, place.falling, place.property)
        assert proposal.why == "建议 93% · 因为“外墙”“掉”"
        assert proposal.who == "槐荫物业（协办：住建分局）"
        assert proposal.limit == "2 个紧急工作时"

    def test_the_condition_follows_the_words(self, place, at_desk):
        case = suggested(report(place, "外墙墙面有污渍"), place)
        proposal = at_desk("dispatcher").get(address(case)).context["proposal"]
        assert (proposal.condition, proposal.unit) == (place.stained, place.housing)

    def test_what_was_filed_is_not_proposed_anew(self, place, at_desk):
        case = suggested(report(place), place)
        actions.file(by(place.dispatcher), case.pk, place.lamp.pk, place.lamp.conditions.get().pk)
        proposal = at_desk("dispatcher").get(address(case)).context["proposal"]
        assert (proposal.matter, proposal.why) == (place.lamp, "")

    def test_without_a_suggestion_the_red_button_asks_for_the_matter(self, place, at_desk):
        case = report(place, "嗯")
        page = at_desk("dispatcher").get(address(case))
        assert page.context["proposal"].missing == "matter"
        assert "选择事项" in page.content.decode()

    def test_another_choice_draws_only_that_part_anew(self, place, at_desk):
        case = report(place)
        query = f"?matter={place.lamp.pk}&condition=&unit={place.property.pk}"
        part = at_desk("dispatcher").get(address(case, "/proposal") + query)
        assert part.context["proposal"].matter == place.lamp
        assert part.context["proposal"].chosen
        assert part.content.decode().count("<article") == 0

    def test_where_nobody_is_named_it_says_so(self, place, at_desk):
        case = suggested(report(place, area=place.street), place)
        proposal = at_desk("dispatcher").get(address(case)).context["proposal"]
        assert (proposal.missing, proposal.who) == ("unit", "此地尚未指定：物业")


class TestPickers:
    def test_matters_by_words_initials_and_code(self, place, at_desk):
        case = suggested(report(place), place)
        ask = at_desk("dispatcher")

        def names(query: str) -> list[str]:
            return [one["name"] for one in ask.get(address(case, f"/matters?q={query}")).json()["options"]]

        assert names("") == ["房屋外墙脱落"]
        assert names("路灯") == names("ldbl") == names("03001") == ["路灯不亮"]
        assert names("zzz") == []

    def test_conditions_with_limit_and_unit(self, place, at_desk):
        case = report(place)
        told = at_desk("dispatcher").get(address(case, f"/conditions?matter={place.wall.pk}")).json()["options"]
        assert [(one["name"], one["hint"], one["more"]) for one in told] == [
            ("有坠落物，危及行人", "2 个紧急工作时", "槐荫物业"),
            ("墙面有污渍", "5 个工作日", "住建分局"),
        ]

    def test_the_units_of_the_place_come_first(self, place, at_desk):
        case = report(place)
        told = [one["name"] for one in at_desk("dispatcher").get(address(case, "/units")).json()["options"]]
        assert told[0] == "槐荫物业"
        assert set(told) == {"槐荫物业", "住建分局", "六尺街道办事处"}


class TestTurns:
    def test_one_key_files_and_dispatches(self, place, at_desk):
        case = report(place)
        answer = at_desk("dispatcher", **{"HX-Request": "true"}).post(address(case, "/dispatch"), choice(place, case))
        assert answer.status_code == 204
        told = json.loads(answer["HX-Trigger"])
        assert told["case:turned"] == {"id": case.pk.hex, "words": "已派给槐荫物业"}
        assert again(case).state == "dispatched"
        assert verbs(case) == ["case.reported", "case.filed", "case.dispatched"]

    def test_without_a_script_the_form_leads_back_to_the_case(self, place, at_desk):
        case = report(place)
        answer = at_desk("dispatcher").post(address(case, "/dispatch"), choice(place, case))
        assert (answer.status_code, answer["Location"]) == (302, address(case))

    def test_somebody_was_faster(self, place, at_desk):
        case = report(place)
        form = choice(place, case)
        actions.add(by(None, channel="phone"), case.pk, "又掉了", by_receipt=True)
        answer = at_desk("dispatcher", **{"HX-Request": "true"}).post(address(case, "/dispatch"), form)
        assert answer.status_code == 409
        assert answer.context["refusal"]
        assert answer.context["case"].record.version == again(case).record.version
        assert again(case).state == "reported"

    def test_what_was_chosen_is_kept_when_something_is_missing(self, place, at_desk):
        case = report(place)
        form = choice(place, case, unit="", condition=place.stained.pk)
        answer = at_desk("dispatcher", **{"HX-Request": "true"}).post(address(case, "/dispatch"), form)
        assert answer.status_code == 422
        assert answer.context["proposal"].condition == place.stained

    def test_a_refusal_needs_words(self, place, at_desk):
        case = report(place)
        desk = at_desk("dispatcher", **{"HX-Request": "true"})
        assert desk.post(address(case, "/refuse"), {"words": " "}).status_code == 422
        assert desk.post(address(case, "/refuse"), {"reason": "不在本街道", "from": "inbox"}).status_code == 204
        assert again(case).reply == "不在本街道"

    def test_a_unit_accepts_and_reports_back_with_photos(self, place, at_desk):
        case = dispatched(report(place), place)
        unit = at_desk("handler")
        unit.post(address(case, "/accept"))
        photo = SimpleUploadedFile("after.jpg", media_files.encoded(), "image/jpeg")
        unit.post(address(case, "/handle"), {"words": "已清除", "outcome": "done", "photos": [photo]})
        assert (again(case).state, again(case).reply) == ("handled", "已清除")
        assert Media.objects.get(record=case.pk).kind == "photo"

    def test_what_is_no_photo_is_refused_with_a_sentence(self, place, at_desk):
        case = accepted(dispatched(report(place), place), place)
        letter = SimpleUploadedFile("after.jpg", b"dear street office", "image/jpeg")
        answer = at_desk("handler", **{"HX-Request": "true"}).post(
            address(case, "/handle"), {"words": "好", "photos": [letter]}
        )
        assert answer.status_code == 415
        assert answer.context["refusal"]
        assert again(case).state == "accepted"

    def test_checked_and_closed(self, place, at_desk):
        case = handled(accepted(dispatched(report(place), place), place), place)
        page = at_desk("dispatcher").get(address(case))
        assert page.context["reply"] == "已围挡并清除松动墙面"
        assert page.context["main"] == "check"
        at_desk("dispatcher").post(address(case, "/check"), {"expect": again(case).record.version})
        assert again(case).state == "closed"

    def test_what_was_only_checked_is_closed(self, place, at_desk):
        case = brought_to("checked", place)
        at_desk("dispatcher").post(address(case, "/check"))
        assert again(case).state == "closed"

    @pytest.mark.parametrize(
        ("role", "state", "main"),
        [
            ("dispatcher", "reported", "dispatch"),
            ("community_clerk", "filed", "dispatch"),
            ("secretary", "reported", ""),
            ("supervisor", "reported", ""),
            ("supervisor", "handled", "check"),
            ("grid_leader", "dispatched", "accept"),
            ("handler", "dispatched", "accept"),
            ("handler", "accepted", "handle"),
            ("dispatcher", "accepted", ""),
            ("dispatcher", "closed", ""),
        ],
    )
    def test_the_red_button_is_what_this_person_can_do_now(self, place, at_desk, role, state, main):
        page = at_desk(role).get(address(brought_to(state, place)))
        assert page.context["main"] == main
        assert ("data-main" in page.content.decode()) is bool(main)

    def test_there_is_no_such_turn(self, place, at_desk):
        assert at_desk("dispatcher").post(address(report(place), "/explode")).status_code == 404


class TestWhoSees:
    @pytest.mark.parametrize("more", ["", "/sheet", "/matters", "/proposal"])
    def test_another_street_does_not(self, place, at_desk, more):
        assert at_desk("stranger").get(address(report(place), more)).status_code == 404

    def test_another_street_turns_nothing(self, place, at_desk):
        case = report(place)
        assert at_desk("stranger").post(address(case, "/dispatch"), choice(place, case)).status_code == 404
        assert again(case).state == "reported"

    @pytest.mark.parametrize("role", ["secretary", "handler"])
    def test_who_only_reads_dispatches_nothing(self, place, at_desk, role):
        case = dispatched(report(place), place) if role == "handler" else report(place)
        before = again(case).state
        assert at_desk(role).post(address(case, "/dispatch"), choice(place, case)).status_code == 403
        assert again(case).state == before

    def test_what_lies_close_by_is_told_only_to_who_may_see_it(self, place, at_desk):
        now = timezone.now()
        spot = {"lon": SPOT[0], "lat": SPOT[1], "place_source": "gps"}
        first = report(place, "第一件", at=now, **spot)
        second = dispatched(report(place, "第二件", at=now, **spot), place, now)
        assert "第二件" in at_desk("dispatcher").get(address(first)).content.decode()
        assert "第一件" not in at_desk("handler").get(address(second)).content.decode()


class TestContact:
    def test_the_number_is_masked_until_asked_for_and_the_look_is_on_record(self, place, at_desk):
        case = report(place, phone="13800001234")
        desk = at_desk("dispatcher")
        assert "13800001234" not in desk.get(address(case)).content.decode()
        assert "138****1234" in desk.get(address(case)).content.decode()
        shown = desk.post(address(case, "/contact"))
        assert "138 0000 1234" in shown.content.decode()
        assert verbs(case) == ["case.reported", "case.contact_seen"]
        assert json.loads(shown["HX-Trigger"])["case:version"]["version"] == again(case).record.version

    def test_a_number_copied_to_another_case_does_not_open(self, place):
        one, other = report(place, phone="13800001234"), report(place)
        other.contact_cipher = one.contact_cipher
        with pytest.raises(Exception, match="belongs to another row"):
            actions.masked_contact(other)

    @pytest.mark.parametrize("role", ["secretary", "supervisor", "grid_leader"])
    def test_it_is_not_for_all_who_see_the_case(self, place, at_desk, role):
        case = report(place, phone="13800001234")
        assert "138****1234" not in at_desk(role).get(address(case)).content.decode()
        assert at_desk(role).post(address(case, "/contact")).status_code == 403
        assert verbs(case) == ["case.reported"]

    def test_a_known_person_sees_in_the_own_log_who_looked(self, place):
        case = report(place)
        Case.objects.filter(pk=case.pk).update(reporter=place.handler)
        people.give_consent(by(place.handler), place.handler, "call_back")
        number = actions.show_contact(by(place.dispatcher), case.pk)
        assert number.startswith("138")
        look = place.handler.looked_at.get()
        assert (look.by, look.duty, look.record_id) == (place.dispatcher, "cases.contact", case.pk)


class TestTaking:
    def form(self, **changes: str) -> dict[str, str]:
        return {
            "text": "井盖翘起来了", "place_text": "槐荫里 3 幢", "phone": "138 0000 1234", "channel": "call",
            "key": "0190b5c6-7a11-7a22-8b33-5a44c9d3e001",
        } | changes  # fmt: skip

    def test_a_call_becomes_a_report_with_a_number_to_read_out(self, place, at_desk):
        page = at_desk("dispatcher").post("/desk/take", self.form())
        case = Case.objects.get()
        assert (case.channel, case.place_words, case.reporter) == ("call", "槐荫里 3 幢", None)
        assert case.number in page.content.decode()
        assert actions.case_of_receipt("-".join(page.context["groups"])) == case.pk
        assert again(case).area == place.street

    def test_sent_twice_it_is_one(self, place, at_desk):
        desk = at_desk("dispatcher")
        first, second = desk.post("/desk/take", self.form()), desk.post("/desk/take", self.form())
        assert Case.objects.count() == 1
        assert first.context["groups"] == second.context["groups"]

    def test_what_is_wrong_is_said_and_what_was_typed_stays(self, place, at_desk):
        page = at_desk("dispatcher").post("/desk/take", self.form(phone="12"))
        assert page.status_code == 422
        assert page.context["refused"].field == "phone"
        assert "井盖翘起来了" in page.content.decode()
        assert not Case.objects.exists()

    def test_the_counter_is_remembered_for_the_next_one(self, place, at_desk):
        desk = at_desk("community_clerk")
        desk.post("/desk/take", self.form(channel="walk_in"))
        assert Case.objects.get().channel == "walk_in"
        assert desk.get("/desk/take").context["sent"]["channel"] == "walk_in"

    @pytest.mark.parametrize("role", ["handler", "secretary", "grid_worker", "resident"])
    def test_it_is_not_for_everybody(self, place, at_desk, role):
        assert at_desk(role).get("/desk/take").status_code == 403
        assert at_desk(role).post("/desk/take", self.form()).status_code == 403
        assert not Case.objects.exists()


class TestSheet:
    def test_it_says_what_a_unit_needs_and_not_who_reported(self, place, at_desk):
        case = dispatched(report(place, WORDS + "，我叫王小明", phone="13800001234"), place, TEN)
        page = at_desk("handler").get(address(case, "/sheet")).content.decode()
        for words in (
            case.number,
            "槐荫物业",
            "2 个紧急工作时",
            "已修复",
            "有坠落物，危及行人",
            "2026年11月18日 12:00",
            "<svg",
            'class="qr"',
        ):
            assert words in page
        assert "王小明" not in page
        assert "13800001234" not in page
        assert "138****1234" not in page
