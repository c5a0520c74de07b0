"""Whether the books are right: every sum is added up again from the single lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import connection

# name of the problem -> statement whose rows are the places where it is. Each is empty in books that are right.
CHECKS: dict[str, str] = {
    "transfer does not sum to zero": """
        SELECT e.transfer_id FROM points_entry e JOIN points_account a ON a.id = e.account_id
        GROUP BY e.transfer_id, CASE WHEN a.kind IN ('person', 'issued', 'held', 'redeemed') THEN NULL ELSE a.gift_id END
        HAVING SUM(e.amount) <> 0
    """,
    "transfer without lines": """
        SELECT t.id FROM points_transfer t WHERE NOT EXISTS (SELECT 1 FROM points_entry e WHERE e.transfer_id = t.id)
    """,
    "running balance is wrong": """
        SELECT account_id, number FROM (
            SELECT account_id, number, balance,
                SUM(amount) OVER (PARTITION BY account_id ORDER BY number) AS summed,
                ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY number) AS place
            FROM points_entry
        ) lines WHERE balance <> summed OR number <> place
    """,
    "below zero": """
        SELECT e.account_id, e.number FROM points_entry e JOIN points_account a ON a.id = e.account_id
        WHERE e.balance < 0 AND a.kind NOT IN ('issued', 'supply', 'counted')
    """,
    "award differs from its lines": """
        SELECT t.id FROM points_transfer t
        LEFT JOIN points_entry e ON e.transfer_id = t.id AND e.account_id = t.holder_id
        WHERE t.kind = 'award' AND (e.amount IS NULL OR e.amount <> t.amount)
    """,
    "award without its row in the journal": """
        SELECT t.id FROM points_transfer t WHERE t.kind = 'award' AND (t.row IS NOT NULL OR t.once IS NULL)
        AND NOT EXISTS (SELECT 1 FROM kernel_journal_row r WHERE r.id = t.row)
    """,
    "points reserved differ from open reservations": """
        SELECT w.record_id FROM points_window w WHERE
        COALESCE((SELECT SUM(e.amount) FROM points_entry e JOIN points_account a ON a.id = e.account_id
                  WHERE a.kind = 'held' AND a.window_id = w.record_id), 0)
        <> COALESCE((SELECT SUM(r.cost) FROM points_reservation r WHERE r.window_id = w.record_id AND r.state = 'open'), 0)
    """,
    "points redeemed differ from what was handed over": """
        SELECT w.record_id FROM points_window w WHERE
        COALESCE((SELECT SUM(e.amount) FROM points_entry e JOIN points_account a ON a.id = e.account_id
                  WHERE a.kind = 'redeemed' AND a.window_id = w.record_id), 0)
        <> COALESCE((SELECT SUM(r.cost) FROM points_reservation r WHERE r.window_id = w.record_id AND r.state = 'handed'), 0)
    """,
    "pieces reserved or handed over differ from reservations": """
        SELECT window_id, gift_id FROM (
            SELECT a.window_id, a.gift_id, CASE a.kind WHEN 'reserved' THEN 'open' ELSE 'handed' END AS state,
                SUM(e.amount) AS pieces
            FROM points_account a JOIN points_entry e ON e.account_id = a.id
            WHERE a.kind IN ('reserved', 'handed') GROUP BY 1, 2, 3
            UNION ALL
            SELECT window_id, gift_id, state, -COUNT(*) FROM points_reservation WHERE state IN ('open', 'handed')
            GROUP BY 1, 2, 3
        ) pieces GROUP BY window_id, gift_id, state HAVING SUM(pieces) <> 0
    """,
    "reservation without its transfers": """
        SELECT r.record_id FROM points_reservation r LEFT JOIN (
            SELECT reservation_id,
                SUM(CASE WHEN kind = 'reserve' THEN 1 ELSE 0 END) AS reserves,
                SUM(CASE WHEN kind IN ('cancel', 'expire') THEN 1 ELSE 0 END) AS returns,
                SUM(CASE kind WHEN 'handover' THEN 1 WHEN 'undo' THEN -1 ELSE 0 END) AS handed
            FROM points_transfer WHERE reservation_id IS NOT NULL GROUP BY reservation_id
        ) t ON t.reservation_id = r.record_id
        WHERE COALESCE(t.reserves, 0) <> 1
            OR COALESCE(t.returns, 0) <> CASE WHEN r.state IN ('cancelled', 'expired') THEN 1 ELSE 0 END
            OR COALESCE(t.handed, 0) <> CASE WHEN r.state = 'handed' THEN 1 ELSE 0 END
    """,
}
SHOWN = 20


@dataclass
class Books:
    """What was added up, and what is wrong: {problem, where}."""

    accounts: int = 0
    transfers: int = 0
    lines: int = 0
    open_reservations: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)

    @property
    def right(self) -> bool:
        return not self.problems

    def as_dict(self) -> dict[str, Any]:
        return {
            "right": self.right,
            "accounts": self.accounts,
            "transfers": self.transfers,
            "lines": self.lines,
            "open_reservations": self.open_reservations,
            "problems": self.problems,
        }


def verify() -> Books:
    """Adds everything up again. Shows at most 20 places of each problem; never whose an account is."""
    books = Books()
    with connection.cursor() as cursor:

        def one(statement: str) -> int:
            cursor.execute(statement)
            return int(cursor.fetchone()[0])

        books.accounts = one("SELECT COUNT(*) FROM points_account")
        books.transfers = one("SELECT COUNT(*) FROM points_transfer")
        books.lines = one("SELECT COUNT(*) FROM points_entry")
        books.open_reservations = one("SELECT COUNT(*) FROM points_reservation WHERE state = 'open'")
        for problem, statement in CHECKS.items():
            cursor.execute(f"{statement.rstrip()} LIMIT {SHOWN}")
            for row in cursor.fetchall():
                books.problems.append({"problem": problem, "where": [str(value) for value in row]})
    return books
