"""Keras code as people paste it, and what Keras counts in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quizgen.layers.base import Shape
from quizgen.network import Network, non_trainable_total, params_total, trainable_total
from quizgen.readers.keras import looks_like_keras, read_keras
from quizgen.readers.python import parsed
from quizgen.readers.reading import ReadError, Reading
from quizgen.unknown import UNKNOWN, known
from tests.readers.keras_truth import NAMES, Truth, pasted, program, recorded


def read(text: str, **settings: object) -> Reading:
    return read_keras(text, "net.py", **settings)  # type: ignore[arg-type]


def truth(network: Network) -> Truth:
    rows = network.rows
    return Truth(trainable_total(rows), non_trainable_total(rows), tuple(map(known, network.output)))


@pytest.mark.parametrize("source", [pasted, program], ids=["pasted", "program"])
@pytest.mark.parametrize("name", NAMES)
def test_a_pasted_network_has_the_totals_that_keras_counts(name: str, source: Callable[[str], str]) -> None:
    text = source(name)
    assert looks_like_keras(parsed(text, name))
    assert truth(read(text).network) == recorded(name)


SEEDS: dict[str, tuple[str, int, dict[str, int]]] = {
    "000, as its text says": (
        """
        model = Sequential()
        model.add(Conv2D(60, (7, 7), input_shape=(100, 100, 1), activation="relu"))
        model.add(Conv2D(100, (5, 5), activation="relu"))
        model.add(MaxPooling2D(pool_size=(2, 2)))
        model.add(Flatten())
        model.add(Dense(250))
        model.add(Dense(200))
        model.add(Dense(1))
        """,
        60 * (7 * 7 + 1) + 100 * (5 * 5 * 60 + 1) + 250 * (45 * 45 * 100 + 1) + 200 * 251 + 201,
        {"conv2d": 3_000, "conv2d_1": 150_100, "max_pooling2d": 0},
    ),
    "000, as its code says": (
        pasted("two_classes"),
        60 * (7 * 7 + 1) + 100 * (5 * 5 * 60 + 1) + 250 * 101 + 200 * 251,
        {"dense": 25_250, "dense_1": 50_200},
    ),
    "001": (
        """
        model = Sequential([
            Conv2D(32, 5, input_shape=(28, 28, 1)), MaxPooling2D(2), Conv2D(32, 3), MaxPooling2D(2),
            Flatten(), Dropout(0.5), Dense(256), Dropout(0.5), Dense(10),
        ])
        """,
        217_706,
        {"conv2d": 832, "conv2d_1": 9_248, "dense": 205_056, "dense_1": 2_570},
    ),
    "002": (
        """
        model = keras.Sequential([
            keras.Input(shape=(28, 28, 1)),
            layers.Conv2D(32, kernel_size=(3, 3), activation="relu"),
            layers.MaxPooling2D(pool_size=(2, 2)),
            layers.Conv2D(64, kernel_size=(3, 3), activation="relu"),
            layers.MaxPooling2D(pool_size=(2, 2)),
            layers.Flatten(),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ])
        """,
        34_826,
        {"conv2d": 320, "max_pooling2d": 0, "conv2d_1": 18_496, "dense": 16_010},
    ),
    "003": ("Conv2D(256, 3, padding='same', input_shape=(100, 100, 128))", 295_168, {}),
    "003 without biases": ("Conv2D(256, 3, padding='same', use_bias=False)(Input((100, 100, 128)))", 294_912, {}),
}
"""The networks of the questions that this program grew from, and the numbers of their answers (000 by hand: nobody
there worked it out)."""


@pytest.mark.parametrize("name", SEEDS)
def test_the_networks_of_the_first_questions_have_their_numbers(name: str) -> None:
    text, total, layers = SEEDS[name]
    rows = {row.name: row for row in read(text).network.rows}
    assert {layer: rows[layer].params for layer in layers} == layers
    assert sum(row.params for row in rows.values()) == total


SPELLINGS: dict[str, tuple[str, Shape, int]] = {
    # what comes in
    "input_dim": ("Sequential([Dense(12, input_dim=7)])", Shape((12,)), 96),
    "input_shape as a number": ("Sequential([Dense(12, input_shape=7)])", Shape((12,)), 96),
    "batch_input_shape": ("Sequential([Dense(12, batch_input_shape=(32, 7))])", Shape((12,)), 96),
    "InputLayer": ("Sequential([InputLayer((7,)), Dense(12)])", Shape((12,)), 96),
    "build": ("m = Sequential([Dense(12)])\nm.build((None, 7))", Shape((12,)), 96),
    "input_length": ("Sequential([Embedding(50, 8, input_length=9), Flatten()])", Shape((72,)), 400),
    "a model called": ("m = Sequential([Dense(12)])\ny = m(Input((7,)))", Shape((12,)), 96),
    "a functional fragment": ("x = Input((7,))\nDense(12)(x)", Shape((12,)), 96),
    # how layers are named
    "keras.layers.core": (
        "from keras.layers.core import Dense as D\nSequential([D(12, input_dim=7)])",
        Shape((12,)),
        96,
    ),
    "tf.keras.layers": ("tf.keras.Sequential([tf.keras.layers.Dense(12, input_dim=7)])", Shape((12,)), 96),
    "L": ("from tensorflow.keras import layers as L\nL.Dense(12)(L.Input((7,)))", Shape((12,)), 96),
    # defaults and old words
    "pooling's stride": ("MaxPooling2D(3)(Input((9, 9, 2)))", Shape((3, 3, 2)), 0),
    "GRU": ("GRU(5)(Input((4, 3)))", Shape((5,)), 3 * (5 * (3 + 5) + 2 * 5)),
    "GRU without reset_after": ("GRU(5, reset_after=False)(Input((4, 3)))", Shape((5,)), 3 * (5 * (3 + 5) + 5)),
    "five by five": ("Convolution2D(8, 5, 5, border_mode='same')(Input((9, 9, 1)))", Shape((9, 9, 8)), 208),
    "stride as in Keras 3": ("Conv2D(8, 3, 3)(Input((9, 9, 1)))", Shape((3, 3, 8)), 80),
    "SAME": ("Conv2D(8, 3, padding='SAME')(Input((9, 9, 1)))", Shape((9, 9, 8)), 80),
    "causal": ("Conv1D(8, 3, padding='causal', dilation_rate=2)(Input((9, 1)))", Shape((9, 8)), 32),
    "concat_axis": ("x = Input((4, 4, 2))\nmerge([x, x], mode='concat', concat_axis=-1)", Shape((4, 4, 4)), 0),
    # Python
    "a loop": ("m = Sequential()\nfor u in [5, 4]:\n  m.add(Dense(u, input_dim=7))", Shape((4,)), 40 + 24),
    "a comprehension": ("Sequential([Input((7,))] + [Dense(u) for u in range(5, 3, -1)])", Shape((4,)), 40 + 24),
    "arithmetic": ("n = 3 * 2**2\nDense(n // 1)(Input((10 - 3,)))", Shape((12,)), 96),
    "starred": ("parts = [Dense(5), Dense(4)]\nSequential([Input((7,)), *parts])", Shape((4,)), 40 + 24),
    "keywords": ("how = dict(use_bias=False)\nDense(12, **how)(Input((7,)))", Shape((12,)), 84),
    "parts": ("a, (b, c) = 5, (4, 3)\nDense(b)(Input((7,)))", Shape((4,)), 32),
    "a function": ("def f(x, n=5):\n  return Dense(n)(x)\nf(f(Input((7,)), n=4))", Shape((5,)), 32 + 25),
    "a choice": ("Dense(4 if True else 5)(Input((7,)))", Shape((4,)), 32),
    "a lambda": ("f = lambda x: Dense(4)(x)\nf(Input((7,)))", Shape((4,)), 32),
    "a Lambda": ("Dense(4)(Lambda(lambda x: x / 255.)(Input((7,))))", Shape((4,)), 32),
    "an undecided branch": ("if os.path.exists('w'):\n  print('x')\nDense(4)(Input((7,)))", Shape((4,)), 32),
    "a training loop": ("for i in range(10**8):\n  loss = train()\nDense(4)(Input((7,)))", Shape((4,)), 32),
    "a function never called": ("def make(size=7):\n  return Sequential([Dense(4, input_dim=size)])", Shape((4,)), 32),
    # layers that Keras makes of others, and the code's own
    "RepeatVector": ("RepeatVector(3)(Input((7,)))", Shape((3, 7)), 0),
    "Resizing": ("Resizing(8, 9)(Input((4, 4, 3)))", Shape((8, 9, 3)), 0),
    "a model at each step": (
        "c = Sequential([Conv2D(4, 3, input_shape=(6, 6, 1)), Flatten()])\n"
        "Sequential([TimeDistributed(c, input_shape=(5, 6, 6, 1)), LSTM(2)])",
        Shape((2,)),
        40 + 4 * (2 * (64 + 2) + 2),
    ),
    "a layer of the code's own": (
        "class Linear(keras.layers.Layer):\n"
        "  def __init__(self, n):\n    super().__init__()\n    self.n = n\n"
        "  def build(self, s):\n    self.w = self.add_weight(shape=(s[-1], self.n))\n"
        "    self.b = self.add_weight(shape=(self.n,), trainable=False)\n"
        "  def call(self, x):\n    return tf.matmul(x, self.w) + self.b\n"
        "Sequential([Input((7,)), Linear(12)])",
        Shape((12,)),
        96,
    ),
    "a sample around a mean": (
        "class Sampling(Layer):\n  def call(self, inputs):\n    m, v = inputs\n"
        "    e = tf.random.normal(shape=(tf.shape(m)[0], tf.shape(m)[1]))\n    return m + tf.exp(0.5 * v) * e\n"
        "x = Input((7,))\nSampling()([Dense(4)(x), Dense(4)(x)])",
        Shape((4,)),
        64,
    ),
    # picking, joining
    "x + y": ("x = Input((7,))\ny = Dense(7)(x) + x", Shape((7,)), 56),
    "a last state": ("x = LSTM(4, return_sequences=True)(Input((6, 3)))\nDense(2)(x[:, -1])", Shape((2,)), 128 + 10),
    "states": ("_, h, c = LSTM(4, return_state=True)(Input((6, 3)))\nadd([h, c])", Shape((4,)), 128),
    "tf.nn.relu": ("x = Dense(4)(Input((7,)))\nx = tf.nn.relu(x)", Shape((4,)), 32),
    "output of a model": (
        "b = Sequential([Dense(5, input_dim=7)])\nb.trainable = False\nm = Model(b.input, Dense(4)(b.output))",
        Shape((4,)),
        40 + 24,
    ),
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_what_keras_and_python_let_people_write(name: str) -> None:
    text, output, params = SPELLINGS[name]
    network = read(text).network
    assert network.output == output
    assert params_total(network.rows) == params


def test_layers_are_named_and_placed_as_keras_prints_them() -> None:
    reading = read(
        "x = inputs = Input((8, 8, 3))\n"
        "x = Conv2D(4, 3, padding='same')(x)\n"
        "x = Conv2D(4, 3, padding='same', name='middle')(x)\n"
        "x = MaxPool2D()(x)\n"
        "x = Convolution2D(4, 3)(x)\n"
        "x = PReLU()(x)\n"
        "m = Model(inputs, x, name='small')\n"
    )
    assert reading.types == {
        "conv2d": "Conv2D",
        "middle": "Conv2D",
        "max_pooling2d": "MaxPooling2D",
        "conv2d_1": "Conv2D",
        "p_re_lu": "PReLU",
    }
    assert list(reading.lines.values()) == [2, 3, 4, 5, 6]
    assert (reading.network.name, reading.framework, reading.source) == ("small", "keras", "net.py")


def test_what_meant_another_thing_in_keras_one_is_said() -> None:
    (remark,) = read("Conv2D(8, 3, 3)(Input((9, 9, 1)))").remarks
    assert "in line 1 is read as in Keras 3: a kernel of 3 on each axis and a stride of 3" in remark
    assert read("Convolution2D(8, 3, 3)(Input((9, 9, 1)))").remarks == ()


def test_a_layer_that_is_called_twice_counts_once() -> None:
    rows = read("d = Dense(5)\nx = Input((5,))\ny = d(d(x))").network.rows
    assert [(row.name, row.node.tied_to) for row in rows] == [("dense", None), ("dense#2", "dense")]
    assert params_total(rows) == 30


def test_frozen_layers_are_not_trainable() -> None:
    rows = read(
        "m = Sequential([Dense(5, input_dim=5, trainable=False), Dense(4)])\nm.layers[1].trainable = True"
    ).network.rows
    assert (trainable_total(rows), non_trainable_total(rows)) == (24, 30)


def test_of_several_models_the_largest_is_read_and_that_is_said() -> None:
    reading = read(
        "a = Sequential([Dense(3, input_dim=2)])\nb = Sequential([Dense(3, input_dim=2), Dense(4)], name='b')"
    )
    assert reading.network.name == "b"
    assert reading.remarks == ("The code makes 2 models: sequential and b. This is b, the largest.",)


@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        ("x = Conv2D(4, 3)(x)", (UNKNOWN, UNKNOWN, UNKNOWN)),
        ("Sequential([LSTM(4)])", (UNKNOWN, UNKNOWN)),
        ("Sequential([Conv1D(4, 3, input_shape=(None, 9))])", (UNKNOWN, 9)),
        ("Sequential([Dense(4)])", (UNKNOWN,)),
    ],
)
def test_sizes_that_nobody_says_are_unknown(text: str, inputs: tuple[object, ...]) -> None:
    assert read(text).network.inputs == (inputs,)


def test_a_given_input_shape_stands_in_the_place_of_the_own() -> None:
    text = "Sequential([Conv2D(4, 3, input_shape=(8, 8, 3)), Flatten(), Dense(2)])"
    assert read(text, input_shape=Shape((16, 16, 3))).network.output == Shape((2,))
    assert read("x = Conv2D(4, 3)(x)", input_shape=Shape((8, 8, 3))).network.output == Shape((6, 6, 4))


def test_an_assumed_layer_has_the_parameters_that_were_said_and_keeps_the_shape() -> None:
    text = "Sequential([Dense(8, input_dim=4), Mystery(3), Dense(2)])"
    reading = read(text, assume={"Mystery": 77})
    assert [row.params for row in reading.network.rows] == [40, 77, 18]
    assert reading.assumed == {"mystery": 77}


STACK = "m = Sequential()\n"
ERRORS: dict[str, tuple[str, int | None, tuple[str, ...]]] = {
    "an unknown layer": (STACK + "m.add(Dnse(5))", 2, ("Dnse", "Did you mean “Dense”", "--assume Dnse=PARAMS")),
    "a mistyped setting": ("Conv2D(5, 3, stride=2)(Input((8, 8, 3)))", 1, ("“stride”", "“strides”")),
    "a name without a value": (STACK + "m.add(Dense(classes, input_dim=3))", 2, ("“classes”", "classes = 10")),
    "what only running tells": ("n = y.shape[1]\nm = Dense(n)(Input((3,)))", 1, ("y.shape[1]", "running")),
    "a number beyond all": (STACK + "m.add(Dense(10**400))", 2, ("10 ** 400", "too large")),
    "a negative size": (STACK + "m.add(Dense(-5, input_dim=3))", 2, ("dense", "-5", "at least 1")),
    "half a unit": (STACK + "m.add(Dense(2.5, input_dim=3))", 2, ("2.5", "whole number")),
    "no channels": (STACK + "m.add(Conv2D(5, 3, input_shape=(28, 28)))", 2, ("28 × 28", "shape=(28, 28, 1)")),
    "channels first": (
        STACK + "m.add(Conv2D(5, 5, input_shape=(3, 32, 32)))", 2, ("axis of 3", "shape=(32, 32, 3)"),
    ),
    "a convolution behind a flatten": (
        "x = Input((8, 8, 3))\nx = Flatten()(x)\nx = Conv2D(5, 3)(x)", 3, ("conv2d", "192", "Flatten in line 2"),
    ),
    "an LSTM on a last state": (
        "x = LSTM(5)(Input((8, 3)))\nx = LSTM(5)(x)", 2, ("lstm_1", "length × features", "return its sequences"),
    ),
    "a map too small": (
        "x = Input((4, 4, 3))\nx = Conv2D(5, 3)(x)\nx = Conv2D(5, 3)(x)", 3, ("conv2d_1", "3 cells", "axis of 2"),
    ),
    "branches that don't fit": (
        "x = Input((8, 8, 3))\ny = add([Conv2D(4, 3)(x), Conv2D(4, 3, padding='same')(x)])", 2, ("6 × 6 × 4", "8 × 8 × 4"),
    ),
    "a reshape that doesn't come out": ("Reshape((5, 5))(Input((24,)))", 1, ("reshape", "24", "(5, 5)")),
    "groups that don't divide": ("Conv2D(6, 3, groups=4)(Input((8, 8, 4)))", 1, ("6 filters", "4 groups")),
    "an undecided branch": (STACK + "if flags.big():\n  m.add(Dense(5))", 2, ("flags.big()",)),
    "no network": ("x = 3", None, ("no network",)),
    "a whole model from elsewhere": ("b = VGG16()\nx = Dense(3)(b.output)", 1, ("VGG16", "not in this code")),
    "nothing but such a model": ("from keras.applications import VGG16\nm = VGG16()", 2, ("VGG16", "to_json()")),
    "outputs without their input": (
        "a, b = Input((3,)), Input((3,))\nm = Model(a, add([a, b]))", 2, ("among its inputs", "Model([a, b], outputs)"),
    ),
    "a syntax error": ("m = Sequential()\nm.add(Dense(5)\nm.add(Dense(4))", 2, ("no Python",)),
    "a model in itself": (STACK + "m.add(m)", 2, ("itself",)),
}  # fmt: skip


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_names_the_line_and_what_would_be_right(name: str) -> None:
    text, line, said = ERRORS[name]
    with pytest.raises(ReadError) as caught:
        read(text)
    assert caught.value.place is not None
    assert (caught.value.place.file, caught.value.place.line) == ("net.py", line)
    for words in said:
        assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "is_keras"),
    [
        ("import keras", True),
        ("from tensorflow.keras.layers import Dense", True),
        ("model.add(Conv2D(3, 3))", True),
        ("import torch.nn as nn\nnn.Linear(3, 4)", False),
        ("import torch\nimport torch.nn as nn\nclass Dense(nn.Module): pass\nDense(3)", False),
        ("x = 3", False),
    ],
)
def test_keras_is_told_from_what_is_none(text: str, is_keras: bool) -> None:
    assert looks_like_keras(parsed(text, "net.py")) == is_keras
