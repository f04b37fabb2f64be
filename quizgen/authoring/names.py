"""Names that nothing carries, found in the words of a template without waiting for a question that uses them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import meta, nodes

from quizgen.errors import Place, TemplateError, nearest
from quizgen.sandbox import ENVIRONMENT, Blocks

ALWAYS = ("loop", "caller", "varargs", "kwargs")
"""Names that Jinja itself gives where they make sense."""


def unknown_names(blocks: Blocks, names: Mapping[str, Any]) -> Iterator[TemplateError]:
    """Each name, and each field of one, that a template's words use and that is not in reach."""
    undeclared = meta.find_undeclared_variables(blocks.tree) - set(ENVIRONMENT.globals) - set(ALWAYS)
    for node in blocks.tree.find_all(nodes.Name):
        if node.name in undeclared and node.name not in names and node.ctx == "load":
            yield missing(blocks, node.lineno, node.name, names)
    for field in blocks.tree.find_all(nodes.Getattr):
        owner = names.get(field.node.name) if isinstance(field.node, nodes.Name) else None
        if isinstance(owner, Mapping) and field.attr not in owner:
            yield missing(blocks, field.lineno, field.attr, owner)


def missing(blocks: Blocks, line: int, name: str, known: Mapping[str, Any]) -> TemplateError:
    return TemplateError(f"there is no “{name}” here.", place=Place(blocks.path, line), remedy=nearest(name, known))
