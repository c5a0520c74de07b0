"""A chat pasted at the desk: drafts, changed by the clerk, sent one by one, once, and gone after a day."""

import io
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from liuchi.cases.models import Case, ChatDraft, ChatLine, ChatPaste
from liuchi.cases.pasting import actions, stored, sweeping
from liuchi.cases.tests.helpers import SPOT, TEN, Place, by
from liuchi.kernel.context import CHINA
from liuchi.kernel.errors import Refused
from liuchi.kernel.media.models import Media
from liuchi.kernel.records import actions as records
from liuchi.kernel.tests.media_files import encoded
from liuchi.people.actions import end_post, erase_person
from liuchi.territory.models import Place as Spot
from liuchi.territory.spelling import spell
from liuchi.territory.stamps import touch

CHAT = """张三 2026/11/18 08:12
槐荫里3号楼外墙掉了一块，电话13800001234

李四 2026/11/18 08:13
我家也是

王五 2026/11/18 08:20
垃圾没人收
"""


@pytest.fixture
def spot(place: Place) -> Spot:
    pinyin, initials = spell("槐荫里3幢")
    made = Spot.objects.create(
        record=records.create("place", place.grid.pk), kind="building", label="槐荫里3幢", number="3幢", area=place.grid,
        lon=SPOT[0], lat=SPOT[1], pinyin=pinyin, initials=initials,
    )  # fmt: skip
    touch("places")
    return made


def drafts(place: Place) -> list[ChatDraft]:
    return list(ChatDraft.objects.filter(paste__person=place.dispatcher).order_by("order"))


def contents(place: Place) -> list[stored.Content]:
    return [stored.content_of(draft) for draft in drafts(place)]


def paste(place: Place, text: str = CHAT, **more: object) -> ChatPaste:
    return actions.paste(by(place.dispatcher), text, **more)  # type: ignore[arg-type]


def test_place_phone_matter_and_time_are_found_in_the_words(place: Place, spot: Spot) -> None:
    paste(place)
    wall, bin_ = contents(place)
    assert wall.place_id == str(spot.pk)
    assert wall.phone == "13800001234"
    assert wall.matter == str(place.wall.pk)
    assert wall.joined == ["李四"]
    assert wall.moment == datetime(2026, 11, 18, 8, 12, tzinfo=CHINA)
    assert (bin_.words, bin_.place_id) == ("垃圾没人收", "")


def test_the_compound_may_stand_in_how_somebody_is_called(place: Place, spot: Spot) -> None:
    pinyin, initials = spell("槐荫里")
    Spot.objects.create(
        record=records.create("place", place.grid.pk), kind="compound", label="槐荫里", area=place.grid, lon=SPOT[0], lat=SPOT[1],
        pinyin=pinyin, initials=initials,
    )  # fmt: skip
    touch("places")
    paste(place, "槐荫里-小丽:\n3栋楼道灯坏了\n\n槐荫里-老周:\n井盖没了")
    assert [one.place_text for one in contents(place)] == ["槐荫里3幢", "槐荫里"]


def test_nothing_is_sent_before_the_clerk_says_so_and_then_once(place: Place, spot: Spot) -> None:
    paste(place)
    assert not Case.objects.exists()
    first = drafts(place)[0].pk
    case = actions.send(by(place.dispatcher), first)
    assert (case.channel, case.place_id, case.matter_id) == ("wechat", spot.pk, place.wall.pk)
    assert case.reported_at == datetime(2026, 11, 18, 8, 12, tzinfo=CHINA)
    assert case.step_from is not None and case.step_from >= TEN  # the office has it only now
    assert "另有 1 人说也是这样" in case.text
    assert "13800001234" not in case.masked
    assert "张三" not in case.text
    with pytest.raises(Refused) as refused:
        actions.send(by(place.dispatcher), first)
    assert refused.value.code == "no_draft"
    assert Case.objects.count() == 1


def test_killed_between_the_request_and_the_end_of_the_draft_it_is_still_one(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    paste(place)
    first = drafts(place)[0].pk
    monkeypatch.setattr(ChatDraft, "delete", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.send(by(place.dispatcher), first)
    monkeypatch.undo()
    case = actions.send(by(place.dispatcher), first)
    assert Case.objects.get() == case


def test_the_same_chat_a_second_time_is_noticed(place: Place) -> None:
    paste(place)
    again = paste(place, CHAT + "\n赵六 2026/11/18 08:30\n井盖没了\n")
    assert [one.why for one in stored.left_of(again)] == ["open", "joined", "open"]
    assert [one.words for one in contents(place)] == [
        "槐荫里3号楼外墙掉了一块，电话13800001234",
        "垃圾没人收",
        "井盖没了",
    ]
    case = actions.send(by(place.dispatcher), drafts(place)[0].pk)
    third = paste(place)
    assert next((one.why, one.number) for one in stored.left_of(third)) == ("taken", case.number)


def test_a_colleague_who_pastes_the_same_is_told(place: Place) -> None:
    paste(place)
    held = actions.paste(by(place.community_clerk), CHAT)
    assert not held.drafts.exists()
    one = actions.take_after_all(by(place.community_clerk), held.pk, 0)  # on purpose
    assert actions.send(by(place.community_clerk), one)


def test_merged_and_split_nothing_is_lost(place: Place) -> None:
    paste(place)
    ctx = by(place.dispatcher)
    wall, bin_ = drafts(place)
    actions.merge(ctx, bin_.pk)
    [one] = contents(place)
    assert one.words == "槐荫里3号楼外墙掉了一块，电话13800001234\n垃圾没人收"
    actions.split(ctx, wall.pk, one.words.index("垃圾"))
    first, second = contents(place)
    assert (first.words, second.words) == ("槐荫里3号楼外墙掉了一块，电话13800001234", "垃圾没人收")
    assert (first.speakers, second.speakers) == (["张三"], ["王五"])
    assert second.moment == datetime(2026, 11, 18, 8, 20, tzinfo=CHINA)
    with pytest.raises(Refused):
        actions.merge(ctx, wall.pk)
    with pytest.raises(Refused):
        actions.split(ctx, drafts(place)[1].pk, 0)


def test_nobody_else_touches_a_draft(place: Place) -> None:
    paste(place)
    pk = drafts(place)[0].pk
    for act in (actions.send, actions.drop, actions.merge):
        with pytest.raises(Refused) as refused:
            act(by(place.community_clerk), pk)
        assert refused.value.status == 404
    with pytest.raises(Refused) as refused:
        paste_as = by(place.handler)
        actions.paste(paste_as, CHAT)
    assert refused.value.status == 403


def test_what_nobody_sends_is_gone_after_a_day_with_its_pictures(place: Place, settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.MEDIA_FOLDER = tmp_path
    paste(place)
    draft = drafts(place)[0].pk
    file = SimpleUploadedFile("a.jpg", encoded(), "image/jpeg")
    assert actions.add_pictures(by(place.dispatcher), draft, [file]) == 1
    sweeping.sweep(TEN + timedelta(hours=23))
    assert ChatDraft.objects.count() == 2
    sweeping.sweep(TEN + timedelta(hours=25))
    assert not ChatPaste.objects.exists()
    assert not ChatLine.objects.exists()
    assert not Media.objects.exists()
    paste(place)  # and it may come again
    assert len(drafts(place)) == 2


def test_thrown_away_it_may_come_again(place: Place) -> None:
    paste(place)
    for draft in drafts(place):
        actions.drop(by(place.dispatcher), draft.pk)
    assert len(drafts(place)) == 0
    paste(place)
    assert len(drafts(place)) == 2


def test_nothing_pasted_lies_open_in_the_tables(place: Place) -> None:
    paste(place)
    for table in (ChatDraft, ChatPaste):
        for row in table.objects.all():
            assert "张三".encode() not in bytes(row.content)
            assert "槐荫里".encode() not in bytes(row.content)


def test_with_the_clerk_go_the_drafts(place: Place) -> None:
    paste(place)
    ctx = by(place.administrator)
    end_post(ctx, place.dispatcher.posts.get())
    erase_person(ctx, place.dispatcher)
    assert not ChatPaste.objects.exists()


@pytest.fixture
def desk(place: Place) -> Client:
    client = Client()
    client.force_login(place.dispatcher.login)
    return client


def test_the_page_shows_drafts_and_what_is_in_none(
    place: Place, spot: Spot, desk: Client, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    told = desk.post("/desk/paste", {"text": CHAT, "names": "网格小敏"}, follow=True)
    shown = told.content.decode()
    assert "另有 1 人说也是这样" in shown
    assert "“我家也是”：已计数" in shown
    assert "槐荫社区" not in told.context["drafts"][0]["area"]
    with django_assert_max_num_queries(14):
        desk.get("/desk/paste")
    pk = drafts(place)[0].pk
    sent = {
        "do": "send",
        "words": "外墙掉了",
        "place_text": "东门口",
        "place_id": "",
        "phone": "",
        "matter": "",
        "at": "2026-11-18T08:00",
    }
    told = desk.post(f"/desk/paste/{pk}", sent, follow=True)
    case = Case.objects.get()
    assert case.text.startswith("外墙掉了\n")
    assert (case.place_words, case.contact_cipher, case.matter_id) == ("东门口", None, None)
    assert f"已收到，编号 {case.number}" in told.content.decode()


def test_what_is_refused_keeps_what_was_typed(place: Place, desk: Client) -> None:
    desk.post("/desk/paste", {"text": CHAT})
    pk = drafts(place)[0].pk
    told = desk.post(f"/desk/paste/{pk}", {"do": "send", "words": "外墙", "phone": "123"}, follow=True)
    assert "电话" in told.content.decode()
    assert contents(place)[0].words == "外墙"
    assert contents(place)[0].phone == "123"
    assert not Case.objects.exists()


def test_pictures_of_the_clipboard_go_into_the_request(place: Place, desk: Client, settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.MEDIA_FOLDER = tmp_path
    files = [io.BytesIO(encoded(kind=kind)) for kind in ("JPEG", "PNG")]
    for file in files:
        file.name = "picture.png"
    assert desk.post("/desk/paste", {"pictures": files[0]}, follow=True).status_code == 200
    [draft] = drafts(place)
    assert desk.post(f"/desk/paste/{draft.pk}/pictures", {"pictures": files[1]}).json() == {"pictures": 2}
    desk.post(f"/desk/paste/{draft.pk}", {"do": "send", "words": "看图"})
    assert Media.objects.filter(record_id=Case.objects.get().pk).count() == 2


def test_broken_addresses_change_nothing(place: Place, desk: Client) -> None:
    for address in (f"/desk/paste/{uuid4()}", f"/desk/paste/{uuid4()}/0"):
        for do in ("drop", "send", "merge", "nonsense"):
            assert "这条草稿已不在" in desk.post(address, {"do": do}, follow=True).content.decode()
    assert desk.post("/desk/paste", {"text": "  "}).status_code == 422
    assert desk.post("/desk/paste", {"text": "长" * 70_000}).status_code == 422
