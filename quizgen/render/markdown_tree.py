"""Markdown read into a tree: by markdown-it, or, where it is nothing but paragraphs, without loading it.

Most questions are paragraphs of words, values and code spans, and a program that shows one of them shall start at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

CODE = re.compile(r"(?<!`)`([^`\s](?:[^`\n]*[^`\s])?)`(?!`)")
MEANINGFUL = re.compile(r"[\\`*_\[\]<>&$~|\x00\ufffd]|[^\S \n]|  \n")
"""What may be markup within a line, and how a line ends that is broken."""
BLOCK = re.compile(r" {4}| {0,3}(?:#|>|[-+=:]|\d+[.)])")
"""How a line begins that may be more than a paragraph."""


class Node(Protocol):
    """What writers read of a node of the tree; `SyntaxTreeNode` of markdown-it is one."""

    @property
    def type(self) -> str: ...

    @property
    def children(self) -> Sequence[Any]: ...

    @property
    def content(self) -> str: ...

    @property
    def info(self) -> str: ...

    @property
    def tag(self) -> str: ...

    @property
    def attrs(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Plain:
    """A node of a text that is nothing but paragraphs."""

    type: str
    children: Sequence[Plain] = ()
    content: str = ""
    info: str = ""
    tag: str = ""
    attrs: Mapping[str, Any] = field(default_factory=dict)


@lru_cache(maxsize=64)
def tree(text: str) -> Node:
    """The tree of a text in CommonMark with tables and `$` maths; HTML comes out as text, only http(s) links are links."""
    if is_plain(text):
        return Plain("root", [paragraph(lines) for lines in re.split(r"\n *(?:\n *)+", text) if lines.strip(" \n")])
    from markdown_it.tree import SyntaxTreeNode

    return SyntaxTreeNode(parser().parse(text))


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    dollarmath_plugin(markdown, double_inline=False, allow_space=False)
    markdown.validateLink = lambda url: url.startswith(("http://", "https://", "#"))  # type: ignore[method-assign]
    return markdown


def is_plain(text: str) -> bool:
    """Whether a text is certainly nothing but paragraphs of words and code spans."""
    if MEANINGFUL.search(CODE.sub("", text)):
        return False
    return not any(BLOCK.match(line) for line in text.split("\n") if line.strip(" "))


def paragraph(text: str) -> Plain:
    lines = "\n".join(line.strip(" ") for line in text.strip(" \n").split("\n"))
    return Plain("paragraph", [Plain("inline", list(inlines(lines)), lines)])


def inlines(text: str) -> Sequence[Plain]:
    """Words, code spans and soft breaks."""
    found: list[Plain] = []
    for index, piece in enumerate(CODE.split(text)):
        if index % 2:
            found.append(Plain("code_inline", content=piece))
            continue
        for number, line in enumerate(piece.split("\n")):
            if number:
                found.append(Plain("softbreak"))
            if line:
                found.append(Plain("text", content=line))
    return found
