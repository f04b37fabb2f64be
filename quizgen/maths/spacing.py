"""What the parser asks of neighbours in a row: does a minus negate or subtract, do two words run together."""

from __future__ import annotations

from quizgen.maths.tree import Fenced, Name, Node, Number, Operator, Scripts, Slot, Space, Text, core_of, is_function


def ends_operand(item: Node, before: bool) -> bool:
    """True if a minus sign after `item` subtracts, false if it negates; `before` is the same for what stands before."""
    match item:
        case Space():
            return before
        case Operator(role=role):
            return role == "postfix"
        case Scripts(base=base):
            return ends_operand(base, before)
    return not is_function(item)


def runs_together(left: Node, right: Node) -> bool:
    """True for neighbours that would read as one without a space: `2` and `filters`, `log` and `n`, `3` and `3`."""
    if isinstance(left, Operator | Space) or isinstance(right, Operator | Space):
        return False
    left, right = core_of(left), core_of(right)
    if isinstance(left, Text) and left.words.endswith(" "):
        return False
    if isinstance(right, Text) and right.words.startswith(" "):
        return False
    if _is_word(left):
        return not isinstance(right, Fenced)
    return _is_word(right) or (_is_numeral(left) and _is_numeral(right))


def _is_word(node: Node) -> bool:
    return isinstance(node, Text) or (isinstance(node, Name) and len(node.letters) > 1)


def _is_numeral(node: Node) -> bool:
    return isinstance(node, Number | Slot)
