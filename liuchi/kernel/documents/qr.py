"""QR codes (ISO/IEC 18004) as pictures in a page or on paper."""

from io import BytesIO

import segno
from django.utils.safestring import SafeString


def svg(text: str, *, label: str = "", scale: int = 4, border: int = 0, extra: str = "") -> SafeString:
    """The code of a text as an ``<svg class="qr">`` element, without inline styles so that the strict policy lets it pass.

    label: what a screen reader says for it; scale: pixels a module has at most; border: quiet modules around it (the
    standard asks for 4: give them by padding, or here); extra: further classes.
    """
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(
        scale=scale,
        border=border,
        omitsize=True,
        svgclass=f"qr {extra}".strip(),
        lineclass=None,
        title=label or None,
    )
    # svg_inline has no way to say what role the picture plays
    return SafeString(drawn.replace("<svg ", '<svg role="img" ' if label else '<svg aria-hidden="true" ', 1))


def file(text: str, *, border: int = 2) -> str:
    """The same as a whole SVG file, for documents that take pictures in."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=border, scale=4, xmldecl=False)
    return out.getvalue().decode()


def png(text: str, *, border: int = 2, scale: int = 8) -> bytes:
    """The same as a PNG, for Word, which shows no SVG in older versions."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", border=border, scale=scale)
    return out.getvalue()
