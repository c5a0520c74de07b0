"""A small workbook that would fill the memory is refused with a sentence, and in a moment."""

import io
import time
import zipfile

import pytest

from liuchi.kernel.errors import Refused
from liuchi.people.sheets.reading import read
from liuchi.people.sheets.template import workbook

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORNER = '<row r="1"><c r="A1"><v>1</v></c></row><row r="{0}"><c r="{1}{0}"><v>1</v></c></row>'
NAMES = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'


def packed(sheet: str, texts: str = "", doctype: str = "") -> bytes:
    out = io.BytesIO()
    relations = f'<Relationship Id="r1" Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
    relations += f'<Relationship Id="r2" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATION}"><sheets><sheet name="单位" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        made.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}">{relations}</Relationships>')
        made.writestr("xl/sharedStrings.xml", f'{doctype}<sst xmlns="{SPREADSHEET}">{texts}</sst>')
        made.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{SPREADSHEET}"><sheetData>{sheet}</sheetData></worksheet>'
        )
    return out.getvalue()


BOMBS = {
    "the last corner": packed(CORNER.format(1048576, "XFD")),
    "far to the right": packed(CORNER.format(2, "XFD")),
    "far down": packed(CORNER.format(900000, "C")),
    "rows without numbers": packed("<row/>" * 100_000 + "<row><c><v>1</v></c></row>"),
    "gigabytes of rows": packed("<row><c><v>1</v></c></row>" * 2_000_000),
    "one long text in each cell": packed(
        "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 9000)),
        f"<si><t>{'六' * 1_000_000}</t></si>",
    ),
    "entities": packed(NAMES, "<si><t>&b;</t></si>", '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'),
    "no workbook in it": (lambda: (out := io.BytesIO(), zipfile.ZipFile(out, "w").close(), out.getvalue())[2])(),
    "no zip": b"PK\x03\x04 and then nothing",
    "an old format": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_it_is_refused_with_a_sentence(name: str) -> None:
    began = time.monotonic()
    with pytest.raises(Refused) as refused:
        read(BOMBS[name])
    assert refused.value.code == "workbook"
    assert time.monotonic() - began < 5


def test_our_own_template_is_read(db: None) -> None:
    assert read(workbook()) == {"units": [], "staff": []}
