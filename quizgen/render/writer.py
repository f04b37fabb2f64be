"""What all writers share: Markdown is read once for each text, walked once for each output, and filled many times.

A writer says how its output spells a paragraph, a heading, a formula; each of these methods is given finished text and
gives finished text. The words of a template are walked once and kept as a skeleton; a value is written when its mark is
reached, in the way that its place demands: in running text, within a formula, in code, or as a block of its own.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar, Literal, TypeAlias, TypeVar

from quizgen.layers.base import Shape
from quizgen.prose import MARK, Blank, Block, Code, Drawing, Items, Maths, Prose, Table, Value, spelled
from quizgen.render.document import AnswerLine, Document, Fields, OptionList, Reasons, TrueFalseList, WorkingSpace
from quizgen.render.markdown_tree import Node, tree

Place: TypeAlias = Literal["text", "maths", "code", "listing", "alone"]
"""Where a mark stands: in running text, in a formula, in code within text, in a listing, or alone in its paragraph."""

PLACED = re.compile("\ue002([tmcla])(\\d+)\ue003")
Key = TypeVar("Key")
PLACES: dict[str, Place] = {"t": "text", "m": "maths", "c": "code", "l": "listing", "a": "alone"}
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
WHITE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
NO_BREAK = "\u00a0"
PLAIN_NUMBERS = ("maths", "text")
SKELETONS_KEPT = 1024

Skeleton: TypeAlias = tuple[str, tuple[tuple[Place, int, str], ...]]
"""The text before the first value; then each value's place and index with the text that follows it."""


class Writer(ABC):
    """One output. `name` is what `--format` takes, `suffix` what its files end in."""

    name: ClassVar[str]
    suffix: ClassVar[str]

    def __init__(self) -> None:
        self._skeletons: dict[str, Skeleton] = {}
        self._formulas: dict[tuple[str, bool], Skeleton] = {}

    # What an output must say of itself.

    @abstractmethod
    def document(self, document: Document) -> bytes:
        """The whole file."""

    @abstractmethod
    def escape(self, text: str) -> str: ...

    @abstractmethod
    def paragraph(self, content: str) -> str: ...

    @abstractmethod
    def heading(self, level: int, content: str) -> str: ...

    @abstractmethod
    def strong(self, content: str) -> str: ...

    @abstractmethod
    def emphasis(self, content: str) -> str: ...

    @abstractmethod
    def inline_code(self, content: str) -> str:
        """`content` has gone through `in_code`."""

    @abstractmethod
    def listing(self, code: str, language: str) -> str:
        """A block of code; `code` is not escaped."""

    @abstractmethod
    def listed(self, items: Sequence[str], *, numbered: bool, start: int = 1) -> str: ...

    @abstractmethod
    def table(
        self, header: Sequence[str], rows: Sequence[Sequence[str]], align: str, *, last_is_total: bool
    ) -> str: ...

    @abstractmethod
    def quote(self, content: str) -> str: ...

    @abstractmethod
    def link(self, content: str, address: str) -> str: ...

    @abstractmethod
    def formula(self, latex: str, *, display: bool) -> str:
        """A formula with marks still in it."""

    @abstractmethod
    def blank(self) -> str:
        """A place to write into, inside a table."""

    @abstractmethod
    def drawing(self, drawing: Drawing) -> str: ...

    @abstractmethod
    def fields(self, block: Fields) -> str: ...

    @abstractmethod
    def options(self, block: OptionList) -> str: ...

    @abstractmethod
    def true_false(self, block: TrueFalseList) -> str: ...

    @abstractmethod
    def answer_line(self, block: AnswerLine) -> str: ...

    @abstractmethod
    def working_space(self, block: WorkingSpace) -> str: ...

    @abstractmethod
    def reasons(self, block: Reasons) -> str: ...

    def shape(self, shape: Shape) -> str:
        """A shape in running text, which no line break parts."""
        return str(shape).replace(" ", NO_BREAK)

    def number_in_maths(self, number: str) -> str:
        """A number with separators, or a shape, where it fills a mark of a formula."""
        return number

    def words_in_maths(self, words: str) -> str:
        """Any other text where it fills a mark of a formula."""
        return self.escape(words)

    def in_code(self, text: str) -> str:
        """Text as code within running text spells it."""
        return self.escape(text)

    def in_listing(self, text: str) -> str:
        """Text as it fills a mark of a listing."""
        return self.escape(text)

    def break_line(self) -> str:
        return "\n"

    def rule(self) -> str:
        """A thematic break."""
        return ""

    # Values.

    def prose(self, text: Prose) -> str:
        """A text of paragraphs and other blocks."""
        skeleton = self._skeletons.get(text.text)
        if skeleton is None:
            skeleton = self._keep(self._skeletons, text.text, self._blocks(tree(text.text)))
        return self._filled(skeleton, text.values)

    def inline(self, text: Prose) -> str:
        """A text of one paragraph, without what makes it a paragraph."""
        key = "\ue004" + text.text
        skeleton = self._skeletons.get(key)
        if skeleton is None:
            skeleton = self._keep(self._skeletons, key, self._inlines(tree(text.text)))
        return self._filled(skeleton, text.values)

    def maths(self, formula: Maths) -> str:
        key = (formula.latex, formula.display)
        skeleton = self._formulas.get(key)
        if skeleton is None:
            skeleton = self._keep(self._formulas, key, self.filled_formula(formula.latex, display=formula.display))
        return self._filled(skeleton, formula.values)

    def cell(self, value: Value) -> str:
        """A value in running text or in a cell of a table."""
        match value:
            case int() | Fraction():
                return spelled(value)
            case Shape():
                return self.shape(value)
            case str():
                return self.escape(value)
            case Maths():
                return self.maths(value if not value.display else Maths(value.latex, value.values))
            case Prose():
                return self.inline(value)
            case Blank():
                return self.blank()
            case Code():
                return self.inline_code(self.in_code(value.text))
        raise TypeError(f"a {type(value).__name__} stands in running text")

    def alone(self, value: Value) -> str:
        """A value that has a paragraph to itself."""
        match value:
            case Maths(display=True):
                return self.maths(value)
            case Prose():
                return self.prose(value)
            case Code():
                return self.listing(value.text, value.language)
            case Table():
                rows = [[self.cell(cell) for cell in row] for row in value.rows]
                header = [self.escape(title) for title in value.header]
                return self.table(header, rows, value.align, last_is_total=value.last_is_total)
            case Items():
                return self.listed([self.item(item) for item in value.items], numbered=value.numbered)
            case Drawing():
                return self.drawing(value)
            case Block():
                return self.block(value)
        return self.paragraph(self.cell(value))

    def item(self, item: Prose) -> str:
        """A list item: its text, or the one block that it consists of."""
        alone = MARK.fullmatch(item.text)
        value = item.values[int(alone[1])] if alone else ""
        return self.inline(item) if is_running(value) else self.alone(value)

    def block(self, block: Block) -> str:
        match block:
            case Fields():
                return self.fields(block)
            case OptionList():
                return self.options(block)
            case TrueFalseList():
                return self.true_false(block)
            case AnswerLine():
                return self.answer_line(block)
            case WorkingSpace():
                return self.working_space(block)
            case Reasons():
                return self.reasons(block)
        raise TypeError(f"no writer knows {type(block).__name__}")

    # Skeletons.

    def _keep(self, cache: dict[Key, Skeleton], key: Key, text: str) -> Skeleton:
        first, *pieces = PLACED.split(text)
        skeleton = (
            first,
            tuple((PLACES[place], int(index), after) for place, index, after in zip(*[iter(pieces)] * 3, strict=True)),
        )
        if len(cache) >= SKELETONS_KEPT:
            cache.clear()
        cache[key] = skeleton
        return skeleton

    def _filled(self, skeleton: Skeleton, values: Sequence[Value]) -> str:
        first, pieces = skeleton
        out = [first]
        for place, index, after in pieces:
            value = values[index]
            if type(value) is int and place in PLAIN_NUMBERS:  # by far the most frequent value
                out.append(self.number_in_maths(f"{value:,}") if place == "maths" else f"{value:,}")
            else:
                out.append(self.written(value, place))
            out.append(after)
        return "".join(out)

    def written(self, value: Value, place: Place) -> str:
        """A value as its place demands."""
        match place:
            case "alone":
                return self.alone(value)
            case "maths":
                return self._in_maths(value)
            case "code":
                return self.in_code(f"{value}")
            case "listing":
                return self.in_listing(f"{value}")
        return self.cell(value)

    def _in_maths(self, value: Value) -> str:
        match value:
            case int() | Fraction():
                return self.number_in_maths(spelled(value))
            case Shape():
                return self.number_in_maths(str(value))
            case Maths():
                return self.maths(Maths(value.latex, value.values))
        return self.words_in_maths(str(value))

    def filled_formula(self, latex: str, *, display: bool) -> str:
        """A formula with each mark told that it stands in one."""
        return self.placed(self.formula(latex, display=display), "maths")

    def placed(self, text: str, place: Place) -> str:
        """Written text with each mark told where it stands."""
        return MARK.sub(lambda match: f"\ue002{place[0]}{match[1]}\ue003", text)

    def _blocks(self, node: Node) -> str:
        return "".join(self._block_node(child) for child in node.children)

    def _inlines(self, node: Node) -> str:
        """The inline content of every block, one after the other."""
        return " ".join(
            self._inline_node(child) if child.type == "inline" else self._inlines(child) for child in node.children
        )

    def _block_node(self, node: Node) -> str:
        match node.type:
            case "paragraph":
                alone = MARK.fullmatch(node.children[0].content)
                if alone:
                    return self.placed(alone[0], "alone")
                return self.paragraph(self._inline_node(node.children[0]))
            case "heading":
                return self.heading(int(node.tag[1]), self._inline_node(node.children[0]))
            case "bullet_list" | "ordered_list":
                items = [self._list_item(item) for item in node.children]
                start = int(node.attrs.get("start", 1))
                return self.listed(items, numbered=node.type == "ordered_list", start=start)
            case "fence" | "code_block":
                return self.listing(self.placed(node.content, "listing"), node.info.strip())
            case "blockquote":
                return self.quote(self._blocks(node))
            case "table":
                return self._table(node)
            case "math_block":
                return self.filled_formula(node.content.strip(), display=True)
            case "hr":
                return self.rule()
            case "inline":
                return self._inline_node(node)
        return self.paragraph(self.escape(node.content))

    def _list_item(self, item: Node) -> str:
        if len(item.children) == 1 and item.children[0].type == "paragraph":
            return self._inline_node(item.children[0].children[0])
        return self._blocks(item)

    def _table(self, node: Node) -> str:
        cells = [
            [self._inline_node(cell.children[0]) for cell in row.children]
            for part in node.children
            for row in part.children
        ]
        styles = [str(cell.attrs.get("style", "")) for cell in node.children[0].children[0].children]
        align = "".join("r" if "right" in style else "c" if "center" in style else "l" for style in styles)
        return self.table(cells[0], cells[1:], align, last_is_total=False)

    def _inline_node(self, node: Node) -> str:
        match node.type:
            case "inline":
                return "".join(self._inline_node(child) for child in node.children)
            case "text":
                return self.placed(self.escape(node.content), "text")
            case "softbreak":
                return self.break_line()
            case "hardbreak":
                return self.break_line()
            case "strong":
                return self.strong(self._children(node))
            case "em":
                return self.emphasis(self._children(node))
            case "code_inline":
                return self.inline_code(self.placed(self.in_code(node.content), "code"))
            case "link":
                return self.link(self._children(node), str(node.attrs["href"]))
            case "math_inline" | "math_inline_double":
                return self._formula_in_text(node.content)
        return self.placed(self.escape(node.content), "text")

    def _formula_in_text(self, latex: str) -> str:
        """A formula; one that is nothing but a mark is filled by a whole formula or a number."""
        alone = MARK.fullmatch(latex.strip())
        if alone:
            return self.placed(alone[0], "text")
        return self.filled_formula(latex, display=False)

    def _children(self, node: Node) -> str:
        return "".join(self._inline_node(child) for child in node.children)


def one_line(text: str) -> str:
    """Text with white space and control characters made single spaces, where these would mean something."""
    return WHITE.sub(" ", text)


def is_running(value: Value) -> bool:
    """Whether a value stands in running text rather than in a block of its own."""
    return isinstance(value, int | str | Shape | Blank | Prose) or (isinstance(value, Maths) and not value.display)
