"""What people write in PyTorch, one construct a case: its parameters, and what comes out for one example.

The numbers are worked by hand: features · units + units for a linear layer, and so on.
"""

import pytest

from quizgen.layers import Shape
from quizgen.network import macs_total, params_total, trainable_total
from quizgen.readers.python import parsed
from quizgen.readers.torch import looks_like_torch, read_torch
from tests.readers.torch_code import HEAD, net

IMAGE, SEQUENCE, STEPS = (
    "Net()(torch.randn(2, 3, 32, 32))",
    "Net()(torch.randn(2, 9, 16))",
    "Net()(torch.randn(2, 9, 5))",
)

CASES = {
    # modules
    "lazy": (net("self.c = nn.LazyConv2d(8, 3)\nself.fc = nn.LazyLinear(10)", "return self.fc(self.c(x).flatten(1))", IMAGE), 72_234, (10,)),
    "keywords handed on": (
        HEAD
        + "class C(nn.Module):\n    def __init__(self, i, o, **kw):\n        super().__init__()\n        self.c = nn.Conv2d(i, o, **kw)\n"
        "        self.b = nn.BatchNorm2d(o)\n    def forward(self, x): return F.relu(self.b(self.c(x)))\n"
        "m = nn.Sequential(C(3, 8, kernel_size=3, padding=1), C(8, 4, kernel_size=1))\nm(torch.rand(1, 3, 9, 9))",
        224 + 16 + 36 + 8,
        (9, 9, 4),
    ),
    "modules by functions": (
        HEAD
        + "def conv3x3(i, o, s=1):\n    '''3x3'''\n    return nn.Conv2d(i, o, kernel_size=3, stride=s, padding=1, bias=False)\n"
        "def block(i, o):\n    return nn.Sequential(conv3x3(i, o, 2), nn.BatchNorm2d(o), nn.ReLU())\n"
        "m = nn.Sequential(block(3, 8), block(8, 16))\nm(torch.rand(1, 3, 9, 9))",
        216 + 16 + 1152 + 32,
        (3, 3, 16),
    ),
    "ModuleDict": (net("self.m = nn.ModuleDict({'a': nn.Linear(4, 5), 'b': nn.Linear(5, 6)})", "for k, l in self.m.items():\n    x = l(x)\nreturn x"), 61, (6,)),
    "ModuleList by index": (net("self.l = nn.ModuleList([nn.Linear(4, 4) for _ in range(2)])", "return self.l[-1](self.l[0](x))"), 40, (4,)),
    "ModuleList enumerated": (
        net("self.l = nn.ModuleList([nn.Linear(4, 4) for _ in range(3)])", "for i, l in enumerate(self.l):\n    x = l(x)\n    if i < len(self.l) - 1:\n        x = F.relu(x)\nreturn x"),
        60,
        (4,),
    ),
    "setattr and getattr": (net("for i in range(3):\n    setattr(self, f'fc{i}', nn.Linear(4, 4))", "for i in range(3):\n    x = getattr(self, 'fc%d' % i)(x)\nreturn x"), 60, (4,)),
    "a choice of activations": (net("acts = {'relu': nn.ReLU(), 'tanh': nn.Tanh()}\nself.a = nn.Linear(4, 4)\nself.act = acts['tanh']", "return self.act(self.a(x))"), 20, (4,)),
    "a function as attribute": (net("self.a = nn.Linear(4, 4)\nself.act = F.relu", "return self.act(self.a(x))"), 20, (4,)),
    "copies": (net("import copy\nb = nn.Linear(4, 4)\nself.l = nn.ModuleList([copy.deepcopy(b) for _ in range(3)])", "for l in self.l: x = l(x)\nreturn x"), 60, (4,)),
    "old super": (
        HEAD + "class Net(torch.nn.Module):\n    def __init__(self, n=3):\n        nn.Module.__init__(self)\n        self.a = nn.Linear(n, 4)\n    def forward(self, x):\n        return self.a(x)\nm = Net(n=5)",
        24,
        (4,),
    ),
    "a class of a class": (
        HEAD
        + "class Base(nn.Module):\n    def __init__(self, n):\n        super().__init__()\n        self.a = nn.Linear(n, 4)\n    def forward(self, x):\n        return self.head(self.a(x))\n"
        "class Net(Base):\n    def __init__(self):\n        super().__init__(7)\n        self.b = nn.Linear(4, 2)\n    def head(self, x): return self.b(x)\n",
        42,
        (2,),
    ),
    "settings in a dataclass": (
        HEAD
        + "from dataclasses import dataclass\n@dataclass\nclass Cfg:\n    n: int = 4\n    h: int = 8\n"
        "class Net(nn.Module):\n    def __init__(self, cfg):\n        super().__init__()\n        self.a = nn.Linear(cfg.n, cfg.h)\n    def forward(self, x): return self.a(x)\nm = Net(Cfg(h=16))",
        80,
        (16,),
    ),
    "made in main": (
        HEAD
        + "class Net(nn.Module):\n    def __init__(self, n):\n        super().__init__()\n        self.a = nn.Linear(4, n)\n    def forward(self, x): return self.a(x)\n"
        "def main():\n    net = Net(3)\n    print(net)\nif __name__ == '__main__':\n    main()",
        15,
        (3,),
    ),
    "torch.jit.script": (net("self.a = nn.Linear(3, 8)", "return self.a(x)", "m = torch.jit.script(Net())"), 32, (8,)),
    "spectral norm": (net("self.a = nn.utils.spectral_norm(nn.Conv2d(3, 8, 3))", "return self.a(x)", IMAGE), 224, (30, 30, 8)),
    "bilinear": (net("self.a = nn.Bilinear(3, 5, 8)", "return self.a(x, y)", arguments="x, y"), 128, (8,)),
    "embedding bag": (net("self.e = nn.EmbeddingBag(100, 8, sparse=True)\nself.fc = nn.Linear(8, 4)", "return self.fc(self.e(text, offsets))", arguments="text, offsets"), 836, (4,)),
    # branches and shapes
    "U-Net's skip": (
        net(
            "self.a = nn.Conv2d(3, 8, 3, padding=1)\nself.p = nn.MaxPool2d(2)\nself.u = nn.ConvTranspose2d(8, 8, 2, 2)\nself.o = nn.Conv2d(16, 1, 1)",
            "a = self.a(x)\nb = self.u(self.p(a))\nreturn self.o(torch.cat([a, b], 1))",
            IMAGE,
        ),
        224 + 264 + 17,
        (32, 32, 1),
    ),
    "chunk": (net("self.fc = nn.Linear(4, 12)\nself.o = nn.Linear(4, 1)", "q, k, v = self.fc(x).chunk(3, dim=-1)\nreturn self.o(q + k * v)"), 65, (1,)),
    "split": (net("self.fc = nn.Linear(4, 12)\nself.o = nn.Linear(6, 1)", "a, b = torch.split(self.fc(x), 6, dim=1)\nreturn self.o(a + b)"), 67, (1,)),
    "stack": (net("self.a = nn.Linear(4, 5)\nself.b = nn.Linear(4, 5)", "return torch.stack([self.a(x), self.b(x)], dim=1).mean(1)"), 50, (5,)),
    "glu": (net("self.c = nn.Conv1d(4, 16, 3)", "return F.glu(self.c(x), dim=1)", "Net()(torch.randn(2, 4, 50))"), 208, (48, 8)),
    "slices of channels": (
        net("self.a = nn.Conv2d(3, 8, 1)\nself.b = nn.Conv2d(4, 4, 1)", "y = self.a(x)\na, b = y[:, :4], y[:, 4:]\nreturn torch.cat([a, self.b(b)], dim=1)", IMAGE),
        52,
        (32, 32, 8),
    ),
    "a cropped shortcut": (net("self.a = nn.Conv2d(3, 8, 3)", "return self.a(x) + x[:, :1, 1:-1, 1:-1]", IMAGE), 224, (30, 30, 8)),
    "interpolate to a size": (net("self.a = nn.Conv2d(3, 8, 3, stride=2)", "return F.interpolate(self.a(x), size=x.shape[2:], mode='bilinear')", IMAGE), 224, (32, 32, 8)),
    "pixel shuffle": (net("self.c = nn.Conv2d(3, 12, 3, padding=1)\nself.p = nn.PixelShuffle(2)", "return self.p(self.c(x))", IMAGE), 336, (64, 64, 3)),
    "indices of a pooling": (net("self.p = nn.MaxPool2d(2, return_indices=True)\nself.c = nn.Conv2d(3, 4, 1)", "x, i = self.p(x)\nreturn self.c(x)", IMAGE), 16, (16, 16, 4)),
    "pooled to one cell": (net("self.a = nn.Conv2d(3, 8, 3)\nself.o = nn.Linear(8, 2)", "x = F.adaptive_avg_pool2d(self.a(x), (1, 1)).view(x.size(0), -1)\nreturn self.o(x)", IMAGE), 242, (2,)),
    "pooled over its own size": (net("self.a = nn.Conv2d(3, 8, 3)\nself.o = nn.Linear(8, 2)", "x = self.a(x)\nx = F.avg_pool2d(x, kernel_size=x.size()[2:]).squeeze()\nreturn self.o(x)", IMAGE), 242, (2,)),
    "torch.max along an axis": (net("self.a = nn.Conv1d(3, 8, 3)\nself.o = nn.Linear(8, 2)", "x, _ = torch.max(self.a(x), 2)\nreturn self.o(x)", "Net()(torch.zeros(2, 3, 20))"), 98, (2,)),
    "einops": (net("self.c = nn.Conv2d(3, 8, 3)", "return rearrange(self.c(x), 'b c h w -> b (h w) c')", IMAGE), 224, (900, 8)),
    "a batch of a fixed size": (net("self.c = nn.Conv2d(3, 8, 3)\nself.o = nn.Linear(7200, 2)", "return self.o(self.c(x).view(64, -1))", IMAGE), 224 + 14_402, (2,)),
    "printing on the way": (net("self.a = nn.Linear(3, 8)", "print(x.shape)\nx = self.a(x)\nprint('after', x.size())\nassert x.shape[1] == 8\nreturn x"), 32, (8,)),
    "only while training": (net("self.a = nn.Linear(4, 5)", "x = self.a(x)\nif self.training:\n    x = self.b(x)\nreturn x"), 25, (5,)),
    "a mask that need not be": (net("self.a = nn.Linear(4, 5)", "x = self.a(x)\nif mask is not None:\n    x = x.masked_fill(mask == 0, 0)\nreturn x", arguments="x, mask=None"), 25, (5,)),
    "a dictionary comes out": (net("self.a = nn.Linear(3, 8)\nself.o = nn.Linear(8, 2)", "h = self.a(x)\nreturn {'h': h, 'y': self.o(h)}"), 50, (2,)),
    "two inputs": (net("self.a = nn.Linear(3, 8)\nself.b = nn.Linear(5, 8)", "return self.a(x) + self.b(y)", arguments="x, y"), 80, (8,)),
    "checkpointed": (net("self.a = nn.Linear(3, 8)", "return torch.utils.checkpoint.checkpoint(self.a, x)"), 32, (8,)),
    # learned tensors
    "learned positions": (
        net("self.emb = nn.Embedding(100, 16)\nself.pos = nn.Parameter(torch.randn(1, 50, 16))\nself.fc = nn.Linear(16, 2)", "n = x.size(1)\nx = self.emb(x) + self.pos[:, :n]\nreturn self.fc(x.mean(dim=1))"),
        1600 + 800 + 34,
        (2,),
    ),
    "a scale for each feature": (net("self.fc = nn.Linear(4, 4)\nself.g = nn.Parameter(torch.ones(4))", "return x + self.g * self.fc(x)"), 24, (4,)),
    "weights by hand": (net("self.w = nn.Parameter(torch.randn(4, 7))\nself.b = nn.Parameter(torch.zeros(7))", "return x @ self.w + self.b"), 35, (7,)),
    "F.linear": (net("self.w = nn.Parameter(torch.randn(7, 4))\nself.b = nn.Parameter(torch.zeros(7))", "return F.linear(x, self.w, self.b)"), 35, (7,)),
    # sequences
    "time first": (net("self.g = nn.GRU(5, 6)\nself.o = nn.Linear(6, 2)", "o, h = self.g(x)\nreturn self.o(o[-1])", "Net()(torch.randn(9, 2, 5))"), 3 * 6 * (5 + 6 + 2) + 14, (2,)),
    "the last state": (net("self.g = nn.GRU(5, 6, batch_first=True)\nself.o = nn.Linear(6, 2)", "_, h = self.g(x)\nreturn self.o(h.squeeze(0))", STEPS), 3 * 6 * (5 + 6 + 2) + 14, (2,)),
    "states made of zeros": (
        net(
            "self.g = nn.LSTM(5, 6, 2, batch_first=True)\nself.o = nn.Linear(6, 2)",
            "h0 = torch.zeros(2, x.size(0), 6)\nc0 = torch.zeros(2, x.size(0), 6).to(x.device)\nout, (hn, cn) = self.g(x, (h0, c0))\nreturn self.o(out[:, -1, :])",
            STEPS,
        ),
        4 * 6 * (5 + 6 + 2) + 4 * 6 * (6 + 6 + 2) + 14,
        (2,),
    ),
    "cells": (
        net(
            "self.c = nn.LSTMCell(5, 6)\nself.o = nn.Linear(6, 2)",
            "h = torch.zeros(2, 6)\nc = torch.zeros(2, 6)\nfor t in range(3):\n    h, c = self.c(x[:, t], (h, c))\nreturn self.o(h)",
            STEPS,
        ),
        4 * 6 * (5 + 6 + 2) + 14,
        (2,),
    ),
    "attention": (net("self.a = nn.MultiheadAttention(16, 4, batch_first=True)", "o, w = self.a(x, x, x)\nreturn o", SEQUENCE), 4 * 272, (9, 16)),
    "heads by hand": (
        net(
            "self.q = nn.Linear(16, 48)\nself.o = nn.Linear(16, 16)",
            "B, T, C = x.shape\nq, k, v = (t.view(B, T, 4, 4).transpose(1, 2) for t in self.q(x).split(16, dim=2))\n"
            "y = F.scaled_dot_product_attention(q, k, v, is_causal=True)\nreturn self.o(y.transpose(1, 2).contiguous().view(B, T, C))",
            SEQUENCE,
        ),
        816 + 272,
        (9, 16),
    ),
    "nn.Transformer": (net("self.t = nn.Transformer(16, 2, 1, 1, 32)", "return self.t(src, tgt)", arguments="src, tgt"), 5632, None),
    # what counts once
    "a module twice": (net("self.a = nn.Linear(4, 4)", "return self.a(F.relu(self.a(x)))"), 20, (4,)),
    "weights of another": (net("self.a = nn.Linear(4, 4)\nself.b = nn.Linear(4, 4)\nself.b.weight = self.a.weight", "return self.b(self.a(x))"), 24, (4,)),
    "an embedding read back": (
        net("self.e = nn.Embedding(100, 16)\nself.r = nn.GRU(16, 16, batch_first=True)", "o, _ = self.r(self.e(x))\nreturn F.linear(o, self.e.weight)"),
        1600 + 3 * 16 * (16 + 16 + 2),
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_it_is_understood(case: str) -> None:
    code, params, output = CASES[case]
    network = read_torch(code, "net.py").network
    assert params_total(network.rows) == params
    assert output is None or network.output == output


FROZEN = {
    "a loop over parameters": "for p in model.a.parameters(): p.requires_grad = False",
    "by name": "for name, p in model.named_parameters():\n    if name.startswith('a.'):\n        p.requires_grad = False",
    "requires_grad_": "model.a.requires_grad_(False)",
    "one by one": "model.a.weight.requires_grad = False\nmodel.a.bias.requires_grad = False",
    "all but the last": "for p in model.parameters(): p.requires_grad = False\nfor p in model.b.parameters(): p.requires_grad = True",
    "a new head": "for p in model.parameters(): p.requires_grad = False\nmodel.b = nn.Linear(model.b.in_features, 4)",
    "by kind": "for m in model.modules():\n    if isinstance(m, nn.Conv1d):\n        for p in m.parameters(): p.requires_grad_(False)",
}


@pytest.mark.parametrize("how", FROZEN)
def test_what_is_frozen_is_not_trained(how: str) -> None:
    code = net(
        "self.a = nn.Conv1d(4, 4, 1)\nself.b = nn.Linear(4, 4)",
        "return self.b(self.a(x).mean(2))",
        "model = Net()\n" + FROZEN[how],
    )
    network = read_torch(code, "net.py").network
    assert (trainable_total(network.rows), params_total(network.rows)) == (20, 40)
    assert [node.name for node in network.nodes if node.frozen] == ["a"]


REMARKS = {
    "unused": (net("self.a = nn.Linear(4, 4)\nself.b = nn.Linear(10, 7)", "return self.a(x)"), 97, "b is made but never called: its 77 parameters count"),
    "a plain list": (net("self.l = [nn.Linear(4, 4) for _ in range(3)]\nself.o = nn.Linear(4, 1)", "for l in self.l:\n    x = l(x)\nreturn self.o(x)"), 65, "l is a plain list"),
    "no forward": (HEAD + "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(3, 4)\n        self.b = nn.Linear(4, 5)", 41, "no forward"),
    "bare layers": ("conv = nn.Conv2d(3, 8, 3)\nfc = nn.Linear(100, 5)", 729, "one after the other"),
    "two networks": (HEAD + "a = nn.Sequential(nn.Linear(3, 4))\nb = nn.Sequential(nn.Linear(5, 6))", 36, "makes last; it also makes nn.Sequential on line 5"),
    "two classes": (
        net("self.a = nn.Linear(4, 4)", "return self.a(x)") + "\nclass Other(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.b = nn.Linear(2, 3)\n    def forward(self, x): return self.b(x)",
        9,
        "The network is Other, the last class.",
    ),
    "half frozen": (net("self.a = nn.Linear(4, 4)", "return self.a(x)", "m = Net()\nm.a.bias.requires_grad = False"), 20, "Only a part of a is frozen"),
    "the input that fits": (net("self.c = nn.Conv2d(1, 8, 3)\nself.fc = nn.Linear(8 * 26 * 26, 10)", "return self.fc(self.c(x).flatten(1))"), 54_170, "--input 28x28x1"),
}  # fmt: skip


@pytest.mark.parametrize("what", REMARKS)
def test_what_had_to_be_decided_is_said(what: str) -> None:
    code, params, words = REMARKS[what]
    reading = read_torch(code, "net.py")
    assert params_total(reading.network.rows) == params
    assert any(words in remark for remark in reading.remarks), reading.remarks


def test_unused_modules_cost_nothing() -> None:
    code, _, _ = REMARKS["unused"]
    assert macs_total(read_torch(code, "net.py").network.rows) == 16


def test_a_module_that_is_called_twice_costs_twice() -> None:
    network = read_torch(CASES["a module twice"][0], "net.py").network
    assert [(node.name, node.tied_to) for node in network.nodes] == [("a", None), ("relu", None), ("a_1", "a")]
    assert macs_total(network.rows) == 32


INPUTS = {
    "a call": (f"{HEAD}m = nn.Sequential(nn.Conv2d(3, 8, 3))\ny = m(torch.randn(16, 3, 20, 30))", (20, 30, 3)),
    "a tensor by name": (
        f"{HEAD}m = nn.Sequential(nn.Conv2d(3, 8, 3))\nx = torch.zeros((1, 3, 20, 30)).to('cpu')\nm(x)",
        (20, 30, 3),
    ),
    "torchsummary": (f"{HEAD}m = nn.Sequential(nn.Conv2d(3, 8, 3))\nsummary(m, (3, 20, 30))", (20, 30, 3)),
    "torchinfo": (f"{HEAD}m = nn.Sequential(nn.Conv2d(3, 8, 3))\nsummary(m, input_size=(16, 3, 20, 30))", (20, 30, 3)),
    "one example": (f"{HEAD}m = nn.Sequential(nn.Conv2d(3, 8, 3))\nm(torch.rand(3, 20, 30))", (20, 30, 3)),
    "a comment of quizgen's": (
        f"{HEAD}# input: (batch, 3, 20, 30), channels first\nm = nn.Sequential(nn.Conv2d(3, 8, 3))",
        (20, 30, 3),
    ),
    "features": (f"{HEAD}m = nn.Sequential(nn.Linear(7, 3))\nm(torch.ones(5, 7))", (7,)),
    "tokens": (f"{HEAD}m = nn.Sequential(nn.Embedding(50, 8))\nm(torch.randint(0, 50, (4, 12)))", (12,)),
}


@pytest.mark.parametrize("how", INPUTS)
def test_the_code_says_what_comes_in(how: str) -> None:
    code, shape = INPUTS[how]
    assert read_torch(code, "net.py").network.inputs == (shape,)


@pytest.mark.parametrize("typed", [(20, 30, 3), (3, 20, 30)])
def test_the_user_may_give_the_channels_first(typed: tuple[int, ...]) -> None:
    code = f"{HEAD}m = nn.Sequential(nn.Conv2d(3, 8, 3))"
    assert read_torch(code, "net.py", input_shape=Shape(typed)).network.inputs == ((20, 30, 3),)


def test_axes_are_told_in_pytorchs_order() -> None:
    code = net(
        "self.c = nn.Conv2d(3, 8, 3)\nself.fc = nn.Linear(8, 4)",
        "x = self.c(x).permute(0, 2, 3, 1)\nreturn self.fc(x).flatten(1)",
        IMAGE,
    )
    reading = read_torch(code, "net.py")
    assert reading.channels_first == {"c"}
    assert reading.types == {"c": "Conv2d", "fc": "Linear", "flatten": "flatten"}


ASSUMED = net("self.fc = nn.Linear(4, 10)\nself.crf = CRF(10)", "return self.crf(self.fc(x))")


@pytest.mark.parametrize("name", ["CRF", "crf"])
def test_an_unknown_module_is_assumed(name: str) -> None:
    reading = read_torch(ASSUMED, "net.py", assume={name: 120})
    assert params_total(reading.network.rows) == 50 + 120
    assert reading.assumed == {"crf": 120}


@pytest.mark.parametrize(
    ("code", "torch"),
    [
        ("import torch", True),
        ("from torch import nn", True),
        ("class Net(nn.Module): pass", True),
        ("model = Sequential(Linear(3, 4))", True),
        ("import pytorch_lightning as pl", True),
        ("from keras.layers import Dense", False),
        ("import tensorflow as tf", False),
        ("model.add(Dense(3))", False),
        ("model.add(Conv2D(3, 3))", False),
    ],
)  # fmt: skip
def test_torch_is_told_from_others(code: str, torch: bool) -> None:
    assert looks_like_torch(parsed(code, "x")) is torch
