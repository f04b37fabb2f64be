"""Networks as pictures: SVG for paper and screen, plain characters for the terminal, and words for who can't see them.

Rows of the walk become a diagram (cells and who reads whom), the diagram a plan (columns, lanes and tracks), the plan a
page (boxes, words and wires, measured), and the page an SVG.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from quizgen.layers.base import Shape
from quizgen.layers.graph import Row
from quizgen.pictures.characters import characters
from quizgen.pictures.diagram import diagram
from quizgen.pictures.page import page
from quizgen.pictures.spoken import spoken
from quizgen.pictures.svg import svg

__all__ = ["Picture", "characters", "picture"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A network as an SVG element, its size in CSS pixels, and the words that a screen reader says in its place.

    omitted: how many layers a deep network's gap stands for; 0 where every layer is shown.
    """

    svg: str
    width: float
    height: float
    alt: str
    omitted: int


def picture(
    rows: Sequence[Row],
    input_shape: Shape,
    *,
    title: str,
    identifier: str,
    labels: Sequence[str],
    show_shapes: bool = False,
    to_scale: bool = True,
) -> Picture:
    """The network left to right, at most 480 px wide, on as many lines as it needs.

    identifier: tells this picture's ids from those of others on the page.
    labels: each row's settings in a few words, such as "32, 3 × 3".
    show_shapes: print output shapes, and say them in `alt`; the input's is always there.
    to_scale: size the boxes by their output shapes; without it all of one rank are alike, for a question on shapes.
    """
    drawn = diagram(rows, input_shape, labels)
    alt = spoken(drawn, show_shapes=show_shapes)
    laid_out = page(drawn, show_shapes=show_shapes, to_scale=to_scale)
    drawing = svg(laid_out, title=title, description=alt, identifier=identifier)
    return Picture(drawing, round(laid_out.width, 1), round(laid_out.height, 1), alt, drawn.omitted)
