"""Whether code is Keras's."""

from __future__ import annotations

import ast

from quizgen.readers.keras.layer import READ
from quizgen.readers.keras.signatures import canonical

PACKAGES = frozenset({"keras", "tensorflow", "tf", "tf_keras", "tensorflow_addons"})
OTHERS = frozenset({"torch", "torchvision", "nn"})
ALIKE = frozenset({"Add", "Flatten", "Identity", "ReLU", "LSTM", "GRU", "Embedding", "Softmax", "Dropout", "Layer"})
"""Names of layers that PyTorch has too."""


def looks_like_keras(module: ast.Module) -> bool:
    """Whether a program is meant for Keras: it imports it, or calls layers that only Keras has, and not PyTorch's."""
    imported, called = set[str](), set[str]()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").partition(".")[0])
        elif isinstance(node, ast.Call):
            called.add(name_of(node.func))
    if imported & PACKAGES:
        return True
    if imported & OTHERS:
        return False
    return any(canonical(name) in READ and name not in ALIKE for name in called)


def name_of(function: ast.expr) -> str:
    """The last part of what is called."""
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
