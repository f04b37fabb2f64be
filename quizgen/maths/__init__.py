"""Formulas: read once from a small LaTeX, written as MathML, Typst, plain Unicode and spoken English.

A formula may hold slots. The mark of slot 3 is "\\ue0003\\ue001": digits between an opening and a closing character.
Every writer passes marks on as they are, where replacing them by `7,600` or `26 × 26 × 32` gives a right formula;
MathML holds each mark twice, once in the formula and once in its alternative text.
"""

from quizgen.maths.mathml import mathml
from quizgen.maths.parse import parse
from quizgen.maths.plain import plain
from quizgen.maths.scan import MathsError
from quizgen.maths.spoken import spoken
from quizgen.maths.tree import Node
from quizgen.maths.typst import typst

__all__ = ["MathsError", "Node", "mathml", "parse", "plain", "spoken", "typst"]
