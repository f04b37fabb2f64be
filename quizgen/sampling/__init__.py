"""Random networks for questions: for what a template is about and for a level, with numbers that a person can handle.

Drawn so that the usual misconceptions do not hide: no kernel of 1, never as many features as units, no map of 1 × 1.
"""

from quizgen.sampling.families import FAMILIES
from quizgen.sampling.hand_cost import BUDGET, hand_cost
from quizgen.sampling.layers import LAYER_KINDS
from quizgen.sampling.sampler import Sample, sample
from quizgen.sampling.series import LEVELS, Level
from quizgen.sampling.settings import SETTINGS, Setting
from quizgen.sampling.subject import Family, LayerKind

__all__ = [
    "BUDGET",
    "FAMILIES",
    "LAYER_KINDS",
    "LEVELS",
    "SETTINGS",
    "Family",
    "LayerKind",
    "Level",
    "Sample",
    "Setting",
    "hand_cost",
    "sample",
]
