"""What is said where PyTorch code can't be read: the line, the construct, what is wrong, what would be right."""

from contextlib import suppress
from pathlib import Path

import pytest

from quizgen.readers.reading import ReadError
from quizgen.readers.torch import read_torch
from tests.readers.torch_code import HEAD, net

DIGITS, IMAGE = "Net()(torch.randn(4, 1, 28, 28))", "Net()(torch.randn(4, 3, 32, 32))"

ERRORS = [
    # settings that make no sense
    ("nn.Sequential(nn.Linear(10**400, 10))", 5, "10 ** 400", "too large"),
    ("nn.Sequential(nn.Linear(10, 10**15))", 5, "out_features", "larger than any layer"),
    ("nn.Sequential(nn.Conv2d(3, -8, 3))", 5, "out_channels = -8", "at least 1"),
    ("nn.Sequential(nn.Conv2d(3, 8, 0))", 5, "kernel_size = 0", "at least 1"),
    ("nn.Sequential(nn.Linear(10, 2.5))", 5, "out_features = 2.5", "no whole number"),
    ("nn.Sequential(nn.Linear(float('inf'), 2))", 5, "nn.Linear", "no whole number"),
    ("nn.Sequential(nn.Linear(10))", 5, "nn.Linear(10)", "missing a required argument: 'out_features'"),
    ("nn.Sequential(nn.Conv2d(3, 8, 3, strides=2))", 5, "strides=2", "unexpected keyword argument 'strides'"),
    ("nn.Sequential(nn.Conv2d(3, 8, 3, groups=2))", 5, "groups=2", "do not divide into 2 groups"),
    ("nn.Sequential(nn.Conv2d(3, 8, (3, 3, 3)))", 5, "kernel_size = (3, 3, 3)", "2 axes"),
    ("nn.Sequential(nn.Conv2d(3, 8, 3, stride=2, padding='same'))", 5, "padding='same'", "with a stride"),
    ("nn.Sequential(nn.Conv2d(3, 8, 3, padding='full'))", 5, "“full”", "valid, same"),
    ("nn.Sequential(nn.Conv2d(3, 8, 3, padding=-1))", 5, "padding = -1", "0 or more"),
    ("nn.Sequential(nn.MaxPool2d(2, padding=2))", 5, "nn.MaxPool2d(2, padding=2)", "more than half"),
    ("nn.Sequential(nn.Dropout(3))", 5, "rate = 3", "between 0 and 1"),
    ("nn.Sequential(nn.MultiheadAttention(30, 4))", 5, "30", "does not divide into 4 heads"),
    ("nn.Sequential(nn.LSTM(3, 4, 10**9))", 5, "num_layers", "most"),
    ("nn.Sequential([nn.Linear(3, 4), nn.ReLU()])", 5, "nn.Sequential([", "Put a * before the list"),
    ("nn.Sequential(nn.Linear(3, 4), F.relu)", 5, "torch.nn.functional.relu", "no module"),
    # sizes that do not meet
    ("nn.Sequential(nn.Conv2d(3, 8, 3), nn.Conv2d(16, 8, 3))", 5, "nn.Conv2d(16, 8, 3)", "declares 16 channels, but 8 reach it: layer 0 puts out 8 × ? × ?"),
    ("nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(64, 10))", 5, "layer 2", "mat1 and mat2 shapes cannot be multiplied (1x128 and 64x10)"),
    ("m = nn.Sequential(nn.Conv2d(1, 8, 3), nn.Linear(100, 10))\nm(torch.randn(1, 1, 28, 28))", 5, "nn.Linear(100, 10)", "Put nn.Flatten() before it, or x.flatten(1); then 5,408 features"),
    ("nn.Sequential(nn.Conv2d(3, 8, 3), nn.Linear(100, 10))", 5, "nn.Linear(100, 10)", "Put nn.Flatten() before it"),
    ("m = nn.Sequential(nn.Conv2d(1, 8, 5), nn.MaxPool2d(2), nn.Conv2d(8, 8, 5))\nm(torch.randn(1, 1, 8, 8))", 5, "layer 2", "does not fit on an axis of 2"),
    ("nn.Sequential(nn.LSTM(4, 5), nn.Linear(5, 2))", 5, "nn.Linear(5, 2)", "it reads a tuple"),
    (
        net("self.conv = nn.Conv2d(1, 32, 3)\nself.fc = nn.Linear(1050, 10)", "x = F.max_pool2d(self.conv(x), 2)\nreturn self.fc(x.flatten(1))", DIGITS),
        9,
        "fc",
        "declares 1,050 features, but 5,408 reach it: max_pool2d puts out 32 × 13 × 13, which flatten makes 5,408. PyTorch says “mat1 and mat2 shapes cannot be multiplied (1x5408 and 1050x10)”. Write 5408 where it says 1050.",
    ),
    (
        net("self.conv = nn.Conv2d(1, 6, 5)\nself.fc = nn.Linear(6 * 14 * 14, 10)", "x = F.max_pool2d(self.conv(x), 2)\nreturn self.fc(x.flatten(1))", DIGITS),
        9,
        "fc",
        "Write 864 where it says 1176, or use images of 32 × 32.",
    ),
    (net("self.c = nn.Conv2d(3, 16, 3)\nself.fc = nn.Linear(400, 10)", "return self.fc(self.c(x).view(-1, 400))", IMAGE), 12, ".view(-1, 400)", "it wants 400 numbers for each example, but there are 14,400: c puts out 16 × 30 × 30"),
    (net("self.a = nn.Conv2d(3, 16, 3)\nself.b = nn.Conv2d(3, 16, 1)", "return self.a(x) + self.b(x)", IMAGE), 12, "self.a(x) + self.b(x)", "30 × 30 × 16 and 32 × 32 × 16"),
    (net("self.a = nn.Conv2d(3, 16, 3)\nself.b = nn.Conv2d(3, 16, 1)", "return torch.cat([self.a(x), self.b(x)], 1)", IMAGE), 12, "torch.cat", "differ in their channels only"),
    (net("self.c = nn.Conv2d(3, 8, 3)\nself.bn = nn.BatchNorm1d(8)", "return self.bn(self.c(x))", IMAGE), 9, "bn", "tensors of 2 or 3 axes with the batch, but gets 4: c puts out 8 × 30 × 30"),
    (net("self.c = nn.Conv2d(3, 8, 3)\nself.bn = nn.BatchNorm2d(16)", "return self.bn(self.c(x))", IMAGE), 9, "nn.BatchNorm2d(16)", "declares 16 channels, but 8 reach it"),
    (net("self.e = nn.Embedding(50, 8)\nself.l = nn.LSTM(16, 4, batch_first=True)", "return self.l(self.e(x))[0]"), 9, "nn.LSTM(16, 4", "declares 16 features, but 8 reach it"),
    # what is not known
    ("nn.Sequential(nn.Linear(10, n_classes))", 5, "n_classes", "n_classes = 10"),
    (net("self.fc = nn.Linear(4, 10)\nself.crf = CRF(10)", "return self.crf(self.fc(x))"), 9, "crf, `CRF(10)`", "--assume CRF=PARAMS"),
    (net("self.u = nn.FancyPool2d(2)", "return self.u(x)"), 8, "nn.FancyPool2d(2)", "Understood are the modules of torch.nn"),
    (net("self.fc = nn.Linear(4, 10)", "return my_op(self.fc(x))"), 11, "my_op(self.fc(x))", "--assume my_op=PARAMS"),
    (net("self.fc = nn.Linear(4, 10)", "return self.fc(x).frobnicate(2)"), 11, "frobnicate", "is not understood"),
    (net("self.fc = nn.Linear(4, 4)", "return self.fc2(x)"), 11, "self.fc2", "Net has no attribute “fc2”. Did you mean “fc”?"),
    (net("self.fc = nn.Linear(4, 10)", "x = self.fc(x)\nif x.sum() > 0:\n    x = F.relu(x)\nreturn x"), 12, "x.sum() > 0", "only"),
    (net("self.fc = nn.Linear(4, 4)", "for i in range(random.randint(1, 4)):\n    x = self.fc(x)\nreturn x"), 11, "random.randint(1, 4)", "only running the code would tell"),
    (net("self.fc = nn.Linear(4, 4)", "while True:\n    x = self.fc(x)\nreturn x"), 8, "fc", "too many"),
    (net("self.fc = nn.Linear(4, 4)", "return self.forward(self.fc(x))"), 11, "self.fc(x)", "too deeply"),
    (net("self.fc = nn.Linear(4, 4)\nself.me = self", "return self.me(x)"), 12, "self.me(x)", "too deeply"),
    ("m = nn.Sequential(nn.Linear(3, 3))\nm.add_module('again', m)", 5, "nn.Sequential", "too deeply"),
    # no network
    ("class Net(nn.Module):\n    def __init__(self, n):\n        super().__init__()\n        self.a = nn.Linear(3, n)\n    def forward(self, x): return self.a(x)", 5, "“n” of Net", "model = Net(n=...)"),
    (net("self.a = nn.Linear(3, 4)", "self.a(x)"), 5, "Net", "Return what the last layer gives"),
    ("from torchvision import models\nmodel = models.resnet18(pretrained=True)\nmodel.fc = nn.Linear(512, 2)", 6, "models.resnet18", "not in this code"),
    ("x = torch.zeros(3)", None, "there is no PyTorch network in it", "nn.Sequential"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "line", "where", "words"), ERRORS, ids=[words[:40] for *_, words in ERRORS])
def test_an_error_is_an_experts(code: str, line: int | None, where: str, words: str) -> None:
    text = code if code.startswith("import torch") else HEAD + code
    with pytest.raises(ReadError) as caught:
        read_torch(text, "net.py")
    said = str(caught.value)
    assert said.startswith("net.py:" if line is None else f"net.py:{line}: ")
    assert where in said
    assert words in said


TRACES = [
    "open({trace!r}, 'w').write('x')",
    "import pathlib; pathlib.Path({trace!r}).touch()",
    "__import__('pathlib').Path({trace!r}).touch()",
    "class Net(nn.Module):\n    open({trace!r}, 'w')\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(3, 4)\n        open({trace!r}, 'w')\n    def forward(self, x):\n        open({trace!r}, 'w')\n        return self.a(x)",
    "torch.save(nn.Linear(3, 4), {trace!r})",
    "nn.Sequential(nn.Linear(3, eval('open({trace!r}, chr(119)) and 4')))",
    "n = [open({trace!r}, 'w') for _ in range(3)]",
    "f = lambda: open({trace!r}, 'w')\nf()",
    "x = f'{{open({trace!r}, chr(119))}}'",
    "getattr(__builtins__, 'open')({trace!r}, 'w')",
    "@(lambda f: open({trace!r}, 'w'))\ndef g(): pass",
    "torch.load({trace!r})",
]


@pytest.mark.parametrize("line", TRACES)
def test_nothing_is_run(line: str, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    code = f"{HEAD}{line.format(trace=str(trace))}\nmodel = nn.Sequential(nn.Linear(3, 4))\n"
    with suppress(ReadError):
        read_torch(code, "net.py")
    assert not trace.exists()
