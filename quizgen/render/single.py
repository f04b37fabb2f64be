"""One question as a document of its own, with its solution below it where that is asked for."""

from __future__ import annotations

from quizgen.prose import Prose, joined
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
    item = Item(1, question.name, body, points=0, title=question.title)
    return Document("solutions" if solution else "questions", question.title, Prose(""), (item,), command, numbered=False)
