"""QR codes, PDF and Word: what is on the paper can be read by the machines and people that get it."""

import cv2
import numpy as np
import pytest

from liuchi.kernel.documents import pdf, qr, word

SOURCE = """
#let data = json(bytes(sys.inputs.data))
#set page(width: 120mm, height: 120mm, margin: 10mm)
#set text(font: "Noto Serif SC", size: 20pt, lang: "zh")
#for one in data.pages { page[#one.words #if "code" in one [#image(bytes(one.code), width: 60mm)]] }
"""
LINK = "https://liuchi.example/v/abcd-efgh-jkmn"


def drawn(words: str, **more: str) -> np.ndarray:
    [page] = pdf.pictures(SOURCE, {"pages": [{"words": words, **more}]})
    return cv2.imdecode(np.frombuffer(page, np.uint8), cv2.IMREAD_GRAYSCALE)


@pytest.mark.parametrize("words", ["聘书", "治理观察员", "六尺街道办事处", "王䶮", "Cheng 42"])
def test_what_stands_in_a_pdf_are_letters_and_no_boxes(words: str) -> None:
    box = drawn("\ue000" * len(words))  # what no font has
    assert (drawn(words) != box).any()
    assert drawn(words).min() < 100, "something is drawn"


def test_the_fonts_are_inside_of_the_pdf() -> None:
    made = pdf.render(SOURCE, {"pages": [{"words": "聘书"}]})
    assert made.startswith(b"%PDF-") and b"NotoSerifSC" in made and b"/FontFile" in made


def test_a_page_for_each() -> None:
    assert len(pdf.pictures(SOURCE, {"pages": [{"words": str(number)} for number in range(7)]})) == 7


def test_words_are_never_commands() -> None:
    said = '#read("/etc/passwd") #panic("x") *a* "'
    assert (drawn(said) != drawn("x")).any()


def test_a_phone_reads_the_code_on_the_paper() -> None:
    page = drawn("", code=qr.file(LINK))
    assert cv2.QRCodeDetector().detectAndDecode(page)[0] == LINK


def test_the_code_in_a_page_passes_the_policy_and_has_a_name() -> None:
    made = qr.svg(LINK, label="查验码")
    assert "style=" not in made and 'role="img"' in made and "<title>查验码</title>" in made
    assert 'aria-hidden="true"' in qr.svg(LINK)
    assert qr.png(LINK).startswith(b"\x89PNG")


def test_a_word_template_of_the_office_is_filled_in() -> None:
    def build(document, data) -> None:
        line = document.add_paragraph()
        for part in ("兹聘请 {{ na", "me }} 同志为", "{{title}}，{{ unknown }}"):  # as Word cuts it
            word.face(line.add_run(part), word.SONG, 16)
        document.add_table(1, 1).cell(0, 0).text = "编号 {{ number }}"

    template = word.fill(build, {})
    filled = "\n".join(word.text_of(word.fill(template, {"name": "王小河", "title": "治理观察员", "number": "7"})))
    assert "兹聘请 王小河 同志为治理观察员，{{ unknown }}" in filled and "编号 7" in filled
