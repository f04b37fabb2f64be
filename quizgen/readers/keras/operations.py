"""Functions on tensors, and operators between them: `add([a, b])`, `tf.nn.relu(x)`, `x + y`, `x[:, -1]`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from quizgen.layers import Activation, Flatten, Permute, Reshape, global_pooling
from quizgen.layers.base import Layer, Shape
from quizgen.layers.embedding import ClassToken
from quizgen.layers.given import Given, Select
from quizgen.layers.global_pooling import GlobalPooling
from quizgen.readers.keras.tensors import Example, Table, Tensor
from quizgen.readers.keras.weights import Weight, multiplied, with_table, with_weight
from quizgen.readers.keras_layers.settings import Settings
from quizgen.readers.keras_layers.table import KINDS
from quizgen.readers.python import Call, Spot, is_constant, unreadable
from quizgen.unknown import UNKNOWN

if TYPE_CHECKING:
    from quizgen.readers.keras.session import Session

Operation: TypeAlias = Callable[["Session", Call], Any]

OPERATORS: Mapping[type[ast.operator], str] = {
    ast.Add: "Add",
    ast.Sub: "Subtract",
    ast.Mult: "Multiply",
    ast.Div: "TrueDivide",
    ast.Pow: "Power",
}


def arithmetic(session: Session, tensor: Tensor, op: type[ast.operator], other: Any, spot: Spot) -> Any:
    """`tensor + other`: two branches are joined, a constant changes no shape, a weight is a layer's own."""
    if op is ast.MatMult and isinstance(other, Weight):
        return multiplied(session, tensor, other, spot)
    kind = OPERATORS.get(op)
    if kind is None:
        raise spot.error("this operator is not read on tensors.", remedy="+, -, * and / are, and every layer.")
    if unread := unreadable(other):
        raise unread.error()
    if isinstance(other, Tensor):
        return merged(session, kind, (tensor, other), spot)
    if isinstance(other, Table) and kind == "Add":
        return with_table(session, tensor, other.layer, spot)
    if isinstance(other, Weight):
        return with_weight(session, kind, tensor, other, spot)
    if isinstance(other, int | float | Example):
        return session.operation(kind, Layer(), (tensor,), spot)
    raise spot.error("what stands beside the tensor can't be read.", remedy="A tensor or a number can.")


def merged(session: Session, kind: str, tensors: Sequence[Tensor], spot: Spot) -> Tensor:
    """Branches as one, element by element or side by side."""
    read = KINDS.get(kind)
    if read is None:
        return session.operation(kind, Layer(), tensors[:1], spot)
    return session.operation(kind, lambda shapes: read(Settings(kind, {}, shapes)), tensors, spot)


def merge(kind: str) -> Operation:
    """`add([a, b])` and `add(a, b)`."""

    def apply(session: Session, call: Call) -> Any:
        given = [value for value in call.arguments if isinstance(value, Tensor | list | tuple)]
        weights = [value for value in call.arguments if isinstance(value, Weight)]
        if weights and given:
            return with_weight(session, kind, session.tensor(given[0], call.spot), weights[0], call.spot)
        numbers = [value for value in call.arguments if isinstance(value, int | float)]
        tensors = [tensor for value in given for tensor in session.flat(value, call.spot)]
        if numbers and tensors:
            return session.operation(kind, Layer(), tensors[:1], call.spot)
        return merged(session, kind, tensors, call.spot)

    return apply


def concatenate(session: Session, call: Call) -> Any:
    """`concatenate([a, b])`, on the last axis or on another."""
    values = call.argument(0, "values", call.keywords.get("tensors", call.keywords.get("inputs", [])))
    weights = [value for value in values if isinstance(value, Weight)] if isinstance(values, list | tuple) else []
    tensors = list(session.flat([value for value in values if not isinstance(value, Weight)], call.spot))
    axis = call.argument(1, "axis", -1)
    if weights and len(tensors) == 1 and weights[0].shape[-1:] == tensors[0].shape[-1:] and axis == 1:
        return session.owned(ClassToken(), tensors[0], call.spot, weights[0])
    rank = len(tensors[0].shape) if tensors else 0
    if axis in (-1, rank):
        return merged(session, "Concatenate", tensors, call.spot)
    if not isinstance(axis, int) or not -rank <= axis <= rank or axis == 0:
        raise call.error("this axis can't be read.", remedy="Channels are the last axis.")
    place = axis - 1 if axis > 0 else axis
    sizes = list(tensors[0].shape)
    sizes[place] = sum(tensor.shape[place] for tensor in tensors)
    return session.operation("Concatenate", Given(Shape(sizes), joins=len(tensors)), tensors, call.spot)


def old_merge(session: Session, call: Call) -> Any:
    """`merge([a, b], mode='concat')` of Keras 1."""
    modes = {"sum": "Add", "concat": "Concatenate", "mul": "Multiply", "ave": "Average", "max": "Maximum"}
    mode = call.argument(1, "mode", "sum")
    if mode not in modes:
        raise call.error("this mode can't be read.", remedy=f"Known: {', '.join(modes)}.")
    return merged(session, modes[mode], list(session.flat(call.argument(0, "inputs"), call.spot)), call.spot)


def neutral(kind: str) -> Operation:
    """A function of each number."""
    return lambda session, call: session.operation(kind, Layer(), (first(session, call),), call.spot)


def activation(name: str) -> Operation:
    return lambda session, call: session.operation(name, Activation(name), (first(session, call),), call.spot)


def first(session: Session, call: Call) -> Tensor:
    values = call.values
    return session.tensor(values[0] if values else None, call.spot)


def flatten(session: Session, call: Call) -> Any:
    return session.operation("Flatten", Flatten(), (first(session, call),), call.spot)


def matmul(session: Session, call: Call) -> Any:
    """A product with a layer's own weights."""
    weight = call.argument(1, "b", call.keywords.get("y"))
    if not isinstance(weight, Weight):
        raise call.error("a product of two tensors is not read.", remedy="Dense and attention layers are.")
    return multiplied(session, first(session, call), weight, call.spot)


def reshape(session: Session, call: Call) -> Any:
    """The batch is the first of the sizes."""
    sizes = call.argument(1, "shape", call.keywords.get("newshape"))
    if not isinstance(sizes, list | tuple) or not all(isinstance(size, int) for size in sizes[1:]):
        raise call.error("the new shape can't be read.", remedy="Write its sizes as numbers, -1 for the batch.")
    target = tuple(None if size == -1 else size for size in sizes[1:])
    return session.operation("Reshape", Reshape(target), (first(session, call),), call.spot)


def transpose(session: Session, call: Call) -> Any:
    axes = call.argument(1, "axes", call.keywords.get("perm"))
    if not (isinstance(axes, list | tuple) and is_constant(axes) and axes and axes[0] == 0):
        raise call.error("the order of the axes can't be read.", remedy="Write all of them, the batch (0) first.")
    return session.operation("Transpose", Permute(tuple(axes[1:])), (first(session, call),), call.spot)


def reduced(session: Session, call: Call) -> Any:
    """A mean, a sum or a maximum over axes, which are then gone."""
    tensor = first(session, call)
    axes, keep = call.argument(1, "axis"), call.keywords.get("keepdims", False)
    rank = len(tensor.shape)
    chosen = axes if isinstance(axes, list | tuple) else [axes]
    if not all(isinstance(axis, int) and axis != 0 and -rank <= axis <= rank for axis in chosen):
        raise call.error("the axes can't be read.", remedy="Write them as numbers; 0 is the batch.")
    places = {axis - 1 if axis > 0 else axis + rank for axis in chosen}
    if places == set(range(rank - 1)) and 2 <= rank <= 4:
        pooling: type[GlobalPooling] = getattr(global_pooling, f"GlobalAveragePooling{rank - 1}D")
        return session.operation("Mean", pooling(keep is True), (tensor,), call.spot)
    sizes = [1 if at in places else n for at, n in enumerate(tensor.shape) if keep is True or at not in places]
    return session.operation("Mean", Given(Shape(sizes or [1])), (tensor,), call.spot)


def expand_dims(session: Session, call: Call) -> Any:
    tensor, axis = first(session, call), call.argument(1, "axis", -1)
    if not isinstance(axis, int) or axis == 0:
        raise call.error("the axis can't be read.", remedy="Write it as a number; 0 is the batch.")
    sizes = list(tensor.shape)
    sizes.insert(axis - 1 if axis > 0 else len(sizes) + 1 + axis, 1)
    return session.operation("ExpandDims", Given(Shape(sizes)), (tensor,), call.spot)


def shape_of(session: Session, call: Call) -> Any:
    return first(session, call).sizes


def resized(session: Session, call: Call) -> Any:
    tensor, size = first(session, call), call.argument(1, "size")
    if not (isinstance(size, list | tuple) and is_constant(size) and len(size) == 2):
        raise call.error("the size can't be read.", remedy="Write height and width as numbers.")
    return session.operation("Resize", Given(tensor.shape.with_spatial(tuple(size))), (tensor,), call.spot)


ACTIVATIONS = (
    "relu", "relu6", "leaky_relu", "elu", "selu", "gelu", "silu", "softplus", "softsign", "softmax", "log_softmax",
    "sigmoid", "hard_sigmoid", "tanh",
)  # fmt: skip
NEUTRAL = (
    "dropout", "swish", "l2_normalize", "stop_gradient", "cast", "identity", "normalize", "clip", "sqrt", "square", "exp",
    "abs", "log", "negative", "convert_to_tensor",
)  # fmt: skip
OPERATIONS: Mapping[str, Operation] = {
    **{name: activation(name) for name in ACTIVATIONS},
    **{name: neutral(name) for name in NEUTRAL},
    **{name: merge(name.title()) for name in ("add", "subtract", "multiply", "average", "maximum", "minimum")},
    "divide": merge("TrueDivide"),
    "concatenate": concatenate,
    "concat": concatenate,
    "merge": old_merge,
    "flatten": flatten,
    "batch_flatten": flatten,
    "matmul": matmul,
    "dot": matmul,
    "bias_add": merge("Add"),
    "reshape": reshape,
    "transpose": transpose,
    "permute_dimensions": transpose,
    **dict.fromkeys(("mean", "reduce_mean", "sum", "reduce_sum", "max", "reduce_max"), reduced),
    "expand_dims": expand_dims,
    "resize": resized,
    "int_shape": shape_of,
    "shape": shape_of,
}
"""The functions on tensors that are read, by the last part of their names."""


def picked(session: Session, tensor: Tensor, index: Any, spot: Spot) -> Any:
    """`x[:, -1]`: one position of an axis, or several."""
    parts = list(index) if isinstance(index, tuple) else [index]
    if ... in parts:
        at = parts.index(...)
        parts[at : at + 1] = [slice(None)] * (len(tensor.shape) + 2 - len(parts))
    if not parts or parts[0] != slice(None) or len(parts) > len(tensor.shape) + 1:
        raise spot.error("these parts of a tensor can't be read.", remedy="The batch is first: x[:, 0].")
    axis = 1
    for part in parts[1:]:
        if part != slice(None):
            layer = selection(tensor.shape, axis, part, spot)
            tensor = session.operation("GetItem", layer, (tensor,), spot)
        axis += not isinstance(part, int)
    return tensor


def selection(shape: Shape, axis: int, part: Any, spot: Spot) -> Layer:
    """A part of one axis."""
    if isinstance(part, int):
        return Select(axis)
    bounds = (part.start, part.stop, part.step) if isinstance(part, slice) else (...,)
    if not all(bound is None or isinstance(bound, int) for bound in bounds):
        raise spot.error("these parts of a tensor can't be read.", remedy="Write the bounds as numbers.")
    size = shape[axis - 1]
    count = len(range(*part.indices(size))) if isinstance(size, int) else UNKNOWN
    return Given(Shape((*shape[: axis - 1], count, *shape[axis:])))
