"""Networks as PyTorch code."""

from quizgen.views.torch.program import torch_code

__all__ = ["torch_code"]
