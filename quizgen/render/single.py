"""One question as a document of its own, with its solution below it where that is asked for."""

from __future__ import annotations

from quizgen.prose import joined, prose
from quizgen.question import Question
from quizgen.render import json
from quizgen.render.document import Document, Item
from quizgen.render.formats import writer
from quizgen.render.skins import Skin, arranged


def rendered(question: Question, skin: Skin, format: str, command: str, *, solution: bool = False) -> bytes:
    """The question as a file; as JSON on one line, always with its solution. Raises UnknownNameError."""
    if format == "json":
        return f"{json.line(json.question_object(question))}\n".encode()
    return writer(format).document(document(question, skin, command, solution=solution))


def document(question: Question, skin: Skin, command: str, *, solution: bool = False) -> Document:
    """The question under a skin, without a sheet around it. command: what makes it again."""
    body = arranged(skin, "question", question)
    if solution:
        body = joined([body, arranged(skin, "solution", question)], "\n\n---\n\n")
    return Document(
        "solutions" if solution else "questions",
        question.title,
        prose("# {}", question.title),
        (Item(1, question.name, body),),
        command,
        numbered=False,
    )
