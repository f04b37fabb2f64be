"""A network in one of the ways in which a question can show it."""

from __future__ import annotations

from zlib import crc32

from quizgen.errors import ViewError
from quizgen.network import Network
from quizgen.prose import Code, Drawing, Items, Table
from quizgen.question import View
from quizgen.views.keras import keras_code
from quizgen.views.listing import layer_list, layer_table
from quizgen.views.settings import short
from quizgen.views.torch import torch_code


def show(
    network: Network, view: View, *, shapes: bool = False, names: bool = False, to_scale: bool = True
) -> Items | Table | Code | Drawing:
    """The network as a list, a table, code or a picture.

    shapes: whether a table and a picture show output shapes.
    names: whether code gives each layer its name.
    to_scale: whether a picture's boxes are sized by their output shapes, which a question on shapes must not give away.
    Raises ViewError where the view cannot show this network, such as code of a framework without one of its layers.
    """
    if view == "list":
        return layer_list(network)
    if view == "table":
        return layer_table(network, shapes=shapes)
    if view == "keras":
        return Code(keras_code(network, names=names))
    if view == "torch":
        return Code(torch_code(network, names=names))
    return drawing(network, shapes=shapes, to_scale=to_scale)


def can_show(network: Network, view: View) -> bool:
    """Whether the view can show this network."""
    try:
        show(network, view)
    except ViewError:
        return False
    return True


def drawing(network: Network, *, shapes: bool, to_scale: bool) -> Drawing:
    """The picture, with the words and the characters that stand for it."""
    if len(network.inputs) > 1:
        raise ViewError(f"a picture has one input, but {network.name} has {len(network.inputs)}.")
    from quizgen.pictures import characters, picture  # most questions have none

    labels = [short(row.layer) for row in network.rows]
    identifier = f"network-{crc32(repr(network).encode()):08x}"
    drawn = picture(
        network.rows,
        network.input,
        title=network.name,
        identifier=identifier,
        labels=labels,
        show_shapes=shapes,
        to_scale=to_scale,
    )
    return Drawing(
        drawn.svg, drawn.alt, characters(network.rows, network.input, labels, show_shapes=shapes), drawn.width
    )
