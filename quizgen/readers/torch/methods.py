"""What every module of PyTorch has: `parameters()`, `add_module(...)`, `eval()`, `super().__init__()`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizgen.errors import nearest
from quizgen.readers.python import Builtin, Call, Instance, Spot, Unreadable
from quizgen.readers.torch.containers import Container, container
from quizgen.readers.torch.modules import Held, is_module, is_network
from quizgen.readers.torch.traced import Plain
from quizgen.readers.torch.tree import children, everything, weights

if TYPE_CHECKING:
    from quizgen.readers.torch.host import TorchHost

KEEPING = frozenset(
    {
        "to", "cuda", "cpu", "eval", "train", "float", "half", "double", "bfloat16", "apply", "share_memory", "compile",
        "type", "zero_grad", "load_state_dict", "init_weights", "initialize", "reset_parameters", "_init_weights",
        "flatten_parameters", "to_empty", "post_init", "save_hyperparameters",
    }
)  # fmt: skip
"""Methods that change no shape and no count."""

FEATURES = {
    "in_features": "channels", "in_channels": "channels", "input_size": "features", "num_features": "channels",
    "out_features": "units", "out_channels": "filters", "hidden_size": "units", "embedding_dim": "width",
    "num_embeddings": "vocabulary", "kernel_size": "kernel", "stride": "stride",
}  # fmt: skip
"""PyTorch's names of some settings, and the engine's."""


def module_attribute(host: TorchHost, module: Any, name: str, spot: Spot) -> Any:
    """`module.name`."""
    if name in KEEPING:
        return Builtin(name, lambda call: module)
    match name:
        case "parameters":
            return Builtin(name, lambda call: [weight for _, weight in weights(module)])
        case "named_parameters":
            return Builtin(name, lambda call: list(weights(module)))
        case "children":
            return Builtin(name, lambda call: [child for _, child in children(module) if is_module(child)])
        case "named_children":
            return Builtin(name, lambda call: [pair for pair in children(module) if is_module(pair[1])])
        case "modules":
            return Builtin(name, lambda call: [one for _, one in everything(module) if is_module(one)])
        case "named_modules":
            return Builtin(name, lambda call: [pair for pair in everything(module) if is_module(pair[1])])
        case "requires_grad_":
            return Builtin(name, lambda call: freeze(module, not call.argument(0, "requires_grad", True)))
        case "add_module" | "register_module":
            return Builtin(name, lambda call: add(module, call))
        case "register_parameter":
            return Builtin(name, lambda call: add(module, call))
        case "register_buffer":
            return Builtin(name, lambda call: buffer(module, call))
        case "forward":
            return Builtin(name, lambda call: host.run.apply(module, call))
        case "training":
            return False
        case "device" | "dtype":
            return Plain()
        case "__class__":
            return Unreadable(spot)
        case _:
            return setting(module, name, spot)


def setting(module: Any, name: str, spot: Spot) -> Any:
    """A setting of one of PyTorch's modules: `model.fc.in_features`."""
    op = getattr(module, "op", None)
    if name in FEATURES and op is not None:
        for holder in (op, getattr(op, "layer", None)):
            if (value := getattr(holder, FEATURES[name], None)) is not None:
                return value
    return Unreadable(spot)


def instance_attribute(host: TorchHost, instance: Instance, name: str, spot: Spot) -> Any:
    """What an object of the user's class has from `nn.Module`."""
    if not is_network(instance.kind):
        return Builtin(name, lambda call: None) if name == "__init__" else Unreadable(spot)
    if name == "__init__":
        return Builtin(name, lambda call: initialized(host, instance, call))
    if name in ("forward", "__call__"):
        return Builtin(name, lambda call: host.in_sequence([child for _, child in children(instance)], instance, call))
    found = module_attribute(host, instance, name, spot)
    if isinstance(found, Unreadable):
        what = f"{instance.kind.name} has no attribute “{name}”."
        return Unreadable(spot, what, nearest(name, instance.attributes) or "Set it in __init__.")
    return found


def initialized(host: TorchHost, instance: Instance, call: Call) -> None:
    """`super().__init__(...)`: what is handed to `nn.Sequential` and its like becomes their modules."""
    families = [path.rpartition(".")[2] for path in instance.kind.outside]
    kind = next((name for name in ("Sequential", "ModuleList", "ModuleDict") if name in families), None)
    if kind is None or not call.arguments:
        return
    held = container(host, kind, call)
    if isinstance(held, Unreadable):
        raise held.error()
    instance.attributes.update(held.children)


def add(module: Any, call: Call) -> Any:
    """`module.add_module(name, child)`."""
    name, child = call.argument(0, "name"), call.argument(1, "module", call.keywords.get("param"))
    if not isinstance(name, str):
        raise call.error("the name of this module can't be read.")
    if isinstance(module, Container):
        module.children[name] = child
    elif isinstance(module, Instance):
        module.attributes[name] = child
    return None


def buffer(module: Any, call: Call) -> None:
    """`register_buffer`: a tensor that is no parameter."""
    name, value = call.argument(0, "name"), call.argument(1, "tensor")
    if isinstance(module, Instance) and isinstance(name, str):
        module.attributes[name] = value if isinstance(value, Plain) else Plain()


def freeze(module: Any, frozen: bool) -> Any:
    """`module.requires_grad_(False)`."""
    for _, one in everything(module):
        if isinstance(one, Held):
            one.freeze(frozen)
    return module
