"""A lecture's stream is there when it is; before, one is reminded if one wants."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from liuchi.kernel.journal.models import Row
from liuchi.publications import telling
from liuchi.publications.actions import lectures, reminding
from liuchi.publications.models import Reminder
from liuchi.publications.tests.conftest import NOW, a_lecture, context
from liuchi.publications.tests.test_read import signed_in


def test_the_stream_is_there_when_it_is_and_before_one_is_reminded(house):
    now = timezone.now()
    ahead = a_lecture(house.place, now + timedelta(minutes=40))
    rider, page = signed_in(house, "rider"), f"/lectures/{ahead.pk}"
    shown = rider.get(page).content.decode()
    assert "看直播" not in shown and "example.cn/live" not in shown and "开播，到时在这里看" in shown
    assert "提醒我" not in Client().get(page).content.decode()
    assert "已设提醒" in rider.post(f"{page}/remind", {"wanted": "1"}, follow=True).content.decode()
    rider.post(f"{page}/remind", {"wanted": "1"})
    assert Reminder.objects.count() == 1
    reminding.remind_due(now)
    assert not Row.objects.filter(verb="lecture.soon").exists()
    for _twice in range(2):
        reminding.remind_due(now + timedelta(minutes=26))
    row = Row.objects.get(verb="lecture.soon")
    assert telling._reminded(row) == {house.place.person("rider").pk}
    title, _body, url = telling._soon(row)
    assert ahead.title in title and url == page
    type(ahead).objects.filter(pk=ahead.pk).update(starts=now - timedelta(minutes=1))
    assert "看直播" in rider.get(page).content.decode()
    type(ahead).objects.filter(pk=ahead.pk).update(ends=now - timedelta(seconds=1))
    over = rider.get(page).content.decode()
    assert "看直播" not in over and "看回放" in over
    reminding.remind_due(now + timedelta(hours=2))
    assert not Reminder.objects.exists()


def test_a_lecture_that_is_moved_to_later_is_called_to_mind_again(house):
    begins = NOW + timedelta(minutes=40)
    ahead = a_lecture(house.place, begins)
    rider, clerk = context(house.place, "rider"), context(house.place, "dispatcher")
    reminding.remind_me(rider, ahead, True)
    reminding.remind_due(begins - timedelta(minutes=10))
    first = Row.objects.get(verb="lecture.soon")

    def moved(by: timedelta) -> None:
        ahead.refresh_from_db()
        starts = ahead.starts + by
        ends = starts + timedelta(hours=1)
        lectures.write_lecture(clerk, title=ahead.title, starts=starts, ends=ends, area=ahead.area, lecture=ahead)

    moved(timedelta(days=1))
    assert telling._soon(first) is None  # what nobody was told yet is told at its time
    reminding.remind_me(rider, ahead, True)  # not "begins in a moment"
    reminding.remind_due(begins + timedelta(hours=2))
    assert Row.objects.filter(verb="lecture.soon").count() == 1
    for _twice in range(2):
        reminding.remind_due(begins + timedelta(days=1, minutes=-10))
    again = Row.objects.filter(verb="lecture.soon").latest("id")
    assert Row.objects.filter(verb="lecture.soon").count() == 2 and telling._soon(again)
    assert telling._reminded(again) == {house.place.person("rider").pk}
    moved(timedelta(0))  # other words, or to earlier: nobody is told twice
    moved(timedelta(minutes=-5))
    reminding.remind_due(begins + timedelta(days=1, minutes=-9))
    assert Row.objects.filter(verb="lecture.soon").count() == 2
