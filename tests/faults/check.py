"""What must be true after kills; run inside the installation. Prints one line of JSON: counts and a list of faults."""

import json
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any


def wait_until_done(seconds: float) -> list[str]:
    """Waits for the worker; what is left undone when so many seconds passed without its doing anything."""
    from django_tasks_db.models import DBTaskResult

    from liuchi.kernel.journal.models import Row
    from liuchi.kernel.media.models import Media

    until, least = time.monotonic() + seconds, 0
    while True:
        left = {
            "tasks": DBTaskResult.objects.exclude(status="SUCCESSFUL").count(),
            "rows without a seal": Row.objects.filter(position=None).count(),
            "media not ready": Media.objects.exclude(state="ready").count(),
        }
        waiting = sum(left.values())
        if not waiting:
            return []
        if not least or waiting < least:
            until, least = time.monotonic() + seconds, waiting
        if time.monotonic() > until:
            problems = DBTaskResult.objects.exclude(status="SUCCESSFUL").values_list("task_path", "status", "traceback")
            return [f"{count} {what} left" for what, count in left.items() if count] + [
                str(one) for one in problems[:3]
            ]
        time.sleep(0.2)


def check(folder: str) -> dict[str, Any]:
    """Compares what the phones were told with what is there."""
    from django.utils import timezone

    from liuchi.cases.actions import case_of_receipt
    from liuchi.cases.models import Case
    from liuchi.kernel.journal.queries import verify
    from liuchi.kernel.media import actions as media
    from liuchi.kernel.media import files
    from liuchi.kernel.media.models import Media
    from liuchi.kernel.search.models import Entry

    faults = wait_until_done(90)
    by_key = Counter(text.rsplit(" ", 1)[1] for text in Case.objects.values_list("text", flat=True))
    numbers = {
        number: (pk, text.rsplit(" ", 1)[1]) for pk, number, text in Case.objects.values_list("pk", "number", "text")
    }
    faults += [f"{key} is there {count} times" for key, count in by_key.items() if count != 1]
    indexed = set(Entry.objects.filter(kind="case").values_list("key", flat=True))
    faults += [f"{number} was not prepared" for number, (pk, _key) in numbers.items() if str(pk) not in indexed]
    acknowledged = photos = 0
    for notes in Path(folder).glob("acknowledged.*"):
        for line in notes.read_text().splitlines():
            key, number, receipt, photo = line.split()
            acknowledged += 1
            if number not in numbers or numbers[number][1] != key:
                faults.append(f"{number} ({key}) was acknowledged and is not there")
                continue
            if case_of_receipt(receipt) != numbers[number][0]:
                faults.append(f"the receipt of {number} leads elsewhere")
            if photo != "-":
                photos += 1
                kept = Media.objects.filter(key=photo, record_id=numbers[number][0]).first()
                sent = (Path(folder) / f"{photo}.jpg").read_bytes()
                if kept is None or files.open_file(kept.original).read() != sent:
                    faults.append(f"the photo of {number} is not what was sent")
    media.sweep(timezone.now() + timedelta(hours=2))
    names = {name for row in Media.objects.values_list("original", "shown", "thumb", "clear") for name in row if name}
    on_disk = {path.name for path in files.folder().rglob("*") if path.is_file()}
    faults += [f"{name} belongs to nothing" for name in on_disk - names]
    faults += [f"{name} is missing" for name in names - on_disk]
    journal = verify()
    faults += [str(problem) for problem in journal.problems]
    return {
        "cases": len(numbers), "acknowledged": acknowledged, "photos": photos, "sealed": journal.sealed, "faults": faults,
    }  # fmt: skip


def main(folder: str) -> None:
    """Prints what `check` found."""
    print(json.dumps(check(folder), ensure_ascii=False))
