"""Words in addresses: nobody but this installation reads them."""

from hypothesis import given
from hypothesis import strategies as st

from liuchi.kernel import typed


@given(st.text(max_size=100).map(lambda words: words.replace("\ud800", "")).filter(lambda words: words.isprintable()))
def test_what_is_covered_is_uncovered_again(words):
    address = typed.covered(words, "inbox")
    assert typed.uncovered(address, "inbox") == words
    assert address.isascii() and all(sign.isalnum() or sign in "~-_" for sign in address)


def test_a_phone_number_can_not_be_read_in_an_address():
    first, second = typed.covered("13800001234", "inbox"), typed.covered("13800001234", "inbox")
    assert "13800001234" not in first
    assert first != second, "who sees two addresses can't tell that they ask for the same person"


def test_what_was_written_by_hand_is_taken_as_it_is():
    assert typed.uncovered("路灯", "inbox") == "路灯"
    assert typed.uncovered("", "inbox") == ""


def test_a_cipher_of_another_house_is_no_words():
    cut = typed.covered("程安", "inbox")[:-3]
    for said in ("~", "~x", "~程安", "~" + "A" * 60, cut, cut + "AAA"):
        assert typed.uncovered(said, "inbox") == "", said


def test_who_finds_the_search_of_a_colleague_in_a_log_can_not_open_it_on_a_page_for_everybody():
    address = typed.covered("程安 13800001234", "people")
    assert typed.uncovered(address, "catalogue") == "" and typed.uncovered(address, "inbox") == ""
