"""The pages: what each shows, to whom, and with how many queries."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from django.test import Client

from liuchi.people.access import NOBODY, actor_at
from liuchi.points import actions, events, queries
from liuchi.points.home import home
from liuchi.points.models import Entry, Gift, Reservation, RuleSet, Transfer
from liuchi.points.tests.helpers import (
    EVENT,
    TEN,
    balance,
    by,
    client,
    code,
    happened,
    last_month,
    line,
    published,
    read,
    somebody,
    thanked,
    words,
)


class TestPhone:
    def test_points_are_switched_on_and_off(self, world):
        person = world.grid_worker
        page = client(person)
        assert "I want points" in words(page.get("/points"))
        page.post("/points/switch", {"on": "1"})
        assert queries.is_on(person.pk)
        assert "Nothing has come in yet" in words(page.get("/points"))
        page.post("/points/switch", {})
        assert not queries.is_on(person.pk)

    def test_what_i_have_and_where_it_came_from(self, phone, rich, now, django_assert_max_num_queries):
        actions.reserve(by(rich.rider, now), rich.cup.pk, rich.window.pk, uuid4())
        with django_assert_max_num_queries(7):
            page = words(phone.get("/points"))
        assert "Only you see this 10 points" in page
        assert "Reserved: 保温杯" in page and "−10" in page and page.count("+5") == 4

    def test_a_line_says_which_one_it_was_to_its_owner(
        self, phone, rich, now, monkeypatch, django_assert_max_num_queries
    ):
        """The app that knows the thing says what it is called; nothing of it stands in the books."""

        def about(person, things):
            return {one: events.About("路灯不亮", f"/mine/{one}") for one in things} if person == rich.rider.pk else {}

        monkeypatch.setitem(events._events, EVENT.key, replace(EVENT, about=about))
        with django_assert_max_num_queries(7):
            page = phone.get("/points").content.decode()
        assert page.count("路灯不亮") == page.count('href="/mine/') == 4 and "做了一件好事 · " in page
        assert "路灯" not in str(list(Transfer.objects.values()))

    def test_history_goes_on_behind_a_line(self, phone, rich, now):
        for _each in range(8):
            for _turn in range(2):
                one = actions.reserve(by(rich.rider, now), rich.cup.pk, rich.window.pk, uuid4())
                actions.cancel(by(rich.rider, now), one.pk)
        first = phone.get("/points")
        assert first.context["more"]
        earlier = phone.get(f"/points?before={first.context['more']}")
        assert len(earlier.context["lines"]) == 4 + 32 - 30
        assert phone.get("/points?before=9999999999999999999").status_code == 200

    def test_from_the_shop_window_to_a_code(self, phone, rich, django_assert_max_num_queries):
        with django_assert_max_num_queries(8):
            assert "保温杯" in words(phone.get("/points/shop"))
        with django_assert_max_num_queries(9):
            page = phone.get(f"/points/shop/{rich.cup.pk}")
        assert "5 left" in words(page)
        key = re.search(r'name="key" value="([^"]+)"', page.content.decode())[1]
        told = phone.post(f"/points/shop/{rich.cup.pk}", {"window": rich.window.pk, "key": key})
        again = phone.post(f"/points/shop/{rich.cup.pk}", {"window": rich.window.pk, "key": key})
        assert told.url == again.url
        one = Reservation.objects.get()
        with django_assert_max_num_queries(6):
            page = phone.get(told.url)
        digits = code(one)
        assert f"{digits[:4]} {digits[4:]}" in words(page) and "<svg" in page.content.decode()
        phone.post(f"/points/codes/{one.pk}/cancel")
        assert balance(rich.rider) == 20
        assert "went back" in words(phone.get(told.url))

    def test_a_refusal_says_what_to_do(self, phone, rich):
        actions.change_gift(by(None, TEN, "system"), rich.cup, cost=25)
        assert "5 points are lacking" in words(phone.get(f"/points/shop/{rich.cup.pk}"))
        told = phone.post(f"/points/shop/{rich.cup.pk}", {"window": rich.window.pk, "key": uuid4()})
        assert told.status_code == 422 and "are lacking" in words(told)
        assert phone.post(f"/points/shop/{rich.cup.pk}", {"window": "x", "key": "y"}).status_code == 422

    def test_nobody_sees_the_code_of_another(self, phone, rich, now):
        one = actions.reserve(by(rich.rider, now), rich.cup.pk, rich.window.pk, uuid4())
        for other in (rich.grid_worker, rich.administrator):
            assert client(other).get(f"/points/codes/{one.pk}").status_code == 404
            assert client(other).post(f"/points/codes/{one.pk}/cancel").status_code == 404

    def test_the_rules_are_open_to_everybody(self, world, django_assert_max_num_queries):
        with django_assert_max_num_queries(4):
            page = words(Client(headers={"Accept-Language": "en"}).get("/points/rules"))
        assert str(EVENT.label) in page and "+5" in page

    def test_home(self, phone, rich, now, django_assert_num_queries):
        one = actions.reserve(by(rich.rider, now), rich.cup.pk, rich.window.pk, uuid4())
        actor = actor_at(rich.rider.pk, now)
        with django_assert_num_queries(3):
            told = home(actor)
        assert told["on"] and told["balance"] == 10 and told["url"] == "/points"
        assert told["codes"][0] | {"until": ""} == {
            "gift": "保温杯", "window": "槐荫驿站", "until": "", "url": f"/points/codes/{one.pk}",
        }  # fmt: skip
        assert home(NOBODY) == {"on": False, "balance": 0, "codes": [], "url": "/points"}


class TestWindow:
    def test_a_code_is_typed_seen_and_handed_over(self, rich, now, django_assert_max_num_queries):
        one = actions.reserve(by(rich.rider, now), rich.cup.pk, rich.window.pk, uuid4())
        keeper = client(rich.grid_worker)
        assert keeper.get("/desk/points").url == "/desk/points/window"
        with django_assert_max_num_queries(9):
            page = keeper.post("/desk/points/window", {"code": code(one), "do": "find"})
        assert "保温杯" in words(page) and rich.rider.name not in words(page)
        told = keeper.post("/desk/points/window", {"code": code(one), "do": "hand"}, follow=True)
        assert "Handed over: 保温杯" in words(told)
        told = keeper.post("/desk/points/window", {"code": code(one), "do": "hand"})
        assert told.status_code == 422 and "was used on" in words(told)
        keeper.post(f"/desk/points/window/{one.pk}/undo")
        one.refresh_from_db()
        assert one.state == "open"

    def test_a_scanned_picture_opens_it(self, rich, now):
        one = actions.reserve(by(rich.rider, now), rich.cup.pk, rich.window.pk, uuid4())
        page = client(rich.grid_worker).get(f"/desk/points/window?code={code(one)}")
        assert "保温杯" in words(page)
        one.refresh_from_db()
        assert one.state == "open"  # looking hands nothing over


class TestDesk:
    def test_sums_are_withheld_for_fewer_than_five_people(self, rich, now, django_assert_max_num_queries):
        desk = client(rich.secretary)
        page = desk.get("/desk/points")
        assert page.context["figures"].issued.withheld and " 20 " not in words(page)
        assert words(page).count("fewer than five people") >= 2
        others = [somebody() for _each in range(4)]
        happened(others, at=now)
        read()
        with django_assert_max_num_queries(12):
            page = desk.get("/desk/points")
        issued = page.context["figures"].issued
        assert (issued.withheld, issued.points, issued.times) == (False, 40, 8)
        assert page.context["outstanding"] == 50  # 40 of it, roughly
        assert desk.get("/desk/points?month=x").status_code == 200

    def test_a_withheld_line_is_not_found_from_the_gifts_beside_the_windows(self, rich, now):
        """Eight pieces in all, three at the far window: whoever knows the total and one window knows the other."""
        at = now
        people = [somebody(f"示例{number}") for number in range(7)]
        actions.stock_in(by(None, at, "system"), rich.far, rich.cup, 9)
        for person in people:
            thanked(person, 3, at)
        for number, person in enumerate([*people, rich.rider]):
            window = rich.far if number < 3 else rich.window
            one = actions.reserve(by(person, at), rich.cup.pk, window.pk, uuid4())
            actions.hand_over(by(rich.administrator, now), code(one))
        page = client(rich.administrator).get("/desk/points")
        found = page.context["figures"]
        assert (found.redeemed.withheld, found.redeemed.times) == (False, 8)
        assert [(one.label, one.withheld) for one in found.by_gift] == [("保温杯", False)]
        assert [one.withheld for one in found.by_window] == [True, True]  # the one of five people, too
        assert words(page).count("withheld") >= 2
        assert [one["points"] for one in found.as_dict()["by_window"]] == [None, None]

    def test_no_page_of_the_desk_knows_a_balance(self, rich, now):
        actions.reserve(by(rich.rider, now), rich.cup.pk, rich.window.pk, uuid4())
        admin = client(rich.administrator)
        for address in ("", "/window", "/windows", f"/windows/{rich.window.pk}", "/gifts", "/rules"):
            page = words(admin.get(f"/desk/points{address}"))
            assert rich.rider.name not in page, address

    def test_rules_are_drawn_up_tried_and_published(self, rich, now):
        happened([rich.rider], at=last_month(now))
        admin = client(rich.administrator)
        admin.post("/desk/points/rules/draft", {"do": "new"})
        typed = {f"points-{EVENT.key}": "6", f"cap-{EVENT.key}": "3", "day_cap": "15", "days": "30"}
        told = admin.post("/desk/points/rules/draft", {**typed, "do": "save"})
        assert told.status_code == 422 and "less than one thanks" in words(told)
        told = admin.post("/desk/points/rules/draft", {**typed, f"cap-{EVENT.key}": "x", "do": "save"})
        assert "write a number" in words(told)
        publish = {"do": "publish", "valid_from": now.date().isoformat()}
        typed[f"cap-{EVENT.key}"] = "12"
        admin.post("/desk/points/rules/draft", {**typed, "do": "save"})
        assert "Try the rules first" in words(admin.post("/desk/points/rules/draft", publish))
        for days in ("29", "31", "366"):  # of two such one would know a day of somebody
            told = admin.post("/desk/points/rules/draft", {**typed, "days": days, "do": "try"})
            assert told.status_code == 422 and not RuleSet.objects.get(state="draft").trial
        admin.post("/desk/points/rules/draft", {**typed, "do": "try"})
        draft = RuleSet.objects.get(state="draft")
        assert draft.trial["events"][""] == {"times": 0, "now": 0, "draft": 0}  # a sum would give the withheld one away
        assert draft.trial["events"][EVENT.key] == {"times": None, "now": None, "draft": None}
        assert "few" in words(admin.get("/desk/points/rules/draft"))
        from liuchi.points.rules import local_day

        told = admin.post("/desk/points/rules/draft", {**publish, "valid_from": local_day(now).isoformat()})
        assert told.status_code == 302
        assert "In force" in words(admin.get("/desk/points/rules"))
        assert client(rich.secretary).get("/desk/points/rules/draft").status_code == 403

    def test_a_trial_counts_what_the_reader_gives(self, world, now):
        others, past = [somebody() for _each in range(5)], last_month(now)
        for _each in range(4):
            happened([world.rider], at=past)
        for _each in range(3):
            happened(others, at=past)
        happened(others, at=now)  # of this month, which is not over
        ctx = by(None, now, "system")
        draft = actions.draft_rules(ctx)
        actions.change_rules(ctx, draft, day_cap=8, lines=[line(EVENT.key, 5)])
        actions.try_rules(ctx, draft)
        counts = draft.trial["events"][EVENT.key]
        assert counts == {"times": 4 + 15, "now": 20 + 5 * 15, "draft": 6 * 8}
        shown = words(client(world.administrator).get("/desk/points/rules/draft"))
        assert "19 95 48 −47" in shown
        actions.drop_draft(ctx, draft)
        published(ctx, [line(EVENT.key, 5)], day_cap=8)
        for _each in range(2):
            happened(others, at=now)
        read()
        assert [balance(one) for one in others] == [15 + 8] * 5

    def test_two_trials_are_not_subtracted_to_show_few(self, world, now):
        others, past = [somebody() for _each in range(5)], last_month(now)
        for _each in range(3):
            happened(others, at=past)
        late = somebody(on=False)
        happened([late], at=past)
        happened([world.rider], at=past - timedelta(days=20))
        ctx = by(None, now, "system")

        def tried(points: int, days: int, cap: int = 20) -> dict:
            draft = actions.draft_rules(ctx)
            actions.change_rules(ctx, draft, day_cap=cap, lines=[line(EVENT.key, points)])
            return actions.try_rules(ctx, draft, days).trial["events"][EVENT.key]

        assert tried(6, 7) == {"times": 15, "now": 75, "draft": 90}
        assert tried(6, 30) == {"times": None, "now": None, "draft": None}  # the rider's own 1, 5 and 6
        assert tried(6, 7) == {"times": 15, "now": 75, "draft": 90}  # the same says the same
        actions.drop_draft(ctx, actions.draft_rules(ctx))
        assert tried(6, 90)["times"] is None  # another draft as well
        soon = now + timedelta(minutes=1)
        actions.switch_on(by(late, soon), late)  # whoever joins between two trials is not told by them either
        ctx = by(None, soon, "system")
        assert tried(6, 7) == {"times": None, "now": None, "draft": None}

    def test_gifts_and_windows_are_made_and_changed(self, rich):
        desk = client(rich.dispatcher)
        told = desk.post("/desk/points/gifts/new", {"name": "手套", "kind": "gift", "cost": "8", "open": "on"})
        assert told.status_code == 302
        told = desk.post("/desk/points/gifts/new", {"name": "手套", "kind": "gift", "cost": "8"})
        assert told.status_code == 422 and "already one" in words(told)
        glove = Gift.objects.get(name="手套")
        desk.post(f"/desk/points/gifts/{glove.pk}", {"name": "手套", "kind": "gift", "cost": "9"})
        glove.refresh_from_db()
        assert (glove.cost, glove.open) == (9, False)
        told = desk.post(
            "/desk/points/windows/new", {"name": "新窗口", "area": "槐荫社区", "keep_days": "5", "open": "on"}
        )
        address = told.url
        assert "Nothing has come here yet" in words(desk.get(address))
        desk.post(f"{address}/stock", {"gift": glove.pk, "pieces": "12"})
        assert "12" in words(desk.get(address))
        desk.post(f"{address}/stock", {"gift": rich.cup.pk, "pieces": "3"})
        typed = {f"counted-{glove.pk}": "10", f"reason-{glove.pk}": "", f"counted-{rich.cup.pk}": "3"}
        told = desk.post(f"{address}/count", typed)
        assert told.status_code == 422 and "choose why" in words(told) and "Nothing is booked yet" in words(told)
        assert 'value="10"' in told.content.decode() and 'value="3"' in told.content.decode()
        assert Entry.objects.filter(account__kind="counted").count() == 0
        told = desk.post(f"{address}/count", {**typed, f"counted-{glove.pk}": "ten", f"reason-{glove.pk}": "broken"})
        assert "Please write the number" in words(told) and 'value="ten"' in told.content.decode()
        told = desk.post(f"{address}/count", {**typed, f"reason-{glove.pk}": "broken"}, follow=True)
        assert "2 gifts counted, 1 differs from the books" in words(told)
        assert Entry.objects.get(account__kind="counted").amount == 2
        assert "Nothing was typed" in words(desk.post(f"{address}/count", {}, follow=True))
        assert "svg" in desk.get(f"{address}/sheet").content.decode()
        told = desk.post(f"{address}/change", {"name": "新窗口", "area": "河东街道", "keep_days": "5"})
        assert told.status_code == 422 and "does not reach" in words(told)

    def test_a_picture_of_a_gift_is_open_to_everybody(self, rich):
        from django.core.files.uploadedfile import SimpleUploadedFile

        from liuchi.kernel.media.preparing import prepare
        from liuchi.kernel.tests.media_files import encoded

        desk = client(rich.dispatcher)
        file = SimpleUploadedFile("cup.jpg", encoded(), "image/jpeg")
        told = desk.post(
            f"/desk/points/gifts/{rich.cup.pk}",
            {"name": "保温杯", "kind": "gift", "cost": "10", "open": "on", "picture": file},
        )
        assert told.status_code == 302
        media = rich.cup.record.media.get()
        prepare(media.pk)
        assert Client().get(f"/media/{media.pk}/shown").status_code == 200
        bad = SimpleUploadedFile("cup.jpg", b"no picture at all", "image/jpeg")
        told = desk.post(
            f"/desk/points/gifts/{rich.cup.pk}",
            {"name": "保温杯", "kind": "gift", "cost": "10", "open": "on", "picture": bad},
        )
        assert told.status_code == 422 and "not a photo" in words(told)
