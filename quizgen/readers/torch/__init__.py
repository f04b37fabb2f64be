"""PyTorch code, read without running it: modules, `forward`, and what PyTorch makes of their sizes."""

from quizgen.readers.torch.detecting import looks_like_torch
from quizgen.readers.torch.reading import read_torch

__all__ = ["looks_like_torch", "read_torch"]
