"""The SVG as a file: well formed, the same each time, at home in HTML and in Typst, and discreet."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from itertools import combinations
from xml.etree import ElementTree

import pytest
import typst

from quizgen.layers import Dense
from quizgen.layers.base import Shape
from quizgen.pictures.captions import SIZE, measure
from quizgen.pictures.layout import WIDTH
from quizgen.pictures.svg import FILL_OF, PAPER
from tests.pictures.networks import Drawn, at, encoder, every, inception, lenet

SVG = "{http://www.w3.org/2000/svg}"
PLAIN = {"svg", "title", "desc", "g", "path", "rect", "circle", "text"}
"""Elements that every renderer of SVG draws alike."""


@every
@pytest.mark.parametrize("show_shapes", [False, True])
def test_the_svg_is_well_formed_and_named(network: Callable[[], Drawn], show_shapes: bool) -> None:
    drawn = network().picture(show_shapes=show_shapes)
    root = ElementTree.fromstring(drawn.svg)
    assert root.get("role") == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert (title.text, description.text) == ("A network", drawn.alt)
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


@every
def test_it_is_made_of_plain_shapes_and_fits_the_column(network: Callable[[], Drawn]) -> None:
    drawn = network().picture(show_shapes=True)
    root = ElementTree.fromstring(drawn.svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= PLAIN
    assert drawn.width <= WIDTH == 480
    assert root.get("viewBox") == f"0 0 {drawn.width:g} {drawn.height:g}"


def test_ids_of_two_pictures_on_one_page_differ() -> None:
    first, second = (set(re.findall(r' id="([^"]+)"', lenet().picture(identifier=name).svg)) for name in ("a:1", "a:2"))
    assert len(first) == len(second) == 2
    assert not first & second


@every
def test_the_same_network_gives_the_same_bytes(network: Callable[[], Drawn]) -> None:
    assert network().picture() == network().picture()


def test_another_process_gives_the_same_bytes() -> None:
    code = "from tests.pictures.networks import inception; print(inception().picture().svg)"
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert printed == {inception().picture().svg.encode() + os.linesep.encode()}


def test_any_text_is_escaped() -> None:
    hostile = "</text><script>&\x00\x1b"
    drawn = Drawn(at(hostile, Dense(3), hostile), inputs=[Shape((2,))]).picture(identifier=f'"{hostile}')
    root = ElementTree.fromstring(drawn.svg)
    assert not any(element.tag.endswith("script") for element in root.iter())
    assert "</text><script>&" in "".join(root.itertext())


@every
def test_shapes_are_printed_only_where_asked_for(network: Callable[[], Drawn]) -> None:
    drawn = network()
    shown, hidden = (words(drawn.picture(show_shapes=show).svg) for show in (True, False))
    said = {cell.settings for cell in drawn.diagram().cells}
    outputs = {str(row.output) for row in drawn.rows} - said
    assert outputs & shown
    assert not outputs & hidden


def test_without_scale_boxes_of_one_rank_are_alike() -> None:
    boxes = lenet().page(to_scale=False).boxes
    assert len({box.box for box in boxes if len(box.cell.shape) == 3}) == 1
    assert len({box.box for box in boxes if len(box.cell.shape) == 1}) == 1


def test_with_scale_larger_maps_and_longer_vectors_are_drawn_larger() -> None:
    boxes = {box.cell.name: box.box for box in lenet().page().boxes}
    assert boxes["input"].face_height > boxes["c1"].face_height > boxes["s2"].face_height > boxes["s4"].face_height
    assert boxes["input"].face_width < boxes["c1"].face_width < boxes["c3"].face_width
    assert boxes["flat"].face_height > boxes["f5"].face_height > boxes["f6"].face_height > boxes["out"].face_height


def test_the_families_that_are_filled_are_modules_of_layers() -> None:
    assert [family for family in FILL_OF if find_spec(f"quizgen.layers.{family}") is None] == []


@pytest.mark.parametrize(
    "together",
    [
        ("convolution", "pooling", "dense", "reshaping"),
        ("convolution", "normalization", "activation"),
        ("embedding", "recurrent", "dense", "activation"),
        ("embedding", "attention", "dense", "merging"),
    ],
)
def test_families_that_meet_stay_apart_in_grey(together: tuple[str, ...]) -> None:
    greys = [grey(FILL_OF.get(family, PAPER)) for family in together]
    assert min(abs(a - b) for a, b in combinations(greys, 2)) > 12


def test_the_type_is_at_least_eight_points_at_full_width() -> None:
    assert SIZE * 72 / 96 >= 8


def test_typst_draws_it_and_its_words_are_no_wider_than_measured() -> None:
    samples = ["Conv2D", "MaxPooling2D", "64, 3 × 3,", "stride 2, same", "BatchNormalization", "224 × 224 × 3", "WMw@…"]
    quoted = ", ".join(f'"{sample}"' for sample in samples)
    source = f"""
        #set text(font: "Libertinus Serif", size: {SIZE}pt)
        #image(bytes(sys.inputs.svg), format: "svg", alt: "A network")
        #context [#metadata(({quoted}).map(words => measure(text(words)).width / 1pt)) <widths>]
    """
    inputs = {"svg": encoder().picture().svg}
    assert typst.compile(source.encode(), sys_inputs=inputs).startswith(b"%PDF")
    widths = typst.query(source.encode(), "<widths>", field="value", one=True, sys_inputs=inputs)
    real = [float(width) for width in re.findall(r"[\d.]+", str(widths))]
    assert len(real) == len(samples)
    assert all(width <= measure(sample) for width, sample in zip(real, samples, strict=True))


def words(svg: str) -> set[str]:
    """The words that are drawn."""
    return {element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")}


def grey(colour: str) -> float:
    """The brightness of a colour, 0 to 255 (ITU-R BT.601)."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue
