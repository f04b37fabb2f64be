"""What PyTorch itself says of code: it is run, and each module's output and parameters are noted. For tests only."""

from __future__ import annotations

import ast
import contextlib
import io
from collections.abc import Sequence
from math import prod
from typing import Any, NamedTuple

from quizgen.layers.graph import Row
from quizgen.network import non_trainable_total, trainable_total
from quizgen.readers.python import parsed
from quizgen.readers.reading import Reading
from tests.readers.torch_cases import Pasted

BATCH = 3
WHOLE = ("MultiheadAttention", "TransformerEncoderLayer", "TransformerDecoderLayer")
"""Modules that are one layer for quizgen, and made of several in PyTorch."""

PRELUDE = "import types, sys, math\nimport torch\nfrom torch import nn, optim\nimport torch.nn.functional as F\nfrom torch.autograd import Variable\ndevice, learning_rate = 'cpu', 0.1\n"
"""What the people who paste code leave out."""

LIGHTNING = """
pytorch_lightning = types.ModuleType("pytorch_lightning")
pytorch_lightning.LightningModule = type("LightningModule", (nn.Module,), {"save_hyperparameters": lambda self: None})
sys.modules["pytorch_lightning"] = pytorch_lightning
"""
"""What stands for a package that isn't there, in the tests of this process alone."""


class Said(NamedTuple):
    """One module: its type, its parameters, and the shape of what each of its calls gave."""

    type: str
    params: int
    trainable: int
    shapes: list[tuple[int, ...]]


class Truth(NamedTuple):
    """What PyTorch says of a network."""

    trainable: int
    frozen: int
    modules: dict[str, Said]
    output: tuple[int, ...]


def built(text: str, model: str) -> Any:
    """The module that code builds. Statements that only a person with the data could run are left out."""
    names: dict[str, Any] = {"__name__": "case"}
    exec(PRELUDE + LIGHTNING, names)
    for node in parsed(text, "case").body:
        with contextlib.suppress(Exception), contextlib.redirect_stdout(io.StringIO()):
            exec(compile(ast.Module([node], []), "case", "exec"), names)
    return eval(model, {**names, "with_default": with_default})


def run(module: Any, inputs: Sequence[tuple[int, ...]], *, ids: bool = False, batch_at: int = 0) -> Truth:
    """A module fed with zeros of these sizes."""
    import torch

    module = module.cpu().eval()
    modules: dict[str, Said] = {}
    seen: set[int] = set()
    for path, part in module.named_modules():
        inside = any(path.startswith(f"{owner}.") for owner, said in modules.items() if said.type in WHOLE)
        if (
            inside
            or isinstance(part, torch.nn.Sequential)
            or (list(part.children()) and type(part).__name__ not in WHOLE)
        ):
            continue
        own = [one for one in part.parameters() if id(one) not in seen]
        seen |= {id(one) for one in own}
        trained = sum(one.numel() for one in own if one.requires_grad)
        said = modules[path] = Said(type(part).__name__, sum(one.numel() for one in own), trained, [])
        part.register_forward_hook(noting(said.shapes))
    fed = [with_batch(shape, batch_at) for shape in inputs]
    with torch.no_grad():
        result = module(*(torch.zeros(shape, dtype=torch.long if ids else torch.float32) for shape in fed))
    while isinstance(result, tuple | list):
        result = result[0]
    parameters = list(module.parameters())
    trainable = sum(one.numel() for one in parameters if one.requires_grad)
    return Truth(trainable, sum(one.numel() for one in parameters) - trainable, modules, tuple(result.shape))


def with_batch(shape: tuple[int, ...], at: int) -> tuple[int, ...]:
    return (*shape[:at], BATCH, *shape[at:])


def noting(shapes: list[tuple[int, ...]]) -> Any:
    def note(module: Any, inputs: Any, output: Any) -> None:
        shapes.append(tuple((output[0] if isinstance(output, tuple) else output).shape))

    return note


def check(reading: Reading, truth: Truth) -> None:
    """Totals, and module by module what comes out and what it holds."""
    rows = reading.network.rows
    assert (trainable_total(rows), non_trainable_total(rows)) == (truth.trainable, truth.frozen)
    names = {row.name: row for row in rows}
    for path, said in truth.modules.items():
        if not said.shapes:
            assert path not in names or not said.params or names[path].params == said.params, path
            continue
        calls = [names.get(f"{path}_{number}" if number else path) for number in range(len(said.shapes))]
        assert all(calls), (path, said, list(names))
        first = calls[0]
        assert first is not None
        extra = names[f"{path}.bias"].params if f"{path}.bias" in names else 0
        assert (0 if first.node.tied_to else first.params) + extra == said.params, (path, said, first)
        assert (first.non_trainable == 0) == (said.trainable == said.params) or first.node.tied_to, (path, said)
        for row, shape in zip(calls, said.shapes, strict=True):
            assert row is not None
            assert fits(shown(reading, row), shape), (path, shown(reading, row), shape)
    assert fits(shown(reading, rows[-1]), truth.output), (rows[-1], truth.output)


def shown(reading: Reading, row: Row) -> tuple[int, ...]:
    """A row's output as PyTorch prints it, without the batch."""
    first = row.name in reading.channels_first
    return (row.output[-1], *row.output[:-1]) if first else tuple(row.output)


def fits(ours: tuple[int, ...], theirs: tuple[int, ...]) -> bool:
    """Whether the shapes are the same but for the batch, which PyTorch's code may have put anywhere or swallowed axes with."""
    spread = list(theirs)
    if theirs == ours:  # rows of a table, the same for every example
        return True
    if BATCH in spread:
        spread.remove(BATCH)
        if tuple(spread) == ours:
            return True
    return prod(theirs) == BATCH * prod(ours) and theirs[-1] == ours[-1]


def with_default(module: Any, **defaults: Any) -> Any:
    """A module whose `forward` needs an argument that the test does not feed."""
    kind = type(module)
    module.__class__ = type(kind.__name__, (kind,), {"forward": lambda self, x: kind.forward(self, x, **defaults)})
    return module


def truth_of(case: Pasted) -> Truth:
    """What PyTorch says of a pasted network."""
    text = case.text.replace(".cuda()", "").replace('"cuda"', '"cpu"')
    return run(built(text, case.model), case.inputs, ids=case.ids, batch_at=case.batch_at)
