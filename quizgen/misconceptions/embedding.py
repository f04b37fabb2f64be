"""How the rules of `layers/embedding.py` are missed."""

from __future__ import annotations

from quizgen.arithmetic import product
from quizgen.layers.base import Layer, Shape
from quizgen.layers.embedding import Embedding, SinusoidalPositions
from quizgen.misconceptions.base import Count, Misconception


def a_row_for_each_position(truth: Count, table: Embedding, x: Shape) -> int:
    return truth(table.but(vocabulary=x.channels), x)


def another_row_for_padding(truth: Count, table: Embedding, x: Shape) -> int:
    return truth(table.but(vocabulary=table.vocabulary + 1), x)


def a_learned_vector_for_each_position(truth: Count, positions: SinusoidalPositions, x: Shape) -> int:
    return product(x)


MISCONCEPTIONS = (
    Misconception(
        id="embedding-uses-length",
        topic="embedding",
        rule=Embedding.trainable,
        wrong=a_row_for_each_position,
        belief="The table has a row for each position of the sequence.",
        mend="The table has a row for each of the {vocabulary} tokens that can occur, however long the sequence is.",
        grade="C",
    ),
    Misconception(
        id="embedding-vocab-plus-two",
        topic="embedding",
        rule=Embedding.trainable,
        wrong=another_row_for_padding,
        belief="Masking takes another row, beside the one of the padding token.",
        mend="The padding token is one of the {vocabulary} tokens: its row is in the table already.",
        grade="A",
    ),
    Misconception(
        id="fixed-positions-counted",
        topic="embedding",
        rule=Layer.trainable,
        wrong=a_learned_vector_for_each_position,
        belief="Positions always cost a vector each.",
        mend="Sines and cosines of the position are computed: nothing is learned for any of the {length} positions.",
        grade="B",
        kinds=(SinusoidalPositions,),
    ),
)
