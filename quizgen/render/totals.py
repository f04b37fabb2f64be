"""What is said of a whole network, on a screen and on paper alike."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.layers.base import Shape
from quizgen.layers.embedding import Embedding
from quizgen.layers.graph import input_name
from quizgen.memory import UNITS, in_unit
from quizgen.notes import named
from quizgen.prose import Prose, Value, prose, spelled
from quizgen.readers.shapes import written_shape
from quizgen.solving import Solution
from quizgen.unknown import is_known, known
from quizgen.views.conventions import FRAMEWORKS
from quizgen.views.listing import reader

FLOAT32 = "as float32"

USUAL_INPUTS = {1: (784,), 2: (100, 64), 3: (224, 224, 3), 4: (16, 112, 112, 3)}
"""An input of so many axes, channels last, to show how one is typed."""

USUAL_TOKENS = 100
"""A text, likewise."""


def about(solution: Solution) -> str:
    """`Keras · input 28 × 28 × 1`."""
    framework = FRAMEWORKS.get(solution.reading.framework, "")
    inputs = " and ".join(map(str, solution.inputs))
    return " · ".join(filter(None, (framework, f"input {inputs}")))


def totals(solution: Solution) -> Iterator[tuple[str, Prose]]:
    """Each total with what it is called."""
    yield "Parameters", parameters(solution)
    yield "Trainable", prose("{}", maybe(solution.trainable))
    yield "Not trained", prose("{}", maybe(solution.non_trainable))
    if known(solution.params) is not None:
        yield "Memory", memory(solution)
    yield "MACs", prose("{} for one example", maybe(solution.macs))
    if solution.receptive_field:
        name, size = solution.receptive_field
        yield "Receptive field", prose("{} cells of the input behind `{}`", size, name)
    if not solution.is_complete:
        yield "Input", missing(solution)


def parameters(solution: Solution) -> Prose:
    if known(solution.params) is not None or not solution.counted:
        return prose("{}", maybe(solution.params))
    return prose("?, and {} without {}", solution.counted, named(solution.lacking))


def memory(solution: Solution) -> Prose:
    weights = prose("{} of parameters", in_bytes(solution.weights))
    if known(solution.activations) is None:
        return prose("{} {}", weights, FLOAT32)
    return prose("{} and {} of activations for one example, {}", weights, in_bytes(solution.activations), FLOAT32)


def in_bytes(size: int) -> str:
    """`136 KiB`: in the largest unit of which there is one."""
    units = [unit for unit in ("B", "KiB", "MiB", "GiB") if size >= UNITS[unit]]
    unit = units[-1] if units else "B"
    amount = in_unit(size, unit)
    return f"{spelled(round(amount, 1) if amount < 100 else round(amount))} {unit}"


def missing(solution: Solution) -> Prose:
    """That a size is not known, and how it is given, unless its reader says that better."""
    unknown = "not all of its size is known, nor what depends on it."
    if any("--input" in remark for remark in solution.reading.remarks):
        return Prose(unknown)
    return prose(
        f"{unknown} Give it, such as `--input {{}}`.",
        " ".join(written_shape(example(solution, shape)) for shape in solution.inputs if not is_known(shape)),
    )


def example(solution: Solution, shape: Shape) -> Shape:
    """A shape with usual sizes for those that nobody has said, in the order of the source."""
    name = input_name(solution.inputs.index(shape))
    first = name in solution.channels_first
    usual = USUAL_INPUTS.get(len(shape), (28,) * len(shape))
    if isinstance(reader(solution.network, name), Embedding):
        usual = (USUAL_TOKENS,)
    usual = (usual[-1], *usual[:-1]) if first and len(usual) > 2 else usual
    return Shape(other if known(size) is None else size for size, other in zip(shape, usual, strict=True))


def maybe(count: int) -> Value:
    """A count, or a question mark where it is not known."""
    return "?" if known(count) is None else count
