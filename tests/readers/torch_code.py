"""Short PyTorch networks as text."""

from textwrap import indent

HEAD = "import torch\nfrom torch import nn\nimport torch.nn.functional as F\n\n"


def net(init: str, forward: str, after: str = "", arguments: str = "x") -> str:
    """A module with these lines in its `__init__` and its `forward`, and what stands below it."""
    return (
        f"{HEAD}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n{indent(init, ' ' * 8)}\n\n"
        f"    def forward(self, {arguments}):\n{indent(forward, ' ' * 8)}\n\n{after}\n"
    )
