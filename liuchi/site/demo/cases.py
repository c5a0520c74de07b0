"""The stories of the demo place, told through the real actions, each step at its own time."""

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from liuchi.cases import actions
from liuchi.cases.catalogue import queries as catalogue
from liuchi.cases.models import FilingCondition, Matter
from liuchi.kernel.context import CHINA, Context
from liuchi.kernel.media.actions import receive
from liuchi.kernel.worktime import rules as clocks
from liuchi.kernel.worktime.queries import current
from liuchi.people.access import actor_at
from liuchi.people.models import Organisation, Person
from liuchi.site.demo.people import Cast
from liuchi.site.demo.pictures import picture
from liuchi.site.demo.stories import AFTER, STARS, STORIES, WORDS_OF_THANKS, Story
from liuchi.territory.models import Place
from liuchi.territory.queries import address_at

KEYS = UUID("6b1a5f4e-5a0c-7d4f-8a39-0f6e1c2d3b4a")
DAYS = 30

Step = tuple[datetime, Callable[[datetime], None]]
# The step after which a story stops.
STOPS = {
    "reported": "report", "filed": "file", "dispatched": "dispatch", "overdue": "dispatch", "accepted": "accept",
    "handled": "handle", "checked": "check", "closed": "close", "not_done": "close", "late": "close",
}  # fmt: skip


# The part of the limit used by now, for stories that are still open.
SHARES = {"dispatched": (0.1, 0.5), "accepted": (0.2, 0.75), "overdue": (1.1, 1.6)}


@dataclass
class Told:
    """A story with what it became."""

    story: Story
    number: int
    place: Place
    case: UUID | None = None
    receipt: str = ""
    matter_id: UUID | None = None

    @property
    def id(self) -> UUID:
        """Of the case, which is there once the report was filed."""
        assert self.case
        return self.case


class Teller:
    """Tells all stories up to now. The dice are seeded, so that two demos of one day are alike."""

    def __init__(self, cast: Cast, now: datetime) -> None:
        self.cast, self.now = cast, now
        self.dice = random.Random("liuchi")
        self.calendar = current()
        self.matters: dict[str, Matter] = catalogue.by_codes({story.code for story in STORIES})
        self.places = self._places()

    def _places(self) -> list[Place]:
        found = list(
            Place.objects.filter(kind__in=("building", "gate", "shop"), area__isnull=False)
            .select_related("area")
            .defer("geometry", "area__boundary")
            .order_by("source_id", "pk")
        )
        self.dice.shuffle(found)
        return found

    def tell(self) -> int:
        """Carries out every step that lies in the past, in the order of time; returns how many cases there are."""
        steps: list[Step] = []
        home = [place for place in self.places if place.area_id == self.cast.grids[0].pk]
        for number, story in enumerate(STORIES):
            ground = home if story.home else self.places
            told = Told(story, number, ground[number % len(ground)])
            steps += [step for step in self._steps(told) if step[0] <= self.now]
        for at, step in sorted(steps, key=lambda step: step[0]):
            step(at)
        return len(STORIES)

    def _steps(self, told: Told) -> Iterator[Step]:
        """The steps of one story with their times; those after its end are not made."""
        story, at = told.story, self._reported_at(told.story)
        if story.fare == "refused":
            yield at, lambda at: self._report(told, at)
            yield self._later(at, 1), lambda at: self._refuse(told, at)
            return
        if story.fare in ("withdrawn", "reported"):
            yield at, lambda at: self._report(told, at)
            if story.fare == "withdrawn":
                yield at + timedelta(minutes=20), lambda at: self._by_reporter(told, at, "withdraw")
            return
        condition, unit = self._charge(told)
        if story.fare in SHARES:
            filed = self._dispatched_for(SHARES[story.fare], *self._limit(condition))
            at = filed - timedelta(minutes=self.dice.randint(15, 50))
        else:
            filed = (
                self.now - timedelta(minutes=10)
                if story.fare == "filed"
                else self._later(at, self.dice.uniform(0.1, 0.5))
            )
        yield at, lambda at: self._report(told, at)
        last = STOPS.get(story.fare, "rate")
        for name, when, step in self._turns(told, filed, condition, unit):
            yield when, step
            if name == last:
                return

    def _turns(
        self, told: Told, at: datetime, condition: FilingCondition | None, unit: Organisation
    ) -> Iterator[tuple[str, datetime, Callable[[datetime], None]]]:
        dispatcher, handler = self.cast.by_role["dispatcher"], self.cast.handlers[unit.pk]
        yield (
            "file",
            at,
            lambda at: self._turn(
                at, dispatcher, actions.file, told, told.matter_id, condition.pk if condition else None
            ),
        )
        at += timedelta(minutes=self.dice.randint(1, 9))
        yield "dispatch", at, lambda at: self._turn(at, dispatcher, actions.dispatch, told, unit.pk)
        due = clocks.deadline(at, *self._limit(condition), self.calendar)
        share = self.dice.uniform(1.2, 1.8) if told.story.fare == "late" else self.dice.uniform(0.25, 0.85)
        done = at + min((due - at) * share, timedelta(days=9) * share)
        yield "accept", at + (done - at) * 0.2, lambda at: self._turn(at, handler, actions.accept, told)
        yield "handle", done, lambda at: self._handle(told, handler, at)
        at = self._later(done, self.dice.uniform(0.5, 3))
        yield "check", at, lambda at: self._turn(at, dispatcher, actions.check, told)
        at += timedelta(minutes=self.dice.randint(2, 30))
        yield "close", at, lambda at: self._turn(at, dispatcher, actions.close, told)
        at += timedelta(hours=self.dice.uniform(0.5, 20))
        yield "rate", at, lambda at: self._by_reporter(told, at, "rate")

    def _reported_at(self, story: Story) -> datetime:
        """A moment of the day, long enough ago for where the story stands now."""
        ages = {
            "reported": (0.005, 0.03),  # within the hour: what is urgent is not late at the first look
            "filed": (0.2, 0.5),
            "dispatched": (0.3, 1),
            "accepted": (1, 2.5),
            "handled": (3, 6),
            "overdue": (20, 24),
            "checked": (4, 7),
        }
        if story.fare in ages:
            ago = self.dice.uniform(*ages[story.fare])
            return self.now - timedelta(days=ago)
        day = self.now.astimezone(CHINA).date() - timedelta(days=self.dice.randint(12, DAYS - 1))
        local = datetime(
            day.year,
            day.month,
            day.day,
            self.dice.choice((7, 8, 9, 10, 11, 12, 15, 16, 17, 18, 19, 20)),
            self.dice.randint(0, 59),
            tzinfo=CHINA,
        )
        return local.astimezone(UTC)

    def _limit(self, condition: FilingCondition | None) -> tuple[int, clocks.Clock]:
        """As the dispatch counts it: five working days where the catalogue has no condition."""
        return (condition.limit_value, condition.limit_type) if condition else (5, "work_day")  # type: ignore[return-value]

    def _dispatched_for(self, shares: tuple[float, float], value: int, clock: clocks.Clock) -> datetime:
        """When it must have been dispatched, so that about this part of its time is used by now."""
        wanted, at = self.dice.uniform(*shares), self.now - timedelta(minutes=45)
        while at > self.now - timedelta(days=DAYS - 1):
            due = clocks.deadline(at, value, clock, self.calendar)
            if clocks.share_used(at, due, self.now, clock, self.calendar) >= wanted:
                break
            at -= timedelta(minutes=15)
        return at

    def _later(self, at: datetime, hours: float) -> datetime:
        return clocks.add(at, hours * 60, "work_hour", self.calendar)

    def _charge(self, told: Told) -> tuple[FilingCondition | None, Organisation]:
        """The condition under which it is filed, and the unit in charge where it lies."""
        story, area = told.story, told.place.area
        if story.hint.startswith("@"):
            unit = catalogue.unit_for(story.hint[1:], area)
            assert unit is not None
            return None, unit
        conditions = catalogue.conditions_of(self.matters[story.code], self.now)
        condition = next(one for one in conditions if story.hint in one.text)
        unit = catalogue.charge_of(condition, area).unit
        if unit is None:
            raise LookupError(f"nobody does the work of {story.code} in {area}")
        return condition, unit

    def _context(self, at: datetime, person: Person | None, channel: str) -> Context:
        return Context(at=at, recorded_at=at, person=person.pk if person else None, channel=channel)

    def _photo(self, ctx: Context, scene: str, number: int) -> list[UUID]:
        data = picture(scene, number % 2)
        key = uuid5(KEYS, f"{scene} {number} {ctx.at.isoformat()}")
        receive(ctx, key, "photo", io.BytesIO(data), len(data))
        return [key]

    def _report(self, told: Told, at: datetime) -> None:
        story, number = told.story, told.number
        told.matter_id = self.matters[story.code].pk
        lon = told.place.lon + self.dice.uniform(-1, 1) * 8e-5
        lat = told.place.lat + self.dice.uniform(-1, 1) * 8e-5
        phone, channel, person, source = "", "phone", None, "gps"
        way = number % 6
        if way in (0, 3):
            person = self.cast.by_role["rider"]
        elif way in (1, 4):
            person = self.cast.by_role["resident"]
        elif way == 2 and not story.picture:
            channel, person, source, phone = (
                "call",
                self.cast.by_role["dispatcher"],
                "search",
                f"1380000{3000 + number}",
            )
        elif way == 5 and not story.picture:
            channel, person, source = "walk_in", self.cast.by_role["community_clerk"], "map"
        ctx = self._context(at, person, channel)
        if person and channel != "phone":
            ctx = replace(ctx, post=actor_at(person.pk, at).post_for("cases.take"))
        media = self._photo(ctx, story.picture, number) if story.picture else []
        said = actions.Said(
            text=story.words,
            lon=lon,
            lat=lat,
            accuracy=12 if source == "gps" else None,
            place_source=source,
            place_words=address_at(lon, lat),  # said at once: the first page should not wait for the worker
            phone=phone,
            media=media,
        )
        taken = actions.report(ctx, said)
        told.case, told.receipt = taken.case.pk, taken.receipt

    def _turn(self, at: datetime, person: Person, action: Callable, told: Told, *more: object) -> None:
        action(self._context(at, person, "desk"), told.id, *more)

    def _handle(self, told: Told, handler: Person, at: datetime) -> None:
        ctx = self._context(at, handler, "phone")
        after = AFTER.get(told.story.picture)
        media = self._photo(ctx, after, told.number) if after and told.story.fare != "not_done" else []
        outcome = "not_done" if told.story.fare == "not_done" else "done"
        actions.handle(ctx, told.id, told.story.reply, outcome, media)

    def _refuse(self, told: Told, at: datetime) -> None:
        actions.refuse(self._context(at, self.cast.by_role["dispatcher"], "desk"), told.id, told.story.reply)

    def _by_reporter(self, told: Told, at: datetime, what: str) -> None:
        """By the receipt, as somebody without an account would."""
        ctx = self._context(at, None, "phone")
        if what == "withdraw":
            actions.withdraw(ctx, told.id, by_receipt=True)
            return
        words = WORDS_OF_THANKS[told.number % len(WORDS_OF_THANKS)]
        actions.rate(ctx, told.id, STARS[told.number % len(STARS)], words, by_receipt=True)
