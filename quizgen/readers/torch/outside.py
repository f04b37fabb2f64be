"""Calls of names that the code does not define: PyTorch's modules and functions, and the tensors that it makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from quizgen.errors import QuizgenError
from quizgen.readers.python import Builtin, Call, Instance, Spot, Unreadable
from quizgen.readers.torch.arguments import Sizes, Spelled
from quizgen.readers.torch.containers import Container
from quizgen.readers.torch.functions import FUNCTIONS
from quizgen.readers.torch.modules import FAMILIES, Parameter, Unread, Weight, is_module
from quizgen.readers.torch.stacks import STACKS
from quizgen.readers.torch.table import MODULES
from quizgen.readers.torch.traced import Masked, Plain, Traced
from quizgen.readers.torch.tree import copied

if TYPE_CHECKING:
    from quizgen.readers.torch.host import TorchHost

Answer = Callable[["TorchHost", Call], Any]

MADE_BY_SIZES = (
    "randn",
    "rand",
    "zeros",
    "ones",
    "empty",
    "normal",
    "FloatTensor",
    "Tensor",
    "LongTensor",
    "IntTensor",
)
MADE = (
    "tensor", "arange", "linspace", "eye", "full", "randperm", "zeros_like", "ones_like", "randn_like", "rand_like",
    "full_like", "empty_like", "from_numpy", "as_tensor", "meshgrid", "bernoulli", "multinomial", "outer", "normal_like",
    "manual_seed", "Generator", "no_grad", "inference_mode", "autocast", "is_tensor", "finfo", "triu_indices",
)  # fmt: skip
WRAPPERS = (
    "DataParallel",
    "DistributedDataParallel",
    "spectral_norm",
    "compile",
    "jit.script",
    "Variable",
    "checkpoint_wrapper",
    "quantize",
    "fuse_modules",
)
"""Functions and modules that give back what they get, as far as shapes and counts go."""
PLACES = (
    "torch.nn.functional",
    "nn.functional",
    "F",
    "torch",
    "torch.functional",
    "functional",
    "torch.special",
    "einops",
    "",
)


def outside_call(host: TorchHost, path: str, call: Call) -> Any:
    """`path(...)`."""
    home, _, name = path.rpartition(".")
    if name in PYTHON and home in ("", "collections", "functools", "builtins", "copy"):
        return PYTHON[name](host, call)
    if path.endswith("deepcopy"):
        return copied(call.argument(0, "x"))
    if name == "generate_square_subsequent_mask":
        return Masked()
    if name == "Parameter" or (name == "ones" and isinstance(call.argument(0, ""), Parameter)):
        return parameter(host, call)
    if is_of_modules(home) and (name in MODULES or name in FAMILIES[1:]):
        return host.make(name, call)
    if is_of_modules(home) and name in STACKS:
        return stacked(host, name, call)
    if path in CONSTANT:
        return CONSTANT[path]
    if name == "checkpoint" and call.arguments:
        return host.run.apply(call.arguments[0], Call(call.arguments[1:], {}, call.spot))
    if name in WRAPPERS or path.endswith(WRAPPERS):
        return call.argument(0, "module")
    if home.endswith("init") or name in ("print", "summary") or ("." in path and home.startswith("optim")):
        return shown(host, name, call)
    return on_tensors(host, path, home, name, call)


class Device(Plain):
    """`torch.device(...)`: whatever the code asks for, none of its special devices is there."""

    __slots__ = ()

    def attribute(self, name: str, spot: Spot) -> Any:
        return "cpu" if name == "type" else super().attribute(name, spot)


CONSTANT: dict[str, Any] = {
    "torch.cuda.is_available": False,
    "torch.backends.mps.is_available": False,
    "torch.cuda.device_count": 0,
    "torch.device": Device(),
}
"""What functions give that tell of the machine."""


def is_of_modules(home: str) -> bool:
    """Whether a module of PyTorch can stand under this name: torch.nn, nn, or none where the import is missing."""
    return (
        home in ("", "nn", "torch.nn", "tnn", "einops.layers.torch")
        or home.startswith("torch.nn.modules")
        or home.endswith(".nn")
    )


def on_tensors(host: TorchHost, path: str, home: str, name: str, call: Call) -> Any:
    """A function of tensors, or something that nobody knows."""
    fed = [value for value in flat(call.values) if isinstance(value, Traced)]
    learnt = [value for value in flat(call.values) if isinstance(value, Parameter | Weight)]
    known = home in PLACES or home.startswith("torch")
    short = f"{'F' if 'functional' in home else home}.{name}" if home else name
    if name == "repeat" and learnt:
        return learnt[0]
    if fed and known and (name in FUNCTIONS or name == "linear"):
        return host.function(name, with_tensor_first(call), short)
    if name in MADE_BY_SIZES and known:
        return Plain(sizes_of(call))
    if name == "randint" and known:
        return Plain(next((tuple(value) for value in reversed(call.values) if isinstance(value, tuple | list)), None))
    if name in MADE and known:
        return Plain()
    if fed and host.tracing:
        return unknown_function(host, path, name, call)
    if learnt and known:
        return learnt[0]
    if name in FUNCTIONS and known:
        return Plain()
    is_model = "models" in home or home in ("timm", "torch.hub")
    if name[:1].isupper() or is_model:
        unread = Unread(host, name, call.spot, is_model=is_model)
        host.modules.append(unread)
        return unread
    return Unreadable(call.spot)


def with_tensor_first(call: Call) -> Call:
    """The call with its tensor in front, where it was given by name: `F.relu(input=x)`."""
    for name in ("input", "x", "tensors"):
        if name in call.keywords and not call.arguments:
            rest = {key: value for key, value in call.keywords.items() if key != name}
            return Call((call.keywords[name],), rest, call.spot)
    return call


def flat(values: Any) -> list[Any]:
    return [one for value in values for one in (flat(value) if isinstance(value, list | tuple) else [value])]


def unknown_function(host: TorchHost, path: str, name: str, call: Call) -> Any:
    """A function that nobody knows, on a tensor of the network."""
    held = host.assume.get(name, host.assume.get(path))
    site_error = f"{path} is no function that is understood."
    if held is None:
        raise call.error(site_error, remedy=f"Define it in the code, or say what it holds: --assume {name}=PARAMS.")
    from quizgen.readers.torch.sites import Site

    return host.standing_in(Site(name, path, call.spot), held, call)


def sizes_of(call: Call) -> tuple[Any, ...] | None:
    """The sizes of `torch.randn(1, 3, 32, 32)` and `torch.zeros((1, 3))`."""
    given = call.arguments or tuple(filter(None, [call.keywords.get("size")]))
    sizes = given[0] if len(given) == 1 and isinstance(given[0], tuple | list) else given
    return tuple(sizes) if all(isinstance(size, int) for size in sizes) else None


def parameter(host: TorchHost, call: Call) -> Any:
    """`nn.Parameter(torch.randn(1, 64))`."""
    value = call.argument(0, "data")
    if isinstance(value, Parameter):
        return value
    sizes = value.sizes if isinstance(value, Plain) else None
    return Parameter(host, sizes, call.spot)


def stacked(host: TorchHost, name: str, call: Call) -> Any:
    """`nn.TransformerEncoder`, `nn.Transformer`."""
    try:
        built = STACKS[name](host, call)
    except QuizgenError as error:
        raise error if error.place else call.error(error.what, remedy=error.remedy) from error
    host.modules.append(built)
    return built


def shown(host: TorchHost, name: str, call: Call) -> Any:
    """`summary(model, (1, 28, 28))` tells the sizes of the input."""
    if name == "summary" and call.arguments and is_module(call.arguments[0]):
        given = call.argument(1, "input_size", call.keywords.get("input_data"))
        how: Spelled = "either" if call.keywords else "bare"
        several = given if isinstance(given, list | tuple) and given and not isinstance(given[0], int) else [given]
        shapes = [value.sizes if isinstance(value, Plain) else value for value in several]
        sizes = [tuple(shape) for shape in shapes if isinstance(shape, tuple | list)]
        if len(sizes) == len(shapes) and all(isinstance(n, int) for shape in sizes for n in shape):
            host.told.append((call.arguments[0], [Sizes(shape, how) for shape in sizes]))
    return None


def gotten(host: TorchHost, call: Call) -> Any:
    """`getattr(self, name)`."""
    owner, name = call.arguments[0], call.argument(1, "name")
    if not isinstance(name, str):
        return Unreadable(call.spot)
    return host.run.attribute(owner, name, call.spot.node)


def put(host: TorchHost, call: Call) -> None:
    """`setattr(self, name, module)`."""
    owner, name, value = (*call.arguments, None, None, None)[:3]
    if not isinstance(name, str):
        raise call.error("the name of this attribute can't be read.")
    if isinstance(owner, Instance):
        owner.attributes[name] = value
    elif isinstance(owner, Container):
        owner.children[name] = value


def has(host: TorchHost, call: Call) -> Any:
    """`hasattr(self, name)`."""
    owner, name = call.arguments[0], call.argument(1, "name")
    return name in owner.attributes if isinstance(owner, Instance) else Unreadable(call.spot)


def reduced(host: TorchHost, call: Call) -> Any:
    """`partial(nn.LayerNorm, eps=1e-6)`."""
    function, *arguments = call.arguments

    def apply(later: Call) -> Any:
        return host.run.apply(
            function, Call((*arguments, *later.arguments), {**call.keywords, **later.keywords}, later.spot)
        )

    return Builtin("partial", apply)


def printed(host: TorchHost, call: Call) -> None:
    return None


PYTHON: dict[str, Answer] = {
    "getattr": gotten,
    "setattr": put,
    "hasattr": has,
    "partial": reduced,
    "print": printed,
    "OrderedDict": lambda host, call: ordered(call),
    "iter": lambda host, call: call.arguments[0],
    "type": lambda host, call: Unreadable(call.spot),
    "map": lambda host, call: [
        host.run.apply(call.arguments[0], Call((one,), {}, call.spot)) for one in listed(host, call, 1)
    ],
    "copy": lambda host, call: call.arguments[0],
}
"""Python's functions that the code needs to reach its modules."""


def listed(host: TorchHost, call: Call, place: int) -> list[Any]:
    found = host.run.listed(call.arguments[place], call.spot.node)
    return found if isinstance(found, list) else []


def ordered(call: Call) -> Any:
    """`OrderedDict([("conv1", nn.Conv2d(...)), ...])`."""
    pairs = call.argument(0, "", [])
    found = dict(pairs.items() if isinstance(pairs, dict) else [(key, value) for key, value in pairs])
    return {**found, **call.keywords}
