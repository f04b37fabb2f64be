"""One question as a document of its own, with its solution below it where that is asked for."""

from __future__ import annotations

from quizgen.prose import joined, prose
from quizgen.question import Question
from quizgen.render.document import Document, Item
from quizgen.render.skins import Skin, question_names


def document(question: Question, skin: Skin, *, solution: bool = False) -> Document:
    """The question under a skin, without a sheet around it."""
    names = question_names(question, skin)
    body = skin.source.render("question", names)
    if solution:
        body = joined([body, skin.source.render("solution", names)], "\n\n---\n\n")
    command = f"quizgen show {question.name}" + (" --solution" if solution else "")
    item = Item(1, question.name, body)
    kind = "solutions" if solution else "questions"
    return Document(kind, question.title, prose("# {}", question.title), (item,), command, numbered=False)
