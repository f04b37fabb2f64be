"""The compact notation: a plain stack of layers on one line, `28x28x1 conv5x5x32 pool2 flatten dense10`.

docs/compact-notation.md describes it.
"""

from quizgen.readers.compact.reading import looks_compact, read_compact
from quizgen.readers.compact.writing import written

__all__ = ["looks_compact", "read_compact", "written"]
