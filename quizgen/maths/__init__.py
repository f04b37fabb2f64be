"""Formulas: read once from a small LaTeX, written as MathML, Typst, plain Unicode and spoken English.

A formula may hold slots, `\\ue000` + digits + `\\ue001`: each stands for a number that is put in, by plain string
replacement, after the formula has been written. SLOT matches one.
"""

from quizgen.maths.mathml import mathml
from quizgen.maths.parse import parse
from quizgen.maths.plain import plain
from quizgen.maths.scan import MathsError
from quizgen.maths.spoken import spoken
from quizgen.maths.tree import Node
from quizgen.maths.typst import typst

__all__ = ["MathsError", "Node", "mathml", "parse", "plain", "spoken", "typst"]
