"""Receipts are not tried out; but a town behind one address follows its reports."""

from liuchi.cases.tests.helpers import told

WRONG = "2222-2222-2222"


def test_right_receipts_are_not_counted_and_wrong_ones_are(place, client):
    receipt = told(place).receipt
    follow = lambda code, **how: client.get(f"/api/cases/follow/{code}", **how).status_code  # noqa: E731
    assert {follow(receipt) for _look in range(30)} == {200}
    assert [follow(WRONG) for _try in range(21)].count(404) >= 20
    assert follow(WRONG) == 429
    assert follow(receipt) == 429, "or a guess that fits would show"
    assert follow(receipt, REMOTE_ADDR="10.9.9.9") == 200
