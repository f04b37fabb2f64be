"""Sources that were made to do harm: a clear error, soon, in little memory, and nothing of them is ever run."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readers.limited import Outcome, outcomes

MEGABYTES = 200
KERAS, TORCH = "from keras import Sequential, Input, Model, layers\n", "import torch\nfrom torch import nn\n"


def keras(*lines: str) -> str:
    return KERAS + "\n".join(lines)


def torch(*lines: str) -> str:
    return TORCH + "\n".join(lines)


def stack_of(layers: str) -> str:
    return keras(f"Sequential([Input((8,)), {layers}])")


def model(*layers: Any, kind: str = "Functional", **config: Any) -> str:
    return json.dumps({"class_name": kind, "config": {"name": "m", "layers": layers, **config}})


def layer(kind: str, name: str, *reads: str, **config: Any) -> dict[str, Any]:
    tensors = [{"class_name": "__keras_tensor__", "config": {"keras_history": [one, 0, 0]}} for one in reads]
    nodes = [{"args": tensors, "kwargs": {}}] if reads else []
    return {"class_name": kind, "name": name, "config": {"name": name, **config}, "inbound_nodes": nodes}


X = layer("InputLayer", "x", batch_shape=[None, 8])
ENDS = {"input_layers": ["x", 0, 0], "output_layers": ["y", 0, 0]}


def nested_json(levels: int) -> str:
    """A TimeDistributed in a TimeDistributed in ..."""
    inner = '{"class_name": "TimeDistributed", "config": {"name": "t", "layer": '
    return model(kind="Sequential")[:-3] + inner * levels + "null" + "}}" * levels + "]}}"


def models_within_models(levels: int) -> str:
    """Each model runs the one in it twice, so that the layers double with each level."""
    inside: dict[str, Any] = layer("Dense", "d", "x", units=8)
    for level in range(levels):
        names = [f"n{level}", "y"]
        inside["inbound_nodes"] = [
            {"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": [source, call, 0]}}], "kwargs": {}}
            for source, call in (("x", 0), (inside["name"], 0))
        ]
        ends = {"input_layers": ["x", 0, 0], "output_layers": [inside["name"], 1, 0]}
        inside = layer("Functional", names[0], "x", layers=[X, inside], **ends)
    return model(X, inside, input_layers=["x", 0, 0], output_layers=[inside["name"], 0, 0])


REFUSED: dict[str, Callable[[], str]] = {
    # numbers
    "dense of 400 digits": lambda: stack_of("layers.Dense(1" + "0" * 400 + ")"),
    "dense of 10,000 digits": lambda: stack_of("layers.Dense(1" + "0" * 10_000 + ")"),
    "dense of a power": lambda: stack_of("layers.Dense(10**400)"),
    "dense of a tower": lambda: stack_of("layers.Dense(9**9**9**9)"),
    "dense of a shift": lambda: stack_of("layers.Dense(1 << 10**9)"),
    "dense of minus five": lambda: stack_of("layers.Dense(-5)"),
    "dense of nothing": lambda: stack_of("layers.Dense(0)"),
    "dense of infinity": lambda: stack_of("layers.Dense(1e400)"),
    "dense of nan": lambda: stack_of("layers.Dense(float('nan'))"),
    "negative kernel": lambda: keras("Sequential([Input((8, 8, 3)), layers.Conv2D(4, -3)])"),
    "negative stride": lambda: keras("Sequential([Input((8, 8, 3)), layers.Conv2D(4, 3, strides=-1)])"),
    "negative input": lambda: keras("Sequential([Input((-8, 8, 3)), layers.Conv2D(4, 3)])"),
    "linear of a power": lambda: torch("nn.Sequential(nn.Linear(10**400, 3))"),
    "negative channels": lambda: torch("nn.Sequential(nn.Conv2d(3, -4, 3))"),
    "as many layers as digits": lambda: torch("nn.Sequential(nn.LSTM(8, 8, num_layers=10**9))"),
    "compact, 5,000 digits": lambda: "784 dense" + "9" * 5_000,
    "compact, negative": lambda: "784 dense-5",
    "compact, many axes": lambda: "1x" * 100_000 + "1 dense3",
    "JSON, 400 digits": lambda: model(X, layer("Dense", "y", "x", units=10**400), **ENDS),
    "JSON, 10,000 digits": lambda: model(X, layer("Dense", "y", "x", units=3), **ENDS).replace(": 3", ": " + "3" * 10_000),
    "JSON, negative": lambda: model(X, layer("Dense", "y", "x", units=-3), **ENDS),
    "JSON, infinite": lambda: model(X, layer("Dense", "y", "x", units=3), **ENDS).replace(": 3", ": Infinity"),
    # what multiplies
    "a text of gigabytes": lambda: stack_of("layers.Dense(len('x' * 10**10))"),
    "a list of gigabytes": lambda: keras("Sequential([Input((8,))] + [layers.Dense(3)] * 10**9)"),
    "lists in lists": lambda: keras("a = [layers.Dense(3)]", *["a = a + a"] * 60, "Sequential(a)"),
    "texts in texts": lambda: keras("a = 'x'", *["a = a + a"] * 60, "Sequential([layers.Dense(len(a))])"),
    "a wide format": lambda: stack_of("layers.Dense(len('%1000000000d' % 3))"),
    "a wide f-string": lambda: stack_of("layers.Dense(len(f'{3:1000000000}'))"),
    "a long range": lambda: keras("m = Sequential()", "for i in range(10**9):", "    m.add(layers.Dense(3))"),
    "ranges in ranges": lambda: keras(
        "m = Sequential()",
        *(f"{'    ' * level}for i{level} in range(9999):" for level in range(12)),
        "    " * 12 + "m.add(layers.Dense(3))",
    ),
    "a comprehension of comprehensions": lambda: keras(
        "Sequential([layers.Dense(3) for a in range(9999) for b in range(9999) for c in range(9999)])"
    ),
    "a loop without an end": lambda: keras("m = Sequential()", "while True:", "    m.add(layers.Dense(3))"),
    "a function that calls itself": lambda: keras("def f(): return f()", "Sequential([f()])"),
    "a function that calls itself twice": lambda: keras(
        "def f(n): return f(n - 1) + f(n - 1) if n else [layers.Dense(3)]", "Sequential(f(60))"
    ),
    "functions that double": lambda: keras(
        "def f0(): return [layers.Dense(3)]",
        *(f"def f{level}(): return f{level - 1}() + f{level - 1}()" for level in range(1, 60)),
        "Sequential(f59())",
    ),
    "a module that holds itself": lambda: torch(
        "class Net(nn.Module):", "    def __init__(self):", "        super().__init__()", "        self.net = Net()",
        "    def forward(self, x):", "        return self.net(x)", "Net()",
    ),
    "a forward that calls itself": lambda: torch(
        "class Net(nn.Module):", "    def __init__(self):", "        super().__init__()",
        "        self.fc = nn.Linear(3, 3)", "    def forward(self, x):", "        return self.forward(self.fc(x))", "Net()",
    ),
    "modules that double": lambda: torch(
        "a = nn.Sequential(nn.Linear(3, 3))", *["a = nn.Sequential(a, a)"] * 60, "net = a"
    ),
    "models that double": lambda: models_within_models(40),
    # nesting
    "brackets": lambda: stack_of("(" * 20_000 + "layers.Dense(3)" + ")" * 20_000),
    "lists": lambda: keras("Sequential(" + "[" * 5_000 + "]" * 5_000 + ")"),
    "calls": lambda: keras("x = Input((8,))", "y = " + "layers.Dense(3)(" * 3_000 + "x" + ")" * 3_000, "Model(x, y)"),
    "attributes": lambda: stack_of("a" + ".a" * 20_000),
    "signs": lambda: stack_of("layers.Dense(" + "-" * 40_000 + "3)"),
    "sums": lambda: stack_of("layers.Dense(" + "1 + " * 20_000 + "1)"),
    "blocks": lambda: keras(*("    " * level + "if True:" for level in range(90)), "    " * 90 + "pass"),
    "lambdas": lambda: stack_of("lambda: " * 5_000 + "3"),
    "modules within modules": lambda: torch("nn.Sequential(" * 3_000 + "nn.Linear(3, 3)" + ")" * 3_000),
    "JSON, brackets": lambda: '{"class_name": ' + "[" * 1_000_000,
    "JSON, objects": lambda: '{"class_name": ' * 100_000,
    "JSON, layers in layers": lambda: nested_json(300),
    "JSON, layers in layers in layers": lambda: nested_json(20_000),
    # size
    "megabytes of code": lambda: keras("m = Sequential()", *["m.add(layers.Dense(3))"] * 170_000),
    "megabytes of PyTorch": lambda: torch(*["nn.Linear(3, 3)"] * 250_000),
    "megabytes of nothing": lambda: "\n" * 3_900_000 + "x",
    "megabytes of one name": lambda: KERAS + "x" * 3_900_000,
    "megabytes of one text": lambda: KERAS + "'" + "x" * 3_900_000 + "'",
    "megabytes of commas": lambda: KERAS + "[" + "0," * 1_900_000 + "]",
    "megabytes of words": lambda: "784 " + "relu " * 700_000,
    "megabytes of unknown words": lambda: "784 " + "rleu " * 700_000,
    "megabytes of suffixes": lambda: "784 dense3" + ",q2" * 1_200_000,
    "megabytes of one suffix": lambda: "784 dense3," + "q" * 3_900_000,
    "megabytes of numbers": lambda: "784 conv" + "3x" * 1_900_000 + "3",
    "megabytes of brackets in JSON": lambda: '{"class_name": "Sequential", "config": [' + "[]," * 1_200_000 + "[]]}",
    "megabytes of objects in JSON": lambda: '{"class_name": "Sequential", "config": [' + "{}," * 1_200_000 + "{}]}",
    "megabytes of layers in JSON": lambda: model(*[layer("Dense", f"d{n}", units=3) for n in range(25_000)], kind="Sequential"),
    "megabytes of one name in JSON": lambda: model(layer("Q" * 3_900_000, "q"), kind="Sequential"),
    # graphs
    "a layer that reads itself": lambda: model(X, layer("Dense", "y", "y", units=3), **ENDS),
    "layers in a circle": lambda: model(
        X, *(layer("Dense", f"d{n}", f"d{(n + 1) % 5_000}", units=3) for n in range(5_000)), layer("Add", "y", "d0", "x"), **ENDS
    ),
    "a layer that reads nothing": lambda: model(X, layer("Dense", "y", units=3), **ENDS),
    "a layer that reads what is not there": lambda: model(X, layer("Dense", "y", "z", units=3), **ENDS),
    "a node of numbers": lambda: model(X, {**layer("Dense", "y", units=3), "inbound_nodes": [[1, 2, 3]]}, **ENDS),
    "an output that is not there": lambda: model(X, layer("Dense", "d", "x", units=3), **ENDS),
    "layers that are no list": lambda: json.dumps({"class_name": "Functional", "config": {"layers": {"a": 1}}}),
    "a name that is a list": lambda: model(layer("Dense", "y", units=[3] * 4), kind="Sequential"),
    "a sum of many": lambda: model(X, layer("Flatten", "f", "x"), layer("Add", "y", *["x", "z"] * 5_000), **ENDS),
    # texts that are no code
    "null bytes": lambda: KERAS + "\0",
    "lone surrogates": lambda: KERAS + "x = '\udcff'\n",
    "a name of nothing": lambda: "\u202e\u200b",
    "regular expressions": lambda: "In [" + " " * 100_000,
    "lines of signs": lambda: "\n".join(["=" * 1_000 + "!"] * 1_000),
    "a sentence": lambda: "word " * 100_000 + "(",
    "a table": lambda: "\n".join(["_" * 60, "Layer (type)   Output Shape   Param #"] * 5_000),
}  # fmt: skip


@pytest.fixture(scope="module")
def refused() -> dict[str, Outcome]:
    return outcomes({name: make() for name, make in REFUSED.items()})


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_source_ends_in_a_clear_error(name: str, refused: dict[str, Outcome]) -> None:
    outcome = refused[name]
    assert outcome.what == "refused", outcome.said
    assert 10 < len(outcome.said) < 1_000
    assert outcome.megabytes < MEGABYTES


FILES: dict[str, bytes] = {
    "empty": b"",
    "random": bytes(range(256)) * 100,
    "half of UTF-16": b"\xff\xfe\x00",
    "half of UTF-8": KERAS.encode() + b"\xf0\x9f",
    "a name of another encoding": b"# coding: unicode_escape\n" + KERAS.encode(),
    "an encoding that is none": b"# coding: rot13\n" + KERAS.encode(),
    "20 MB": b"# " + b"x" * 20_000_000,
}


def test_hostile_files_end_in_a_clear_error(tmp_path: Path) -> None:
    for name, content in FILES.items():
        (tmp_path / f"{name}.py").write_bytes(content)
    (tmp_path / "circle.py").symlink_to(tmp_path / "circle.py")
    (tmp_path / "folder.py").mkdir()
    sources = [*map(str, tmp_path.iterdir()), "/dev/zero", "/dev/null", "/proc/self/mem", str(tmp_path / ("x" * 5_000))]
    for source, outcome in outcomes({source: source for source in sources}).items():
        assert outcome.what == "refused", (source, outcome.said)
        assert outcome.megabytes < MEGABYTES


LEAVE = "open({trace!r}, 'w').write('ran')"
TRACES: dict[str, str] = {
    "a statement": "{leave}",
    "an import": "import os\nos.system('touch {trace}')",
    "an import by name": "__import__('os').system('touch {trace}')",
    "eval": "eval({leave!r})",
    "exec": "exec({leave!r})",
    "an argument": "m = Sequential([layers.Dense({leave})])",
    "a default": "def f(x={leave}): pass",
    "a decorator": "@(lambda f: {leave})\ndef f(): pass",
    "a base": "class A({leave}): pass",
    "a class body": "class A:\n    {leave}",
    "a metaclass": "class M(type):\n    def __new__(*a): {leave}\nclass A(metaclass=M): pass",
    "an f-string": "x = f'{{{leave}}}'",
    "a format": "x = '{{0.__class__}}'.format({leave})",
    "a comprehension": "x = [{leave} for i in range(3)]",
    "a name": "m = Sequential([layers.Dense(3, name={leave})])",
    "a lambda layer": "m = Sequential([layers.Lambda(lambda x: {leave})])",
    "a property": "class A:\n    @property\n    def x(self): {leave}\nA().x",
    "a constructor": "class A(nn.Module):\n    def __init__(self):\n        {leave}\nnet = A()",
    "a forward": "class A(nn.Module):\n    def forward(self, x):\n        {leave}\n        return x\nnet = A()",
    "an exception": "try:\n    1 / 0\nexcept Exception:\n    {leave}",
    "a context": "with open({trace!r}, 'w') as f:\n    pass",
    "a walrus": "if (x := {leave}): pass",
    "an assertion": "assert {leave}",
    "a magic command": "!touch {trace}\n%run {trace}",
    "a subscript": "x = [1][{leave}]",
    "an annotation": "x: {leave} = 3",
    "NumPy": "import numpy\nnumpy.save({trace!r}, numpy.zeros(3))",
    "torch.save": "torch.save(nn.Linear(3, 3), {trace!r})",
    "torch.load": "net = torch.load({trace!r})",
    "a module's file": "from pathlib import Path\nPath({trace!r}).touch()",
}


@pytest.mark.parametrize("framework", [KERAS, TORCH], ids=["keras", "torch"])
def test_no_code_is_run(framework: str, tmp_path: Path) -> None:
    """Each program would leave a file. Whether it's read as a network or refused is no matter here."""
    sources, traces = {}, {}
    network = "Sequential([Input((8,)), layers.Dense(3)])" if framework == KERAS else "nn.Sequential(nn.Linear(8, 3))"
    for number, (name, program) in enumerate(TRACES.items()):
        traces[name] = tmp_path / f"trace{number}"
        leave = LEAVE.format(trace=str(traces[name]))
        code = f"{framework}{program.format(leave=leave, trace=str(traces[name]))}\nmodel = {network}\n"
        path = tmp_path / f"net{number}.py"
        path.write_text(code, encoding="utf-8")
        sources[name] = str(path)
    found = outcomes(sources)
    assert {name: outcome.said for name, outcome in found.items() if outcome.what not in ("read", "refused")} == {}
    assert [name for name, trace in traces.items() if trace.exists()] == []


def test_the_traces_would_be_left(tmp_path: Path) -> None:
    """What the test above looks for is there when such a program does run."""
    trace = tmp_path / "trace"
    exec(LEAVE.format(trace=str(trace)))
    assert trace.read_text(encoding="utf-8") == "ran"


MARSHALLED = "4wEAAAAAAAAAAAAAAAEAAAACAAAAQwAAAHMIAAAAfABkARQAUwA="
"""The beginning of a lambda as Keras 2 writes it down."""


def test_no_function_in_json_is_loaded() -> None:
    lambdas = layer("Lambda", "y", "x", function=[MARSHALLED, None, None], function_type="lambda")
    python = layer("Lambda", "y", "x", function={"class_name": "__lambda__", "config": {"code": MARSHALLED}})
    sources = {name: model(X, one, **ENDS) for name, one in (("Keras 2", lambdas), ("Keras 3", python))}
    for outcome in outcomes(sources).values():
        assert outcome.what == "refused"
        assert "Lambda is no layer of Keras that can be read." in outcome.said
