"""Random PyTorch networks, written as code as people write it; PyTorch itself says on the way which steps fit."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

HEAD = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n\n"


class Drawn(NamedTuple):
    """A network as code, which makes it as `model`, and the shape that it's fed, as PyTorch orders it, without batch."""

    code: str
    inputs: tuple[int, ...]
    ids: bool


class Draft:
    """A network that grows step by step, beside a tensor on which each step is tried."""

    def __init__(self, random: Random, x: Any) -> None:
        self.random, self.x = random, x
        self.made: list[str] = []
        self.used: list[str] = []
        self.plain = True

    def module(self, text: str, use: str = "x = self.{0}(x)") -> bool:
        """A module, tried on the tensor; whether it fits."""
        from torch import nn

        name = f"m{len(self.made)}"
        owner = type("Owner", (), {})()
        try:
            setattr(owner, name, eval(text, {"nn": nn}).eval())
            self.tried(use.format(name), owner)
        except (RuntimeError, ValueError, IndexError):
            return False
        self.made.append(text)
        self.used.append(use.format(name))
        self.plain = self.plain and use == "x = self.{0}(x)"
        return True

    def statement(self, text: str) -> bool:
        """A line of `forward`; whether it fits."""
        try:
            self.tried(text, None)
        except (RuntimeError, ValueError, IndexError):
            return False
        self.used.append(text)
        self.plain = False
        return True

    def tried(self, text: str, owner: Any) -> None:
        import torch
        from torch.nn import functional

        names = {"torch": torch, "F": functional, "self": owner, "x": self.x}
        with torch.no_grad():
            exec(text, names)
        if not 0 < names["x"].numel() <= 400_000:
            raise ValueError("nothing, or too much")
        self.x = names["x"]

    def code(self) -> str:
        """The network in one of the ways in which people write it."""
        if self.plain and self.random.random() < 0.6:
            return HEAD + self.random.choice([stacked, ordered, added])(self.made)
        return HEAD + classy(self.made, self.used)


def stacked(made: list[str]) -> str:
    return "model = nn.Sequential(\n" + "".join(f"    {text},\n" for text in made) + ")\n"


def ordered(made: list[str]) -> str:
    pairs = "".join(f"    ('m{place}', {text}),\n" for place, text in enumerate(made))
    return f"from collections import OrderedDict\nmodel = nn.Sequential(OrderedDict([\n{pairs}]))\n"


def added(made: list[str]) -> str:
    listed = "".join(f"layers.append({text})\n" for text in made)
    return f"layers = []\n{listed}model = nn.Sequential(*layers)\n"


def classy(made: list[str], used: list[str]) -> str:
    init = "".join(f"        self.m{place} = {text}\n" for place, text in enumerate(made))
    body = "".join(f"        {text}\n" for text in used)
    return (
        "class Net(nn.Module):\n    def __init__(self):\n        super(Net, self).__init__()\n"
        f"{init}\n    def forward(self, x):\n{body}        return x\n\n\nmodel = Net()\n"
    )


def number(random: Random, low: int, high: int) -> int:
    return random.randint(low, high)


def per_axis(random: Random, rank: int, low: int, high: int) -> Any:
    """One number for all axes, or one for each."""
    if rank == 1 or random.random() < 0.7:
        return number(random, low, high)
    return tuple(number(random, low, high) for _ in range(rank))


def convolution(draft: Draft, rank: int) -> bool:
    random, channels = draft.random, draft.x.shape[1]
    groups = random.choice([1, 1, 1, channels])
    filters = groups * number(random, 1, 4) if groups > 1 else number(random, 1, 24)
    more = []
    if random.random() < 0.5:
        more.append(f"padding={per_axis(random, rank, 0, 2)}" if random.random() < 0.8 else 'padding="same"')
    if random.random() < 0.3 and 'padding="same"' not in more:
        more.append(f"stride={per_axis(random, rank, 1, 3)}")
    if random.random() < 0.2:
        more.append(f"dilation={per_axis(random, rank, 1, 2)}")
    if groups > 1:
        more.append(f"groups={groups}")
    if random.random() < 0.3:
        more.append("bias=False")
    settings = ", ".join([str(channels), str(filters), str(per_axis(random, rank, 1, 5)), *more])
    return draft.module(f"nn.Conv{rank}d({settings})")


def transposed(draft: Draft, rank: int) -> bool:
    random = draft.random
    settings = f"{draft.x.shape[1]}, {number(random, 1, 8)}, {per_axis(random, rank, 1, 4)}"
    stride = number(random, 1, 3)
    extra = f", output_padding={number(random, 0, stride - 1)}" if stride > 1 else ""
    return draft.module(f"nn.ConvTranspose{rank}d({settings}, stride={stride}, padding={number(random, 0, 1)}{extra})")


def pooling(draft: Draft, rank: int) -> bool:
    random, kind = draft.random, draft.random.choice(["Max", "Avg"])
    size = per_axis(random, rank, 2, 3)
    more = random.choice(["", f", {number(random, 1, 3)}", ", ceil_mode=True", ", stride=2, padding=1"])
    if random.random() < 0.5:
        return draft.module(f"nn.{kind}Pool{rank}d({size}{more})")
    return draft.statement(f"x = F.{kind.lower()}_pool{rank}d(x, {size}{more})")


def normalized(draft: Draft, rank: int) -> bool:
    channels = draft.x.shape[1]
    affine = draft.random.choice(["", ", affine=False"])
    return draft.module(
        draft.random.choice(
            [
                f"nn.BatchNorm{rank}d({channels}{affine})",
                f"nn.GroupNorm(1, {channels})",
                f"nn.InstanceNorm{rank}d({channels}, affine=True)",
                f"nn.PReLU({channels})",
                "nn.PReLU()",
            ]
        )
    )


def activated(draft: Draft) -> bool:
    random = draft.random
    if random.random() < 0.5:
        return draft.module(random.choice(["nn.ReLU(inplace=True)", "nn.Tanh()", "nn.Dropout(0.2)", "nn.GELU()"]))
    return draft.statement(
        random.choice(["x = F.relu(x)", "x = torch.sigmoid(x)", "x = x.tanh()", "x = F.leaky_relu(x, 0.1)"])
    )


def branched(draft: Draft, rank: int) -> bool:
    """A residual block or a dense one."""
    channels = draft.x.shape[1]
    same = f"nn.Conv{rank}d({channels}, {channels}, 3, padding=1, bias=False)"
    other = f"nn.Conv{rank}d({channels}, {number(draft.random, 1, 8)}, 1)"
    return draft.random.choice(
        [
            lambda: draft.module(same, "x = x + self.{0}(x)"),
            lambda: draft.module(same, "x = torch.add(F.relu(self.{0}(x)), x)"),
            lambda: draft.module(other, "x = torch.cat([x, self.{0}(x)], dim=1)"),
            lambda: draft.module(other, "x = torch.cat((self.{0}(x), x, x), 1)"),
        ]
    )()


def resized(draft: Draft, rank: int) -> bool:
    random = draft.random
    return random.choice(
        [
            lambda: draft.module("nn.Upsample(scale_factor=2)"),
            lambda: draft.statement("x = F.interpolate(x, scale_factor=2)"),
            lambda: draft.module(f"nn.AdaptiveAvgPool{rank}d({per_axis(random, rank, 1, 4)})"),
            lambda: draft.statement(f"x = F.adaptive_max_pool{rank}d(x, {number(random, 1, 3)})"),
            lambda: draft.module(f"nn.ConstantPad{rank}d({tuple(number(random, 0, 2) for _ in range(2 * rank))}, 0)"),
            lambda: draft.statement("x = F.pad(x, (1, 2))"),
        ]
    )()


def flattened(draft: Draft) -> bool:
    size = draft.x[0].numel()
    ways = [
        f"x = x.view(-1, {size})",
        "x = x.view(x.size(0), -1)",
        "x = torch.flatten(x, 1)",
        "x = x.reshape(x.shape[0], -1)",
    ]
    if draft.random.random() < 0.4:
        return draft.module("nn.Flatten()")
    if draft.x.dim() > 2 and draft.random.random() < 0.3:
        return draft.statement(f"x = x.mean({list(range(2, draft.x.dim()))})")
    return draft.statement(draft.random.choice(ways))


def headed(draft: Draft) -> None:
    """Dense layers at the end."""
    for _ in range(number(draft.random, 1, 3)):
        units = number(draft.random, 1, 40)
        bias = draft.random.choice(["", ", bias=False"])
        draft.module(f"nn.Linear({draft.x.shape[-1]}, {units}{bias})")
        if draft.random.random() < 0.6:
            activated(draft)


def maps(random: Random) -> Drawn:
    """A convolutional network in one, two or three dimensions."""
    import torch

    rank = random.choice([1, 2, 2, 2, 3])
    inputs = (
        number(random, 1, 4),
        *(number(random, *{1: (20, 60), 2: (12, 40), 3: (8, 14)}[rank]) for _ in range(rank)),
    )
    draft = Draft(random, torch.zeros(2, *inputs))
    while not convolution(draft, rank):
        pass
    steps = [convolution, convolution, pooling, normalized, branched, resized, transposed]
    for _ in range(number(random, 2, 9)):
        step = random.choice([*steps, lambda draft, rank: activated(draft)])
        step(draft, rank)
    if random.random() < 0.8:
        flattened(draft)
        headed(draft)
    return Drawn(draft.code(), inputs, ids=False)


def recurrent(draft: Draft) -> bool:
    random, features = draft.random, draft.x.shape[2]
    units = 2 * number(random, 1, 8)
    more = random.choice(["", ", num_layers=2", ", bidirectional=True", ", 2, bidirectional=True", ", bias=False"])
    kind = random.choice(["LSTM", "GRU", "RNN"])
    use = random.choice(["x, _ = self.{0}(x)", "x = self.{0}(x)[0]"])
    return draft.module(f"nn.{kind}({features}, {units}{more}, batch_first=True)", use)


def attended(draft: Draft) -> bool:
    random, width = draft.random, draft.x.shape[2]
    heads = random.choice([n for n in (1, 2, 3, 4) if width % n == 0])
    return random.choice(
        [
            lambda: draft.module(
                f"nn.MultiheadAttention({width}, {heads}, batch_first=True)", "x, _ = self.{0}(x, x, x)"
            ),
            lambda: draft.module(f"nn.TransformerEncoderLayer({width}, {heads}, dim_feedforward=32, batch_first=True)"),
            lambda: draft.module(f"nn.LayerNorm({width})", "x = x + self.{0}(x)"),
            lambda: draft.module(f"nn.Linear({width}, {number(random, 2, 30)})"),
        ]
    )()


def tokens(random: Random) -> Drawn:
    """A network over a sequence of tokens or of vectors."""
    import torch

    length, ids = number(random, 5, 20), random.random() < 0.6
    width = 2 * number(random, 2, 12)
    inputs = (length,) if ids else (length, width)
    draft = Draft(random, torch.zeros(2, *inputs, dtype=torch.long if ids else torch.float32))
    if ids:
        draft.module(f"nn.Embedding({number(random, 10, 300)}, {width})")
    for _ in range(number(random, 1, 4)):
        random.choice([recurrent, recurrent, attended, attended, activated])(draft)
    draft.statement(
        random.choice(["x = x[:, -1]", "x = x.mean(dim=1)", "x = x.mean(1)", "x = x[:, 0, :]", "x = x.transpose(1, 2)"])
    )
    if draft.x.dim() == 3:
        convolution(draft, 1)
        flattened(draft)
    headed(draft)
    return Drawn(draft.code(), inputs, ids)


def features(random: Random) -> Drawn:
    """A multilayer perceptron, now and then with a way back to maps."""
    import torch

    inputs = (number(random, 2, 60),)
    draft = Draft(random, torch.zeros(2, *inputs))
    headed(draft)
    for _ in range(number(random, 0, 2)):
        if random.random() < 0.4:
            draft.module(f"nn.BatchNorm1d({draft.x.shape[-1]})")
        headed(draft)
    if random.random() < 0.4:
        channels, side = number(random, 1, 6), number(random, 2, 5)
        draft.module(f"nn.Linear({draft.x.shape[-1]}, {channels * side * side})")
        draft.statement(f"x = x.view(-1, {channels}, {side}, {side})")
        for step in (transposed, normalized, resized):
            step(draft, 2)
    return Drawn(draft.code(), inputs, ids=False)


def draw(random: Random) -> Drawn:
    return random.choice([maps, maps, maps, tokens, features])(random)
