"""The pages of lessons, lectures and leaflets: what each says, to whom, and how few queries it takes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from liuchi.kernel.tests import media_files as make
from liuchi.people.access import NOBODY, actor_at
from liuchi.people.actions.groups import register_worker
from liuchi.publications.actions import counting, lectures, lessons
from liuchi.publications.home import home
from liuchi.publications.models import Count, Done, Lesson, Question
from liuchi.publications.queries import lectures as reading
from liuchi.publications.queries.lessons import numbers
from liuchi.publications.tests.conftest import BLOCKS, QUESTIONS, a_lecture, a_lesson, context

RIGHT = {"version": "1", "q0": "0", "q1": "1", "q2": ["0", "2"]}


def signed_in(house, role: str) -> Client:
    client = Client()
    client.force_login(house.place.person(role).login)
    return client


class TestLessons:
    def test_a_lesson_is_read_without_sign_in_and_counted_once_a_device(self, house):
        client = Client()
        for _time in range(3):
            assert "戴好头盔，扣紧卡扣。" in client.get(f"/x/{house.lesson.code}").content.decode()
        Client().get(f"/x/{house.lesson.code}")
        Client().head(f"/x/{house.lesson.code}")
        assert Count.objects.get(what="read").count == 2

    def test_a_draft_is_nobodys_page(self, house):
        lesson = lessons.write_lesson(context(house.place, "dispatcher"), title="草稿", area=house.place.community)
        assert Client().get(f"/x/{lesson.code}").status_code == 404
        assert Client().get("/x/none").status_code == 404

    def test_wrong_answers_are_explained_and_right_ones_kept_once(self, house):
        client, url = signed_in(house, "rider"), f"/x/{house.lesson.code}/quiz"
        wrong = client.post(url, {"version": "1", "q0": "2", "q1": "1", "q2": "0"}).content.decode()
        assert "差一点，再看看。" in wrong and "因为这样安全。" in wrong and not Done.objects.exists()
        assert "三题全对，真不错！" in client.post(url, RIGHT).content.decode()
        assert "只计一次" in client.post(url, RIGHT).content.decode()
        assert Done.objects.count() == 1

    def test_without_sign_in_passing_is_a_number(self, house):
        client = Client()
        for _time in range(2):
            assert "请先登录" in client.post(f"/x/{house.lesson.code}/quiz", RIGHT).content.decode()
        assert numbers([house.lesson.pk])[house.lesson.pk]["passed"] == 1 and not Done.objects.exists()

    def test_a_form_that_says_nonsense_is_a_wrong_answer(self, house):
        url = f"/x/{house.lesson.code}/quiz"
        assert Client().post(url, {"q0": ["x", "9" * 30], "version": "x"}).status_code == 200
        assert Client().post(url, {**RIGHT, "version": "7"}).status_code == 409

    def test_signing_shows_the_day_to_the_person(self, house):
        lesson = a_lesson(house.place, "要签收的课", needs_sign_off=True)
        client = signed_in(house, "rider")
        assert client.post(f"/x/{lesson.code}/sign").status_code == 409
        assert "我已学完" in client.post(f"/x/{lesson.code}/quiz", RIGHT).content.decode()
        assert client.post(f"/x/{lesson.code}/sign").status_code == 302
        assert "签收：我已学完" in client.get(f"/x/{lesson.code}").content.decode()

    def test_the_shelf_is_of_ones_trade(self, house):
        place = house.place
        a_lesson(place, "货车盲区", trades=["freight"])
        register_worker(
            context(place, "rider"), trade="takeaway", area=place.community, how="self", person=place.person("rider")
        )
        mine = signed_in(house, "rider").get("/lessons").content.decode()
        assert "戴好头盔" in mine and "货车盲区" not in mine
        assert "货车盲区" in Client().get("/lessons").content.decode()
        assert "货车盲区" in Client().get("/lessons?trade=freight").content.decode()

    def test_the_home_of_the_phone(self, house, django_assert_max_num_queries):
        client = signed_in(house, "rider")
        a_lecture(house.place, timezone.now() + timedelta(days=1))
        rider = house.place.person("rider").pk
        with django_assert_max_num_queries(4):  # one for the posts
            told = home(actor_at(rider, timezone.now()))
        assert told["lessons"] == [{"title": "戴好头盔", "minutes": 5, "done": False, "url": f"/x/{house.lesson.code}"}]
        assert told["lecture"]["title"] == "法律微直播" and told["url"] == "/lessons"
        client.post(f"/x/{house.lesson.code}/quiz", RIGHT)
        assert home(actor_at(rider, timezone.now()))["lessons"] == []
        assert home(NOBODY)["lessons"]

    def test_a_quiz_without_answers_explains_none(self, house):
        client = Client(headers={"accept-language": "zh-hans"})
        page = client.post(f"/x/{house.lesson.code}/quiz", {"q0": "0"}).content.decode()
        assert "还有 2 题没答" in page and "因为这样安全" not in page
        page = client.post(f"/x/{house.lesson.code}/quiz", RIGHT)
        assert "因为这样安全" in page.content.decode()

    def test_a_political_lesson_says_that_it_earns_nothing(self, house):
        lesson = a_lesson(house.place, "理论", political=True)
        assert "本课不计积分" in Client().get(f"/x/{lesson.code}").content.decode()

    def test_pages_cost_few_queries(self, house, django_assert_max_num_queries):
        for at in range(5):
            a_lesson(house.place, f"第{at}课")
        client = Client()
        client.get(f"/x/{house.lesson.code}")  # from now on the device has its token of the day
        for url, most in (("/lessons", 1), (f"/x/{house.lesson.code}", 6), ("/lectures", 2)):
            with django_assert_max_num_queries(most):
                client.get(url)


class TestEditor:
    def form(self, lesson: Lesson, **more) -> dict:
        said = {"blocks": "2", "kind-0": "text", "words-0": "甲", "kind-1": "video", "words-1": "看", "url-1": "https://a.cn/v",
                "expect": str(Lesson.objects.get(pk=lesson.pk).record.version), "do": "save"}  # fmt: skip
        for at in range(3):
            said |= {
                f"question-{at}": f"题{at}",
                f"why-{at}": "因为",
                f"option-{at}-0": "是",
                f"option-{at}-1": "否",
                f"right-{at}-0": "1",
            }
        return said | more

    def test_a_clerk_writes_moves_removes_and_publishes(self, house):
        client = signed_in(house, "dispatcher")
        made = client.post(
            "/desk/publications/lessons/new", {"title": "雨天", "area": house.place.community.pk, "minutes": "4"}
        )
        lesson = Lesson.objects.get(title="雨天")
        url = f"/desk/publications/lessons/{lesson.pk}"
        assert made.headers["Location"] == url
        assert client.post(url, self.form(lesson, do="down:0")).status_code == 302
        assert [block["kind"] for block in lessons.draft_of(lesson).blocks] == ["video", "text"]
        client.post(url, self.form(lesson, do="add:picture"))
        assert len(lessons.draft_of(lesson).blocks) == 3
        told = client.post(url, self.form(lesson, blocks="3", **{"kind-2": "picture", "do": "publish"}))
        assert told.status_code == 409 and "第 3 段是空的" in told.content.decode()
        client.post(url, self.form(lesson, do="publish"))
        lesson.refresh_from_db()
        assert lesson.state == "public" and Client().get(f"/x/{lesson.code}").status_code == 200

    def test_what_was_typed_stays_when_it_is_refused(self, house):
        client, url = signed_in(house, "dispatcher"), f"/desk/publications/lessons/{house.lesson.pk}"
        told = client.post(url, self.form(house.lesson, **{"words-0": "刚打的字", "url-1": "javascript:x"}))
        page = told.content.decode()
        assert told.status_code == 409 and "刚打的字" in page and "https://" in page
        lessons.save_draft(context(house.place, "dispatcher"), house.lesson, blocks=BLOCKS, questions=QUESTIONS)
        late = client.post(url, self.form(house.lesson, **{"words-0": "晚了一步", "expect": "1"}))
        assert late.status_code == 409 and "晚了一步" in late.content.decode()

    def test_a_picture_goes_in_and_is_shown_when_it_is_out(self, house, settings, tmp_path):
        from django.core.files.uploadedfile import SimpleUploadedFile

        from liuchi.kernel.media.preparing import prepare

        settings.MEDIA_FOLDER = tmp_path
        client, url = signed_in(house, "dispatcher"), f"/desk/publications/lessons/{house.lesson.pk}"
        photo = SimpleUploadedFile("a.jpg", make.encoded())
        form = self.form(house.lesson, **{"blocks": "1", "kind-0": "picture", "words-0": "头盔", "file-0": photo})
        assert client.post(url, form).status_code == 302
        media = house.lesson.record.media.get()
        prepare(media.pk)
        client.post(
            url,
            self.form(
                house.lesson,
                **{"blocks": "1", "kind-0": "picture", "media-0": str(media.pk), "words-0": "头盔", "do": "publish"},
            ),
        )
        page = Client().get(f"/x/{house.lesson.code}").content.decode()
        assert f"/media/{media.pk}/shown" in page
        assert Client().get(f"/media/{media.pk}/shown").status_code == 200

    def test_few_readers_are_not_shown(self, house):
        counting.count(context(house.place), house.lesson.pk, "read", 3)
        page = signed_in(house, "secretary").get("/desk/publications").content.decode()
        assert "不足5" in page
        counting.count(context(house.place), house.lesson.pk, "read", 3)
        page = signed_in(house, "secretary").get("/desk/publications").content.decode()
        assert ">6<" in page

    def test_the_list_costs_the_same_for_many(self, house, django_assert_max_num_queries):
        for at in range(6):
            a_lesson(house.place, f"第{at}课")
        client = signed_in(house, "dispatcher")
        with django_assert_max_num_queries(9):
            client.get("/desk/publications")


class TestLectures:
    def test_a_question_is_sent_let_in_voted_up_and_answered(self, house):
        lecture = a_lecture(house.place, timezone.now() - timedelta(minutes=5))
        phone, desk, url = Client(), signed_in(house, "secretary"), f"/lectures/{lecture.pk}"
        assert phone.post(f"{url}/ask", {"text": "押金不退怎么办？", "key": str(uuid4())}).status_code == 302
        assert "押金不退" not in Client().get(url).content.decode()
        question = Question.objects.get()
        desk.post(f"/desk/publications/questions/{question.pk}/turn", {"do": "show"})
        assert "押金不退" in Client().get(url).content.decode()
        said = phone.post(f"{url}/vote", {"question": str(question.pk)}, headers={"Accept": "application/json"})
        again = phone.post(f"{url}/vote", {"question": str(question.pk)}, headers={"Accept": "application/json"})
        assert (said.json(), again.json()) == ({"counted": True}, {"counted": False})
        desk.post(f"/desk/publications/questions/{question.pk}", {"answer": "可以申请调解。"})
        assert "可以申请调解。" in Client().get(url).content.decode()

    def test_waiting_for_news_is_one_query(self, house, django_assert_num_queries):
        url = f"/lectures/{house.lecture.pk}/questions"
        client, pulse = Client(), reading.pulse(house.lecture.pk)
        with django_assert_num_queries(1):
            assert client.get(f"{url}?seen={pulse}").status_code == 204
        with django_assert_num_queries(2):
            news = client.get(f"{url}?seen=0&lang=en")
        assert news.headers["X-Pulse"] == "1" and "No question yet" in news.content.decode()
        assert client.get(f"/lectures/{uuid4()}/questions").status_code == 404

    def test_what_was_typed_stays_when_it_is_refused(self, house):
        over = a_lecture(house.place, timezone.now() - timedelta(days=3))
        told = Client().post(f"/lectures/{over.pk}/ask", {"text": "还能问吗？", "key": str(uuid4())})
        assert told.status_code == 409 and "不再收集提问" in told.content.decode()
        on = a_lecture(house.place, timezone.now())
        empty = Client().post(f"/lectures/{on.pk}/ask", {"text": " ", "key": str(uuid4())})
        assert empty.status_code == 422 and "请在这里填写内容" in empty.content.decode()

    def test_who_asks_without_end_is_slowed(self, house):
        lecture, client = a_lecture(house.place, timezone.now()), Client()
        told = [
            client.post(f"/lectures/{lecture.pk}/ask", {"text": "？", "key": str(uuid4())}).status_code
            for _ in range(22)
        ]
        assert told[-1] == 429 and Question.objects.count() <= 21

    def test_who_watches_is_counted_once_and_only_while_it_is_on(self, house):
        on, later = a_lecture(house.place, timezone.now()), a_lecture(house.place, timezone.now() + timedelta(days=2))
        client = Client()
        for lecture in (on, on, later):
            client.get(f"/lectures/{lecture.pk}")
        assert (reading.came(on.pk), reading.came(later.pk)) == (1, 0)

    def test_the_host_and_the_screen(self, house):
        host = signed_in(house, "secretary")
        ctx = context(house.place, "rider")
        for text in ("甲的问题？", "乙的问题？"):
            question = lectures.ask(ctx, house.lecture, text=text, key=uuid4())
        lectures.show(context(house.place, "secretary"), question)
        page = host.get(f"/desk/publications/lectures/{house.lecture.pk}").content.decode()
        assert "甲的问题？" in page and "乙的问题？" in page
        screen = host.get(f"/desk/publications/lectures/{house.lecture.pk}/screen").content.decode()
        assert "甲的问题？" not in screen and "乙的问题？" in screen
        url = f"/desk/publications/lectures/{house.lecture.pk}/queue"
        stamp = f"{reading.pulse(house.lecture.pk)}-2"
        assert host.get(f"{url}?seen={stamp}").status_code == 204
        assert "乙的问题？" in host.get(url).content.decode()

    def test_announced_changed_and_called_off(self, house):
        client = signed_in(house, "community_clerk")
        said = {
            "title": "消防课",
            "starts": "2026-12-01T15:00",
            "ends": "2026-12-01T16:00",
            "area": house.place.community.pk,
        }
        assert client.post("/desk/publications/lectures/new", said).status_code == 302
        lecture = house.lecture.__class__.objects.get(title="消防课")
        bad = client.post(f"/desk/publications/lectures/{lecture.pk}/facts", {**said, "ends": "2026-12-01T14:00"})
        assert "结束时间要晚于开始时间" in bad.content.decode()
        client.post(f"/desk/publications/lectures/{lecture.pk}/cancel")
        assert "已取消" in Client().get(f"/lectures/{lecture.pk}").content.decode()


@pytest.mark.parametrize(
    "path",
    ["/desk/publications", "/desk/publications/lectures", "/desk/publications/leaflets", "/desk/publications/services"],
)
def test_empty_pages_say_what_would_be_there(place_alone, path):
    page = place_alone.get(path).content.decode()
    assert "还没有" in page or "还是空的" in page


@pytest.fixture
def place_alone(db: None) -> Client:
    from liuchi.people.tests.conftest import made_place

    client = Client()
    client.force_login(made_place().person("dispatcher").login)
    return client
