"""What is shown of a question: as it's asked, as it's solved, and all that is behind its options."""

from __future__ import annotations

from quizgen.practice.talk import Say
from quizgen.prose import Prose, joined, prose
from quizgen.question import FillIn, Open, Question


def shown(question: Question) -> Prose:
    """Its words, its network, and what must be seen to answer it."""
    from quizgen.render.pieces import network_shown, open_block

    pieces = (network_shown(question, "table"), open_block(question))
    return joined([question.stem, *(prose("{}", piece) for piece in pieces if piece is not None)], "\n\n")


def solved(question: Question) -> Prose:
    """The answer and the worked solution."""
    from quizgen.render.pieces import answer_value

    if isinstance(question.answering, FillIn | Open):
        return question.solution
    return joined([prose("The answer: {}", answer_value(question)), question.solution], "\n\n")


def why(question: Question) -> Prose:
    """The solution, and what is behind the options that are wrong."""
    from quizgen.render.pieces import reasons

    others = reasons(question)
    return joined([solved(question), *([] if others is None else [prose("{}", others)])], "\n\n")


def aside(text: str) -> Say:
    """A word beside the matter."""
    return Say(prose("{}", text), "aside")
