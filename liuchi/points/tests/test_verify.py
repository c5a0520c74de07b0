"""The check of the books finds what somebody changed behind the program's back."""

import json

import pytest
from click.testing import CliRunner
from django.db import connection

from liuchi.points import actions
from liuchi.points.actions.books import BadTransfer, account, post
from liuchi.points.commands import points
from liuchi.points.tests.helpers import TEN, assert_right, by, code, reserved, thanked
from liuchi.points.verifying import verify


@pytest.fixture
def busy(world):
    thanked(world.rider, 4)
    done = reserved(world)
    actions.hand_over(by(world.grid_worker), code(done))
    reserved(world, world.cut)
    assert_right()
    return world


def change(statement):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER IF EXISTS points_entry_stays")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE points_entry DISABLE TRIGGER USER")
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE points_entry SET amount = amount + 1 WHERE amount = 5", "transfer does not sum to zero"),
        ("UPDATE points_entry SET balance = balance + 1 WHERE balance = 20", "running balance is wrong"),
        ("DELETE FROM points_entry WHERE number = 2", "running balance is wrong"),
        ("UPDATE points_reservation SET state = 'cancelled' WHERE state = 'open'", "points reserved differ from open reservations"),
        ("UPDATE points_reservation SET state = 'open' WHERE state = 'handed'", "points redeemed differ from what was handed over"),
        ("UPDATE points_reservation SET state = 'handed' WHERE state = 'open'", "pieces reserved or handed over differ from reservations"),
        ("UPDATE points_reservation SET state = 'expired' WHERE state = 'handed'", "reservation without its transfers"),
        ("UPDATE points_transfer SET amount = 100 WHERE kind = 'award'", "award differs from its lines"),
        ('UPDATE points_transfer SET "row" = "row" + 1000 WHERE kind = \'award\'', "award without its row in the journal"),
    ],
)  # fmt: skip
def test_what_was_changed_is_found(busy, statement, problem):
    change(statement)
    assert problem in {one["problem"] for one in verify().problems}


def test_a_transfer_without_lines_is_found(busy):
    from liuchi.points.models import Transfer

    Transfer.objects.create(kind="award", at=TEN, day=TEN.date(), amount=1)
    assert "transfer without lines" in {one["problem"] for one in verify().problems}


def test_the_command_says_it_by_its_exit_status(busy):
    said = CliRunner().invoke(points, ["verify", "--json"])
    assert said.exit_code == 0
    assert json.loads(said.output)["right"] is True
    change("UPDATE points_entry SET balance = balance + 1 WHERE balance = 20")
    said = CliRunner().invoke(points, ["verify", "--json"])
    assert said.exit_code == 1
    assert json.loads(said.output)["problems"]
    assert CliRunner().invoke(points, ["verify"]).exit_code == 1


def test_a_transfer_that_does_not_sum_to_zero_is_never_written(busy):
    issued, holder = account("issued", event="x", day=TEN.date()), account("person", person=busy.rider.pk)
    with pytest.raises(BadTransfer):
        post(by(None), "award", [(issued, -5), (holder, 6)], 6)
    with pytest.raises(BadTransfer):
        post(by(None), "award", [(holder, -500), (issued, 500)], 500)
    assert_right()


@pytest.mark.django_db(transaction=True)
def test_postgresql_itself_refuses_what_does_not_sum_to_zero(world):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no check at the end of a transaction; verify finds it")
    from liuchi.points.models import Entry, Transfer

    holder = account("person", person=world.rider.pk)
    transfer = Transfer.objects.create(kind="award", at=TEN, day=TEN.date(), amount=1, holder=holder)
    with pytest.raises(Exception, match="does not sum to zero"):
        Entry.objects.create(account=holder, number=1, transfer=transfer, amount=1, balance=1)
