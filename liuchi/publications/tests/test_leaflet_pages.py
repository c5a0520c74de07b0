"""The pages of leaflets: given out, handed out by a tap, taken back."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone

from liuchi.people import actions as people
from liuchi.people.actions import groups
from liuchi.people.looks import looks_at
from liuchi.people.models import Post
from liuchi.publications.actions import leaflets
from liuchi.publications.models import Batch, Count, HandOut, Material
from liuchi.publications.tests.conftest import context
from liuchi.publications.tests.test_hand_out import refused
from liuchi.publications.tests.test_read import signed_in


class TestLeaflets:
    def test_given_at_the_desk_handed_out_by_a_tap_and_closed(self, house):
        desk, rider = signed_in(house, "community_clerk"), signed_in(house, "rider")
        url = f"/desk/publications/leaflets/{house.leaflet.pk}"
        person = house.place.person("rider")
        found = desk.post(f"{url}/give", {"count": "30", "q": "138 0000 0000", "do": "find"})
        shown, found = found.context["form"]["shown"].value(), found.content.decode()
        assert f'value="{person.pk}"' in found and 'value="30"' in found  # what was typed stays
        given = {"count": "30", "area": house.place.grid.pk, "people": [str(person.pk)], "shown": shown}
        assert desk.post(f"{url}/give", given).status_code == 302
        page = rider.get("/leaflets").content.decode()
        assert "安全用电" in page and "发了 10 份" in page
        batch, key = Batch.objects.get(), str(uuid4())
        for _twice in range(2):
            rider.post(f"/leaflets/{batch.pk}/handed", {"count": "10", "area": house.place.grid.pk, "key": key})
        batch.refresh_from_db()
        assert batch.handed == 10
        shown = desk.get(url).content.decode()
        assert "不展示" in shown and ">10<" not in shown and ">20<" not in shown
        desk.post(f"/desk/publications/batches/{batch.pk}/close", {"returned": ""})
        assert "没有待发的资料" in rider.get("/leaflets").content.decode()

    def test_a_batch_each_for_several_found_by_their_team_at_once_or_none(self, house):
        desk, place = signed_in(house, "dispatcher"), house.place
        url = f"/desk/publications/leaflets/{house.leaflet.pk}/give"
        clerk = context(place, "community_clerk")
        crew = [
            people.hire(clerk, name=f"队员{at}", role="handler", organisation=place.crew, username=f"dui{at}")
            for at in range(3)
        ]
        members = [str(one.person.pk) for one in Post.objects.filter(organisation=place.crew)]
        assert len(crew) == 3 and len(members) >= 3
        found = desk.post(url, {"team": place.crew.pk, "do": "find"}).content.decode()
        assert all(f'value="{pk}"' in found for pk in members) and place.crew.name in found
        key = str(uuid4())
        said = {"count": "10", "area": place.grid.pk, "people": members, "key": key, "team": place.crew.pk}
        for _twice in range(2):
            assert desk.post(url, said).status_code == 302
        assert Batch.objects.filter(person__in=members).count() == Batch.objects.count() == len(members)
        # one who did not volunteer, and nobody gets any
        stranger = people.register_person(clerk, name="路人甲")
        told = desk.post(url, {**said, "key": str(uuid4()), "people": [*members, str(stranger.pk)]})
        assert "请重新查找" in told.content.decode() and "路人甲" not in told.content.decode()
        assert Batch.objects.count() == len(members)

    def test_who_is_found_by_a_name_joined_the_volunteers(self, house):
        desk = signed_in(house, "community_clerk")
        url = f"/desk/publications/leaflets/{house.leaflet.pk}/give"
        people.register_person(context(house.place, "community_clerk"), name="路人甲")
        for name in ("路人", "路", "nobody"):
            told = desk.post(url, {"q": name, "do": "find"}).content.decode()
            assert "路人甲" not in told and "没有找到" in told
        told = desk.post(url, {"count": "30", "area": house.place.grid.pk})
        assert told.status_code == 200 and "请选一支队伍，或勾选" in told.content.decode()

    def test_a_wrong_tap_is_taken_back_by_who_made_it_and_not_for_long(self, house):
        rider, place = signed_in(house, "rider"), house.place
        clerk = context(place, "community_clerk", at=timezone.now())
        batch = leaflets.give_out(clerk, house.leaflet, count=30, area=place.grid, person=place.person("rider"))
        key = str(uuid4())
        told = rider.post(
            f"/leaflets/{batch.pk}/handed", {"count": "30", "area": place.grid.pk, "key": key}, follow=True
        )
        assert "已记下 30 份，谢谢您" in told.content.decode() and "撤销" in told.content.decode()
        assert signed_in(house, "handler").post(f"/leaflets/{batch.pk}/undo", {"key": key}).status_code == 404
        later = context(place, "rider", at=timezone.now() + timedelta(minutes=11))
        assert refused(leaflets.undo_hand_out, later, UUID(key)).code == "late"
        assert "已撤销 30 份" in rider.post(f"/leaflets/{batch.pk}/undo", {"key": key}, follow=True).content.decode()
        batch.refresh_from_db()
        assert batch.handed == 0 and not HandOut.objects.exists()
        assert "没有可以撤销的" in rider.post(f"/leaflets/{batch.pk}/undo", {"key": key}, follow=True).content.decode()

    def test_the_qr_leads_to_its_page_and_opening_is_counted(self, house):
        client = Client()
        for _time in range(2):
            assert "不飞线充电。" in client.get(f"/l/{house.leaflet.code}").content.decode()
        assert Count.objects.get(what="open").count == 1
        leaflets.end_material(context(house.place, "community_clerk"), house.leaflet)
        assert "已失效" in client.get(f"/l/{house.leaflet.code}").content.decode()

    def test_a_new_leaflet(self, house):
        desk = signed_in(house, "community_clerk")
        said = {
            "kind": "notice",
            "title": "停水告知",
            "words_": "周三停水。",
            "area": house.place.grid.pk,
            "valid_until": "2000-01-01",
        }
        assert "这一天已经过去" in desk.post("/desk/publications/leaflets/new", said).content.decode()
        assert desk.post("/desk/publications/leaflets/new", {**said, "valid_until": ""}).status_code == 302
        made = Material.objects.get(title="停水告知")
        sheet = desk.get(f"/desk/publications/leaflets/{made.pk}/sheet").content.decode()
        assert "<svg" in sheet and f"/l/{made.code}" in sheet


class TestWhoIsFound:
    """A clerk finds who is willing within the own area; of elsewhere nobody by guessing."""

    @staticmethod
    def found(desk, house, **said) -> tuple[set[str], str]:
        answer = desk.post(f"/desk/publications/leaflets/{house.leaflet.pk}/give", {"do": "find", **said})
        return {pk for pk, _label in answer.context["form"].fields["people"].choices}, answer.content.decode()

    @staticmethod
    def volunteer(house, name: str, area, **more):
        clerk = context(house.place, "community_clerk")
        person = people.register_person(clerk, name=name, area_id=area.pk if area else None, **more)
        people.give_consent(clerk, person, "volunteer")
        return person

    def test_of_elsewhere_nobody_by_name_or_made_up_id(self, house):
        place, desk = house.place, signed_in(house, "community_clerk")
        near = self.volunteer(house, "王近邻", place.grid)
        far = self.volunteer(house, "王远方", place.other_community)
        nowhere = self.volunteer(house, "王无处", None)
        resident = people.register_person(context(place, "community_clerk"), name="王路人", area_id=place.grid.pk)
        for text in ("wa", "王远", "王"):
            keys, page = self.found(desk, house, q=text)
            assert keys <= {str(near.pk)} and "王远方" not in page and "王无处" not in page
        made_up = [str(one.pk) for one in (far, nowhere, resident)]
        for said in ({}, {"shown": "forged"}, {"shown": str(far.pk)}):
            keys, page = self.found(desk, house, people=made_up, **said)
            assert not keys and not any(name in page for name in ("王远方", "王无处", "王路人"))
        url = f"/desk/publications/leaflets/{house.leaflet.pk}/give"
        told = desk.post(url, {"count": "5", "area": place.grid.pk, "people": made_up}).content.decode()
        assert "请重新查找" in told and not any(name in told for name in ("王远方", "王无处", "王路人"))
        refusal = refused(
            leaflets.give_out,
            context(place, "community_clerk"),
            house.leaflet,
            count=1,
            area=place.grid,
            person=resident,
        )
        assert "王路人" not in refusal.sentence and not Batch.objects.exists()

    def test_of_elsewhere_by_the_whole_number_and_they_read_it(self, house):
        place, desk = house.place, signed_in(house, "community_clerk")
        far = self.volunteer(house, "王远方", place.other_community, phone="13955550001")
        people.register_person(context(place, "community_clerk"), name="王路人", phone="13955550002")
        assert self.found(desk, house, q="1395555000")[0] == set()
        assert self.found(desk, house, q="13955550002")[0] == set()  # not willing
        answer = desk.post(f"/desk/publications/leaflets/{house.leaflet.pk}/give", {"do": "find", "q": "139 5555 0001"})
        form = answer.context["form"]
        assert form.fields["people"].choices == [(str(far.pk), "王远方")]
        assert [(one["times"], one["office"]) for one in looks_at(far.pk)] == [(1, "槐荫社区 · 社区工作者")]
        kept = {"shown": form["shown"].value()}
        assert self.found(desk, house, q="nobody", **kept)[0] == {str(far.pk)}  # looked on, and still there
        other = signed_in(house, "dispatcher")
        other_place = self.volunteer(house, "李河东", place.other_street, phone="13955550003")
        assert self.found(other, house, people=[str(other_place.pk)], **kept)[0] == set()  # another clerk's sheet
        given = {"count": "5", "area": place.grid.pk, "people": [str(far.pk)], **kept}
        assert desk.post(f"/desk/publications/leaflets/{house.leaflet.pk}/give", given).status_code == 302
        assert Batch.objects.get().person == far
        for last in range(8):
            self.found(desk, house, q=f"1395556{last:04}")
        assert "13955550001" not in str(self.found(desk, house, q="13955550001")[0])
        assert not self.found(desk, house, q="13955550001")[0] and len(looks_at(far.pk)) == 1  # ten an hour

    def test_near_is_by_post_unit_record_or_running_registration(self, house):
        place, desk = house.place, signed_in(house, "community_clerk")
        clerk = context(place, "community_clerk")
        team = people.open_unit(clerk, kind="team", name="槐荫志愿队", area=place.community)
        below = people.open_unit(clerk, kind="team", name="一组", parent=team)
        party = people.open_unit(clerk, kind="party_body", name="槐荫支部", area=place.community)
        hired = {
            name: people.hire(clerk, name=name, role="handler", organisation=unit, username=f"zhou{at}")[0]
            for at, (name, unit) in enumerate(
                {"周队员": team, "周组员": below, "周支委": party, "周中队": place.crew}.items()
            )
        }
        rider = self.volunteer(house, "周骑手", None)
        registration = groups.write_entry(clerk, rider, trade="rider", area=place.grid, how="signed")
        keys, page = self.found(desk, house, q="zhou")
        assert keys == {str(one.pk) for one in (hired["周队员"], hired["周组员"], rider)}
        assert "周队员 · 槐荫志愿队" in page and "周组员 · 一组" in page
        assert self.found(desk, house, team=party.pk)[0] == set() == self.found(desk, house, team=place.crew.pk)[0]
        groups.end_registration(clerk, registration)
        assert str(rider.pk) not in self.found(desk, house, q="zhou")[0]
