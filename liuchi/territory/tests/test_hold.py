"""What a process holds of the tables, asked for by many threads at once."""

import threading

import pytest
from django.db import connection

from liuchi.territory import stamps


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_another_thread_that_is_loading():
    """That one may be waiting in the database for a row which this one has locked."""
    loading, answered, got = threading.Event(), threading.Event(), []

    def load() -> str:
        if threading.current_thread().name == "first":
            loading.set()
            assert answered.wait(10), "the second one waits for the first"
        return threading.current_thread().name

    holder = stamps.Holder("areas", load)

    def first() -> None:
        try:
            got.append(holder.get())
        finally:
            connection.close()

    thread = threading.Thread(target=first, name="first")
    thread.start()
    try:
        assert loading.wait(10)
        got.append(holder.get())
        answered.set()
        thread.join(10)
    finally:
        answered.set()
        stamps._holders.remove(holder)
    assert not thread.is_alive()
    assert got == ["MainThread", "first"]


@pytest.mark.django_db
def test_what_has_changed_is_made_anew_and_what_has_not_is_kept():
    made = []
    holder = stamps.Holder("areas", lambda: made.append(1) or len(made), every=0)
    try:
        assert [holder.get(), holder.get()] == [1, 1]
        stamps.touch("areas")
        assert holder.get() == 2
    finally:
        stamps._holders.remove(holder)
