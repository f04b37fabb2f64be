"""Markdown that is nothing but paragraphs is read without markdown-it, and in the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it.tree import SyntaxTreeNode

from quizgen.kinds import all_kinds
from quizgen.render.markdown_tree import is_plain, parser, tree

SNIPPETS = [
    *"ab.,:;!?'\"()-+=/#>*_`~|[]{}<>&$\\×0123456789\t\u00a0\ue0000\ue001",
    "`same`",
    "`a b`",
    "``",
    "\n",
    "\n\n",
    "  \n",
    " ",
    "    ",
    "1. ",
    "- ",
    "http://a.b",
    "&amp;",
    "---\n",
    "===",
]
texts = st.lists(st.sampled_from(SNIPPETS), max_size=12).map("".join)


def outline(node: Any) -> Iterator[tuple[str, str]]:
    """What a writer reads: the kinds of the nodes in their order, and the text of the leaves."""
    if not node.children and node.type != "root":
        yield node.type, node.content
    else:
        yield node.type, ""
        for child in node.children:
            yield from outline(child)


def joined(found: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same with pieces of text that follow each other made one; an empty one says nothing."""
    one: list[tuple[str, str]] = []
    for kind, content in found:
        if kind == "text" and one and one[-1][0] == "text":
            one[-1] = (kind, one[-1][1] + content)
        elif content or kind != "text":
            one.append((kind, content))
    return one


def same(text: str) -> bool:
    return joined(outline(tree(text))) == joined(outline(SyntaxTreeNode(parser().parse(text))))


@given(texts)
def test_it_reads_what_markdown_it_reads(text: str) -> None:
    assume(is_plain(text))
    assert same(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("An input of \ue0000\ue001 meets\n\ue0001\ue001. How many?", True),
        ("With `same` padding:\n\n\ue0000\ue001\n\nNo more.", True),
        ("", True),
        ("*really*", False),
        ("- one\n- two", False),
        ("so $a$", False),
        ("a|b\n-|-", False),
        ("    code", False),
        ("Title\n---", False),
        ("1. one", False),
        ("two  \nlines", False),
    ],
)
def test_what_is_plain(text: str, plain: bool) -> None:
    assert is_plain(text) is plain
    assert same(text)


def test_most_questions_are_plain() -> None:
    texts = [re.sub(r"{{.*?}}", "\ue0000\ue001", re.sub(r"{%.*?%}", "", kind.source.body)) for kind in all_kinds()]
    stems = [text.split("\n\n")[0].strip("\n") for text in texts]
    assert sum(map(is_plain, stems)) > 0.8 * len(stems)
