"""Keras's JSON: recorded applications, the formats of Keras 2 and 3, and what is said of mistakes.

What Keras itself writes of every model of keras.applications, and of models of every wiring, is in `tests/oracle`.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from quizgen.architectures import architecture
from quizgen.layers import Shape
from quizgen.network import non_trainable_total, params_total, trainable_total
from quizgen.readers.keras_json import looks_like_json, read_keras_json
from quizgen.readers.reading import ReadError
from quizgen.unknown import known
from tests.applications import KEPT, kept_json, ours, recorded

PUBLISHED = (
    ("VGG16", "vgg-16"),
    ("VGG19", "vgg-19"),
    ("ResNet50", "resnet-50-keras"),
    ("MobileNet", "mobilenet"),
)


@pytest.mark.parametrize("name", KEPT)
def test_an_application_is_as_keras_counted_it(name: str) -> None:
    assert ours(read_keras_json(kept_json(name))) == recorded()[name]


@pytest.mark.parametrize(("application", "name"), PUBLISHED)
def test_keras_counts_the_published_architectures_as_we_do(application: str, name: str) -> None:
    facts, rows = recorded()[application], architecture(name).rows
    assert (facts.trainable, facts.non_trainable) == (trainable_total(rows), non_trainable_total(rows))


def test_an_open_input_is_filled_in() -> None:
    text = kept_json("MobileNetV3Small")
    assert tuple(map(known, read_keras_json(text).network.input)) == (None, None, 3)
    network = read_keras_json(text, input_shape=Shape((224, 224, 3))).network
    assert network.row("conv").output == (112, 112, 16)
    assert network.output == (1000,)


def layer(kind: str, name: str, inbound: Any = None, **config: Any) -> dict[str, Any]:
    nodes = {} if inbound is None else {"inbound_nodes": inbound}
    return {"class_name": kind, "config": {"name": name, **config}, "name": name, **nodes}


def history(name: str, call: int = 0) -> dict[str, Any]:
    return {"class_name": "__keras_tensor__", "config": {"shape": None, "keras_history": [name, call, 0]}}


def on(*names: str) -> list[dict[str, Any]]:
    """One call, as Keras 3 writes it."""
    tensors = [history(name) for name in names]
    return [{"args": [tensors if len(tensors) > 1 else tensors[0]], "kwargs": {}}]


def functional(*layers: dict[str, Any], inputs: Any = ("x", 0, 0), outputs: Any = ("y", 0, 0)) -> str:
    config = {"name": "model", "layers": layers, "input_layers": inputs, "output_layers": outputs}
    return json.dumps({"class_name": "Functional", "config": config})


def sequential(*layers: Any, **config: Any) -> str:
    return json.dumps({"class_name": "Sequential", "config": {"name": "model", "layers": layers, **config}})


X = layer("InputLayer", "x", [], batch_shape=[None, 8, 8, 3])

# tf.keras 2.15: keras.Sequential([Conv2D(32, 3, activation="relu", input_shape=(28, 28, 1)), ...]).to_json(), shortened
# to what differs from Keras 3; 32·(9 + 1) + 10·(13·13·32 + 1)
KERAS_2_SEQUENTIAL = """
{"class_name": "Sequential", "config": {"name": "sequential", "layers": [
  {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_input_shape": [null, 28, 28, 1],
   "dtype": "float32", "sparse": false, "ragged": false, "name": "conv2d_input"}, "registered_name": null},
  {"module": "keras.layers", "class_name": "Conv2D", "config": {"name": "conv2d", "trainable": true,
   "batch_input_shape": [null, 28, 28, 1], "dtype": "float32", "filters": 32, "kernel_size": [3, 3], "strides": [1, 1],
   "padding": "valid", "data_format": "channels_last", "dilation_rate": [1, 1], "groups": 1, "activation": "relu",
   "use_bias": true, "kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": null}}}},
  {"class_name": "MaxPooling2D", "config": {"name": "max_pooling2d", "trainable": true, "dtype": "float32",
   "pool_size": [2, 2], "padding": "valid", "strides": [2, 2], "data_format": "channels_last"}},
  {"class_name": "Flatten", "config": {"name": "flatten", "trainable": true, "data_format": "channels_last"}},
  {"class_name": "Dense", "config": {"name": "dense", "trainable": true, "units": 10, "activation": "softmax",
   "use_bias": true}}]}, "keras_version": "2.15.0", "backend": "tensorflow"}
"""

# keras 2.1: the configuration of a Sequential is the list of its layers
KERAS_OLD_SEQUENTIAL = """
{"class_name": "Sequential", "config": [
  {"class_name": "Dense", "config": {"name": "dense_1", "trainable": true, "batch_input_shape": [null, 784],
   "units": 32, "activation": "relu", "use_bias": true}},
  {"class_name": "Dropout", "config": {"name": "dropout_1", "rate": 0.2, "trainable": true}},
  {"class_name": "Dense", "config": {"name": "dense_2", "units": 10, "use_bias": false, "trainable": true}}],
 "keras_version": "2.1.6", "backend": "tensorflow"}
"""

# tf.keras 2.4: a layer that is called twice, a sum written with +, a frozen layer; 5·(4 + 1) + 4·(5 + 1)
KERAS_2_FUNCTIONAL = """
{"class_name": "Functional", "config": {"name": "model", "layers": [
  {"class_name": "InputLayer", "config": {"batch_input_shape": [null, 4], "name": "a"}, "name": "a", "inbound_nodes": []},
  {"class_name": "InputLayer", "config": {"batch_input_shape": [null, 4], "name": "b"}, "name": "b", "inbound_nodes": []},
  {"class_name": "Dense", "config": {"name": "dense", "trainable": true, "units": 5, "use_bias": true}, "name": "dense",
   "inbound_nodes": [[["a", 0, 0, {}]], [["b", 0, 0, {}]]]},
  {"class_name": "TFOpLambda", "config": {"name": "tf.__operators__.add", "function": "__operators__.add"},
   "name": "tf.__operators__.add", "inbound_nodes": [["dense", 0, 0, {"y": ["dense", 1, 0], "name": null}]]},
  {"class_name": "Dense", "config": {"name": "frozen", "trainable": false, "units": 4, "use_bias": true},
   "name": "frozen", "inbound_nodes": [[["tf.__operators__.add", 0, 0, {}]]]}],
 "input_layers": [["a", 0, 0], ["b", 0, 0]], "output_layers": [["frozen", 0, 0]]}, "keras_version": "2.4.0"}
"""


def test_a_sequential_of_keras_2() -> None:
    reading = read_keras_json(KERAS_2_SEQUENTIAL)
    assert [row.params for row in reading.network.rows] == [320, 0, 0, 54_090]
    assert [row.output for row in reading.network.rows] == [(26, 26, 32), (13, 13, 32), (5408,), (10,)]
    assert list(reading.types.values()) == ["Conv2D", "MaxPooling2D", "Flatten", "Dense"]
    assert reading.network.is_stack


def test_a_sequential_of_old_keras() -> None:
    assert [row.params for row in read_keras_json(KERAS_OLD_SEQUENTIAL).network.rows] == [32 * 785, 0, 320]


def test_a_functional_model_of_keras_2() -> None:
    rows = read_keras_json(KERAS_2_FUNCTIONAL).network.rows
    assert [row.name for row in rows] == ["dense", "dense#2", "tf.__operators__.add", "frozen"]
    assert (trainable_total(rows), non_trainable_total(rows)) == (25, 24)


def test_a_model_that_was_printed_in_python_is_read_too() -> None:
    plain = params_total(read_keras_json(KERAS_OLD_SEQUENTIAL).network.rows)
    quoted = json.dumps(KERAS_OLD_SEQUENTIAL.strip())
    in_python = "'" + KERAS_OLD_SEQUENTIAL.strip().replace("\n", "") + "'"
    assert looks_like_json(quoted)
    assert looks_like_json(in_python)
    assert params_total(read_keras_json(quoted).network.rows) == plain
    assert params_total(read_keras_json(in_python).network.rows) == plain


def test_without_a_shape_the_layers_tell_how_many_axes_come_in() -> None:
    conv = layer("Conv2D", "conv", filters=4, kernel_size=3)
    rows = read_keras_json(sequential(conv, layer("GlobalAveragePooling2D", "gap"))).network.rows
    assert [tuple(map(known, row.output)) for row in rows] == [(None, None, 4), (4,)]


def test_a_shared_model_counts_once() -> None:
    inner = layer("Sequential", "inner", [on("x")[0], on("z")[0]], layers=[layer("Dense", "d", units=2)])
    z, merged = layer("InputLayer", "z", [], batch_shape=[None, 8, 8, 3]), on("inner", "inner")
    merged[0]["args"][0][1] = history("inner", 1)
    text = functional(X, z, inner, layer("Add", "y", merged), inputs=[["x", 0, 0], ["z", 0, 0]])
    rows = read_keras_json(text).network.rows
    assert [row.name for row in rows] == ["inner/d", "inner/d#2", "y"]
    assert params_total(rows) == 2 * 4


def test_the_output_stands_last() -> None:
    text = functional(
        X,
        layer("Flatten", "y", on("x")),
        layer("Dense", "side", on("x"), units=2),
        outputs=[["side", 0, 0], ["y", 0, 0]],
    )
    reading = read_keras_json(text)
    assert reading.network.output == (192,)
    assert reading.remarks == ("The model has 2 outputs: “side”, “y”.",)


UNKNOWN_LAYER = functional(X, layer("Package>Fancy", "odd", on("x"), power=3), layer("Flatten", "y", on("odd")))


@pytest.mark.parametrize("name", ["Fancy", "odd"])
def test_an_unknown_layer_may_be_given_its_parameters(name: str) -> None:
    reading = read_keras_json(UNKNOWN_LAYER, assume={name: 640})
    assert [row.params for row in reading.network.rows] == [640, 0]
    assert reading.remarks == ("“odd” (Fancy) is taken to have 640 parameters, as you said.",)


def test_an_unknown_layer_puts_out_what_keras_wrote_down() -> None:
    flat = layer("Flatten", "y", on("odd"))
    flat["inbound_nodes"][0]["args"][0]["config"]["shape"] = [None, 4, 4, 6]
    text = functional(X, layer("Fancy", "odd", on("x")), flat)
    assert read_keras_json(text, assume={"odd": 1}).network.output == (96,)


MISTAKES: tuple[tuple[str, str], ...] = (
    ("{", "this is no JSON: Expecting property name enclosed in double quotes in line 1."),
    ("{}", "this JSON is no model of Keras. Write the model down with model.to_json()."),
    ('{"class_name": 3}', "this JSON is no layer: it has no class_name."),
    ('{"class_name": "Dense", "config": {"units": 3}}', "a Dense is no model."),
    ('{"class_name": "Sequential", "config": 3}', "this JSON has a config that is no object."),
    (sequential(), "layer “model”: there is no layer in it."),
    (sequential(3), "layer 1 of “model” is no layer: it has no class_name."),
    (sequential(layer("Dense", "d")), "layer “d”: Dense: units is missing."),
    (sequential(layer("Dense", "d", units="10")), "layer “d”: Dense: units = '10' is no whole number."),
    (sequential(layer("Dense", "d", units=-5)), "layer “d”: Dense: units = -5 is not positive."),
    (sequential(layer("Dense", "d", units=10**400)), "layer “d”: Dense: units is larger than any layer."),
    (sequential(layer("Conv2D", "c", filters=3, kernel_size=[3, 3, 3])), "kernel_size = [3, 3, 3] has 3 numbers, but there are 2 axes."),
    (sequential(layer("Conv2D", "c", filters=3, kernel_size=3, padding="full")), "padding = 'full' is not known."),
    (sequential(layer("Conv2D", "c", filters=3, kernel_size=3, data_format="channels_first")), "data_format = 'channels_first' is not read."),
    (sequential(layer("Denze", "d", units=3)), "Denze is no layer of Keras that can be read. Say how many parameters it has: --assume Denze=PARAMS. Did you mean “Dense”?"),
    (sequential(layer("Bidirectional", "b", layer=layer("Dense", "d", units=3))), "Bidirectional: it holds no recurrent layer."),
    (functional(X, layer("Dense", "y", on("z"), units=3)), "layer “y”: it reads “z”, which the model does not have."),
    (functional(X, layer("Dense", "d", on("y"), units=3), layer("Dense", "y", on("d"), units=3)), "the layers “d”, “y” wait for each other in a circle."),
    (functional(X, layer("Dense", "y", on("y"), units=3)), "the layers “y” wait for each other in a circle."),
    (functional(X, layer("Dense", "y", [], units=3)), "layer “model”: nothing reaches its layer “y”."),
    (functional(X, layer("Dense", "y", [{"args": [history("x", 7)], "kwargs": {}}], units=3), layer("Dense", "z", [{"args": [history("y", 7)], "kwargs": {}}])), "it reads call 7 of “y”, which is not among its inbound_nodes."),
    (functional(X, layer("Dense", "y", 3, units=3)), "inbound_nodes is no list."),
    (functional(X, layer("Dense", "y", [3], units=3)), "inbound_nodes holds neither lists nor objects."),
    (functional(X, layer("Flatten", "f", on("x")), layer("Add", "y", on("x", "f"))), "layer “y”: Add needs inputs of one shape, but got 8 × 8 × 3 and 192."),
    (functional(X, layer("Conv2D", "y", on("x"), filters=3, kernel_size=11)), "layer “y”: Conv2D: a window that reaches over 11 cells does not fit on an axis of 8."),
    (sequential(X, layer("Dense", "d", units=1), layer("Dense", "d", units=2)), "layer “d”: another layer has its name."),
)  # fmt: skip


@pytest.mark.parametrize(("text", "message"), MISTAKES, ids=lambda case: case[:40])
def test_a_mistake_is_said_with_its_layer(text: str, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_keras_json(text, "model.json")
    assert message in str(caught.value)
    assert str(caught.value).startswith("model.json")


def test_an_input_shape_can_not_stand_for_two() -> None:
    with pytest.raises(ReadError, match="it has 2 inputs, and one input shape was given"):
        read_keras_json(KERAS_2_FUNCTIONAL, input_shape=Shape((4,)))
