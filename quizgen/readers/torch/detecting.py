"""Whether code is PyTorch's."""

from __future__ import annotations

import ast

from quizgen.readers.torch.table import MODULES

ONLY_HERE = frozenset(MODULES) - {
    "Dropout",
    "Flatten",
    "Embedding",
    "LSTM",
    "GRU",
    "Softmax",
    "ReLU",
    "PReLU",
    "ELU",
    "LeakyReLU",
}
"""Names that Keras does not use."""


def looks_like_torch(module: ast.Module) -> bool:
    """Whether the code imports PyTorch, derives from its `Module`, or makes modules as PyTorch calls them."""
    imported = [name for node in ast.walk(module) for name in imports(node)]
    if any(name in ("torch", "pytorch_lightning", "lightning") for name in imported):
        return True
    if any(name in ("keras", "tensorflow", "tf_keras") for name in imported):
        return False
    return any(map(is_of_torch, ast.walk(module)))


def imports(node: ast.AST) -> list[str]:
    """The packages that a statement imports from."""
    if isinstance(node, ast.Import):
        return [alias.name.partition(".")[0] for alias in node.names]
    return [(node.module or "").partition(".")[0]] if isinstance(node, ast.ImportFrom) else []


def is_of_torch(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(value=ast.Name(id="nn"), attr=name):
            return name in MODULES or name in ("Module", "Sequential", "ModuleList", "Parameter")
        case ast.Attribute(value=ast.Name(id="torch")):
            return True
        case ast.Call(func=ast.Name(id=name)):
            return name in ONLY_HERE
        case _:
            return False
