"""A page as SVG: plain shapes with their own colours, nothing that a style sheet or a small renderer could miss."""

import re
from collections.abc import Iterable
from html import escape

from quizgen.pictures.boxes import BEHIND, Box
from quizgen.pictures.captions import SIZE
from quizgen.pictures.ink import arrowheads, ink, number
from quizgen.pictures.page import Page, Placed, Rect, Text

FONT = "Libertinus Serif, Times New Roman, serif"
INK, GREY, PAPER = "#1a1a1a", "#555", "#fff"

FILLS = {
    "#9cc3e6": ("convolution", "depthwise", "transposed", "partial"),
    "#fbe3b5": ("pooling", "global_pooling"),
    "#b5d8a8": ("dense", "adapters"),
    "#d9a9c9": ("recurrent",),
    "#e8a98a": ("attention", "transformer"),
    "#e6dcf2": ("embedding",),
    "#e3e3e3": ("normalization",),
}
"""The fill of a box, for the families of layers (modules of `quizgen.layers`) that have one; the others stay white.
Where families meet in one network their fills differ in lightness too."""

FILL_OF = {family: fill for fill, families in FILLS.items() for family in families}

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NOT_ID = re.compile(r"[^A-Za-z0-9_-]+")


def svg(page: Page, *, title: str, description: str, identifier: str) -> str:
    """The drawing as one element, which stands alone as a file and inline in HTML."""
    name = "picture-" + NOT_ID.sub("-", identifier)
    width, height = number(page.width), number(page.height)
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
            f'role="img" aria-labelledby="{name}-title {name}-desc" style="max-width:100%;height:auto">',
            f'<title id="{name}-title">{clean(title)}</title><desc id="{name}-desc">{clean(description)}</desc>',
            f'<rect width="{width}" height="{height}" rx="4" fill="{PAPER}"/>',
            f'<g fill="none" stroke="{INK}" stroke-width="0.8" stroke-linejoin="round">',
            *(frame(rect) for rect in page.frames),
            f'<path d="{ink(page.wires)}"/>',
            *map(drawing, page.boxes),
            f'</g><path fill="{INK}" d="{arrowheads(page.wires)}"/>',
            *texts(page.texts),
            "</svg>",
        )
    )


def texts(lines: Iterable[Text]) -> Iterable[str]:
    """All words, centred on their boxes."""
    yield f'<g font-family="{FONT}" font-size="{SIZE}" text-anchor="middle" fill="{INK}">'
    for words, x, y, part in lines:
        colour = f' fill="{GREY}"' if part in ("settings", "times") else ""
        slant = ' font-style="italic"' if part == "shape" else ""
        yield f'<text x="{number(x)}" y="{number(y)}"{colour}{slant}>{clean(words)}</text>'
    yield "</g>"


def frame(rect: Rect) -> str:
    """The dashed frame around a repeat."""
    return (
        f'<rect x="{number(rect.x)}" y="{number(rect.y)}" width="{number(rect.width)}" height="{number(rect.height)}" '
        f'rx="4" stroke="{GREY}" stroke-dasharray="3 2.5"/>'
    )


def drawing(placed: Placed) -> str:
    """One cell: three dots, a sign in a circle, a flat bar, or slabs that recede."""
    cell, box, x, y = placed
    fill = FILL_OF.get(cell.family, PAPER)
    if box.gap:
        return dots(x + box.width / 2, placed.middle)
    if box.sign:
        return sign(box.sign, x + box.width / 2, placed.middle, box.width / 2, fill)
    return "".join(
        slab(box, x + BEHIND * step, y + BEHIND * (box.behind - step), fill) for step in range(box.behind, -1, -1)
    )


def dots(x: float, y: float) -> str:
    """Three dots."""
    row = "".join(f'<circle cx="{number(x + step)}" cy="{number(y)}" r="1.2"/>' for step in (-5, 0, 5))
    return f'<g fill="{INK}" stroke="none">{row}</g>'


def sign(glyph: str, x: float, y: float, radius: float, fill: str) -> str:
    """A circle with a plus or a cross."""
    arm = radius * (0.55 if glyph == "+" else 0.4)
    left, right, top, bottom = (number(n) for n in (x - arm, x + arm, y - arm, y + arm))
    middle_x, middle_y = number(x), number(y)
    cross = (
        f"M{left} {middle_y}H{right}M{middle_x} {top}V{bottom}"
        if glyph == "+"
        else f"M{left} {top}L{right} {bottom}M{left} {bottom}L{right} {top}"
    )
    return f'<circle cx="{middle_x}" cy="{middle_y}" r="{number(radius)}" fill="{fill}"/><path d="{cross}"/>'


def slab(box: Box, x: float, y: float, fill: str) -> str:
    """A face whose top and right side recede; only the face where nothing does."""
    width, height, recess = number(box.face_width), number(box.face_height), number(box.recess)
    left, top = number(x), number(y + box.recess)
    if not box.recess:
        return f'<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="1" fill="{fill}"/>'
    return (
        f'<path d="M{left} {top}l{recess} -{recess}h{width}v{height}l-{recess} {recess}h-{width}z" fill="{fill}"/>'
        f'<path d="M{left} {top}l{recess} -{recess}h{width}l-{recess} {recess}z" fill="{PAPER}" fill-opacity="0.5"/>'
        f'<path d="M{number(x + box.face_width)} {top}v{height}"/>'
    )


def clean(text: str) -> str:
    """Text that XML can hold."""
    return escape(NOT_XML.sub("", text), quote=False)
