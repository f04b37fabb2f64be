"""The kinds that ask for memory, on models whose memory is known, and against formulas typed once more."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from pathlib import Path
from typing import Any

import pytest

from quizgen.architectures import architecture
from quizgen.compose import compose
from quizgen.errors import QuizgenError
from quizgen.kinds import find_kind, read_kind
from quizgen.layers import Conv2D, Dense, EncoderBlock, Flatten, MaxPooling2D
from quizgen.misconceptions import misconception
from quizgen.network import Network, stack
from quizgen.prose import spelled
from quizgen.quantities import Asked, quantity
from quizgen.question import Choices, FillIn, Question
from quizgen.remembering import Remembering

SEEDS = range(20)
BYTES = {"float64": 8, "float32": 4, "float16": 2}
UNIT = {"B": 1, "KB": 1000, "MB": 1000**2, "GB": 1000**3, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}
STATES = {"sgd": 0, "momentum": 1, "adam": 2}


def held(network: Network, asks: str, *holds: str, **own: Any) -> Remembering:
    given = {"dtype": "float32", "batch": 1, "optimizer": "adam", "unit": "B"} | own
    return Remembering(network, Asked(quantity(asks)), holds, **given)  # type: ignore[arg-type]


def decoder(layers: int, heads: int, head_dim: int, tokens: int, kv_heads: int | None = None) -> Network:
    block = EncoderBlock(heads, 4 * heads * head_dim, kv_heads=kv_heads, causal=True)
    return stack("decoder", (tokens, heads * head_dim), [block] * layers, framework="torch")


HALF: dict[str, Any] = {"dtype": "float16"}


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        # lynx-cortex quiz q-22-01: 2 layers, 4 heads of 16, batch 4, 64 tokens in float16
        (held(decoder(2, 4, 16, 64), "kv_cache", "cache", batch=4, unit="KiB", **HALF), 128),
        # Llama 2 7B and Llama 3 8B: half a mebibyte, and an eighth of one, for each token
        (held(decoder(32, 32, 128, 4096), "kv_cache", "cache", tokens=1, unit="KiB", **HALF), 512),
        (held(decoder(32, 32, 128, 8192, 8), "kv_cache", "cache", tokens=1, unit="KiB", **HALF), 128),
        (held(architecture("llama-3-8b"), "kv_cache", "cache", unit="GiB", **HALF), 1),
        # torchvision's file sizes of VGG-16 and AlexNet, in MiB
        (held(architecture("vgg-16"), "params", "weights", unit="MiB"), Fraction("527.79")),
        (held(architecture("alexnet"), "params", "weights", unit="MiB"), Fraction("233.08")),
        # 16 bytes for each parameter of GPT-2 under Adam
        (held(architecture("gpt-2"), "params", "weights", "gradients", "states"), 1_991_036_928),
        (held(architecture("gpt-2"), "params", "weights", "gradients", "states", optimizer="sgd"), 995_518_464),
        # VGG-16 keeps 15,237,608 numbers of one image (input included, rectifiers in place): 61 MB
        (held(architecture("vgg-16"), "activations", "activations", unit="MB"), Fraction("60.95")),
    ],
)
def test_a_model_whose_memory_is_known(task: Remembering, expected: int | Fraction) -> None:
    assert spelled(task.key) == spelled(expected)


SMALL = stack("small", (8, 8, 1), [Conv2D(2, (3, 3)), MaxPooling2D((2, 2)), Flatten(), Dense(3)])
"""By hand: 20 and 57 parameters; 64 numbers come in, 72, 18, 0 and 3 are left."""


def test_a_training_step_by_hand() -> None:
    task = held(SMALL, "params", "weights", "gradients", "states", "activations", batch=10)
    assert task.key == 4 * (77 + 77 + 2 * 77 + 10 * (64 + 72 + 18 + 3))


@pytest.mark.parametrize(
    ("belief", "expected"),
    [
        ("memory-one-byte", 77 + 4 * (3 * 77 + 1_570)),
        ("memory-bits-as-bytes", 4 * (8 * 77 + 3 * 77 + 1_570)),
        ("memory-ignores-gradients", 4 * (3 * 77 + 1_570)),
        ("memory-forget-adam-states", 4 * (2 * 77 + 1_570)),
        ("memory-gradients-among-states", 4 * (5 * 77 + 1_570)),
        ("memory-ignores-batch", 4 * (4 * 77 + 157)),
        # without its 2 + 3 biases
        ("conv-forget-bias", 4 * (4 * 75 + 1_570)),
    ],
)
def test_what_beliefs_make_of_it(belief: str, expected: int) -> None:
    task = held(SMALL, "params", "weights", "gradients", "states", "activations", batch=10)
    assert task.believed((misconception(belief),)) == expected


def test_two_beliefs_at_once() -> None:
    task = held(SMALL, "params", "weights", "gradients", "states", "activations", batch=10)
    pair = (misconception("memory-ignores-batch"), misconception("memory-forget-adam-states"))
    assert task.believed(pair) == 4 * (2 * 77 + 157)


def test_query_heads_leave_nothing_in_the_cache() -> None:
    task = held(decoder(3, 8, 16, 100, 2), "kv_cache", "cache", batch=2, **HALF)
    assert task.key == 2 * 3 * 2 * 16 * 100 * 2 * 2
    assert task.believed((misconception("kv-query-heads-in-gqa"),)) == 4 * task.key


def task_of(question: Question) -> Any:
    assert isinstance(question.task, Remembering)
    return question.task


def params(network: Network) -> int:
    """What the layers of a small convolutional network have."""
    found = 0
    for row in network.rows:
        layer: Any = row.layer
        if isinstance(layer, Conv2D):
            found += layer.filters * (prod(layer.kernel) * row.inputs[0][-1] // layer.groups + 1)
        elif isinstance(layer, Dense):
            found += layer.units * (row.inputs[0][-1] + 1)
    return found


def kept(network: Network) -> int:
    """The numbers at the input and behind each layer but a flatten, which gives the same ones another shape."""
    outputs = [row.output for row in network.rows if not isinstance(row.layer, Flatten)]
    return sum(map(prod, (network.input, *outputs)))


@pytest.mark.parametrize("name", ["weight-memory", "activation-memory", "training-memory"])
def test_the_memory_of_a_small_network(name: str) -> None:
    for seed in SEEDS:
        question = compose(find_kind(name), seed)
        task, network = task_of(question), question.network
        count, stored = params(network), kept(network) * task.batch
        numbers = {
            "weight-memory": count,
            "activation-memory": stored,
            "training-memory": count * (2 + STATES[task.optimizer]) + stored,
        }
        assert question.answer == Fraction(numbers[name] * BYTES[task.dtype], UNIT[task.unit]), question.name


@pytest.mark.parametrize("name", ["kv-cache-size", "kv-cache-grouped", "kv-cache-per-token"])
def test_the_cache_of_a_decoder(name: str) -> None:
    for seed in SEEDS:
        question = compose(find_kind(name), seed)
        task, blocks = task_of(question), question.network.nodes
        block: Any = blocks[0].layer
        length, width = question.network.input
        tokens = 1 if name == "kv-cache-per-token" else length
        wide = (block.kv_heads or block.heads) * width // block.heads
        size = 2 * len(blocks) * wide * tokens * task.batch * BYTES[task.dtype]
        assert question.answer == Fraction(size, UNIT[task.unit]), question.name


def test_a_famous_model_takes_its_parameters_so_many_times() -> None:
    for seed in SEEDS:
        question = compose(find_kind("famous-training-memory"), seed)
        task = task_of(question)
        published = sum(row.params for row in question.network.rows if row.node.tied_to is None)
        each = BYTES[task.dtype] * (2 + STATES[task.optimizer])
        assert question.answer == Fraction(published * each, UNIT[task.unit])


def test_the_table_holds_shapes_and_bytes() -> None:
    for seed in SEEDS:
        question = compose(find_kind("activation-memory-table"), seed)
        task, blanks = task_of(question), []
        each = task.batch * BYTES[task.dtype]
        for row in question.network.rows:
            blanks += [row.output] if isinstance(row.layer, Flatten) else [row.output, each * prod(row.output)]
        assert isinstance(question.answering, FillIn)
        assert question.answer == (*blanks, each * kept(question.network))


MEMORY_KINDS = ("weight-memory", "activation-memory", "training-memory", "famous-training-memory", "kv-cache-size")


@pytest.mark.parametrize("name", MEMORY_KINDS)
def test_options_are_printed_differently_and_in_one_unit(name: str) -> None:
    for seed in SEEDS:
        answering = compose(find_kind(name), seed).answering
        assert isinstance(answering, Choices)
        assert answering.unit
        printed = [spelled(one.value) for one in answering.options if isinstance(one.value, int | Fraction)]
        assert len(set(printed)) == len(answering.options)


TEMPLATE = """+++
title = "A test"
topic = "cost"
level = 11
about = {{ family = "cnn2d", head = "flatten" }}
form = "memory"
asks = "params"
answer = "choice"
{line}
+++
{{% block question %}}How many {{{{ memory.unit }}}}?{{% endblock %}}
{{% block solution %}}{{{{ memory.worked }}}}{{% endblock %}}
"""


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "the field “holds” is missing"),
        ('holds = "wieghts"', "there is no thing that stands in memory “wieghts”. Did you mean “weights”"),
        ('holds = "weights"\ndtype = "float8"', "there is no data type “float8”"),
        ('holds = "weights"\nunit = "kB"', "there is no unit “kB”"),
        ('holds = "weights"\noptimizer = ["adam", "sdg"]', "there is no optimizer “sdg”"),
        ('holds = "weights"\nbatch = 0', "“batch” is no number of examples. Write batch = 32, or [16, 32]."),
        ('holds = "weights"\nbatch = []', "“batch” is no number of examples"),
        ('holds = "cache"', "nothing is kept in the memory of this network"),
    ],
)
def test_what_an_author_gets_wrong_is_said_with_its_place(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "mine.md"
    path.write_text(TEMPLATE.format(line=line), encoding="utf-8")
    with pytest.raises(QuizgenError) as raised:
        compose(read_kind(path), 1)
    assert message in str(raised.value)
    assert str(raised.value).startswith(str(path))
