"""Pasted Python: what it's turned into, which values are worked out, and which are not."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.readers.python import Builtin, Call, Instance, Interpreter, Outside, Spot, Unreadable, parsed
from quizgen.readers.reading import ReadError
from tests.readers.limited import outcomes


class Nothing:
    """A host that knows no framework."""

    def constant(self, path: str, spot: Spot) -> Any:
        return Outside(path)

    def call(self, path: str, call: Call) -> Any:
        return Unreadable(call.spot)

    def instance(self, instance: Instance) -> None:
        pass

    def called(self, instance: Instance, call: Call) -> Any:
        return Unreadable(call.spot)

    def inherited(self, instance: Instance, name: str, spot: Spot) -> Any:
        return Builtin(name, lambda call: None)


def names(text: str) -> dict[str, Any]:
    return Interpreter("net.py", Nothing()).run(parsed(text, "net.py")).names


def value(text: str) -> Any:
    """The value of `x` at the end of a text."""
    run = Interpreter("net.py", Nothing())
    run.run(parsed(text, "net.py"))
    return run.value(ast.copy_location(ast.Name("x", ast.Load()), ast.Pass(lineno=1)))


PASTED: dict[str, str] = {
    "prompts": ">>> x = [1,\n...      2]\n>>> x\n[1, 2]\n>>> y = 3",
    "notebook prompts": "In [1]: x = 1\n   ...: y = 3\nOut[1]: 3\n\nIn [2]: z = x",
    "prompts of their own": "In [1]:\nx = 1\ny = 3",
    "magic": "%matplotlib inline\n!pip install keras\nx = 1\nif x:\n    %time\ny = 3\nx?",
    "Python 2": "x = 1\nif x:\n    print 'x is', x\ny = 3",
    "a fence": "My code:\n\n```python\nx = 1\ny = 3\n```\nWhat's wrong (with it?",
    "an open fence": "```\nx = 1\ny = 3",
    "indentation": "    x = 1\n    if x:\n        z = 2\n    y = 3",
    "indentation from the second line on": "x = 1\n    if x:\n        z = 2\n    y = 3",
    "tabs": "if True:\n\tx = 1\n        y = 3",
    "typographer's quotes": "x = ‘a’\nz = “b”\ny = 3",
    "full-width characters": "x = （1， 2）\nz：int = 2\ny ＝ 3",
    "non-breaking spaces": "x\u00a0= 1\n\u200by = 3\ufeff",
    "a sentence before": "I have this piece of code, don't ask:\n\nx = 1\ny = 3",
    "a sentence behind": "x = 1\ny = 3\n\nIt prints the following and I don't know why.",
    "a sentence between": "x = 1\nand then I do this:\ny = 3",
    "a summary": "y = 3\nModel: \"sequential\"\n____________\n Layer (type)   Output Shape    Param #\n============\n"
    " dense (Dense)  (None, 10)      7850\n============\nTotal params: 7,850\nTrainable params: 7,850",
    "a summary in boxes": "y = 3\n┏━━━━━━━━━━━┳━━━━━━━━━┓\n┃ Layer     ┃ Param # ┃\n┡━━━━━━━━━━━╇━━━━━━━━━┩\n│ dense (D) │   7,850 │\n└───────────┴─────────┘",
    "a traceback": "y = 3\nTraceback (most recent call last):\n  File \"a.py\", line 3, in <module>\n    model.add(x)\n"
    "ValueError: Input 0 is incompatible",
    "progress": "y = 3\nEpoch 1/3\n60000/60000 [=====>....] - 3s 50us/step - loss: 0.3\n",
    "carriage returns": "x = 1\r\ny = 3\r\n",
}  # fmt: skip


@pytest.mark.parametrize("name", PASTED)
def test_pasted_text_becomes_code_on_the_lines_on_which_it_stands(name: str) -> None:
    text = PASTED[name]
    found = next(
        node for node in ast.walk(parsed(text, name)) if isinstance(node, ast.stmt) and ast.unparse(node) == "y = 3"
    )
    line = text.splitlines()[found.lineno - 1]
    assert line.strip("\ufeff\u200b .:>In[12]").replace("＝", "=") == "y = 3"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x = 1\ny = = 3", 2),
        ("x = [1,\n     2\ny = 3", 1),
        ("layers = [\n  32, 3 3,\n]", 2),
        ("x = 1\n\0", 2),
        ("def f(:\n  pass", 1),
        ("x = " + "9" * 5_000, 1),
        ("x = 1\ny = " + "-" * 50_000 + "1", 2),
        ("x = 1\ny = " + "1+" * 20_000 + "1", 2),
        ("x = 1\ny = " + "(" * 50_000, 2),
    ],
)
def test_what_is_no_code_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(ReadError) as caught:
        parsed(text, "net.py")
    assert caught.value.place is not None
    assert caught.value.place.line == line
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("text", ["", " \n\t\n", "x\n" * 70_000, "# " + "x" * 1_000_001])
def test_nothing_and_too_much_are_refused(text: str) -> None:
    with pytest.raises(ReadError):
        parsed(text, "net.py")


VALUES: dict[str, tuple[str, Any]] = {
    "arithmetic": ("n = 3\nx = -n ** 2 + 7 // 2 * (10 % 4) - 1", -4),
    "division": ("x = 7 / 2", 3.5),
    "a shift": ("x = 1 << 5", 32),
    "texts": ("x = 'conv' + '_%02d' % 3 + f'_{4:03d}' + '_{}_{name}'.format(5, name='y')", "conv_03_004_5_y"),
    "lists": ("x = [1] * 2 + [2, *(3, 4)]", [1, 1, 2, 3, 4]),
    "dicts": ("d = {'a': 1, **{'b': 2}}\nd['c'] = 3\nx = [k + str(v) for k, v in d.items()]", ["a1", "b2", "c3"]),
    "comprehensions": ("x = [i * j for i in range(4) if i % 2 for j in (1, 10)]", [1, 10, 3, 30]),
    "subscripts": ("a = [1, 2, (3, 4)]\nx = a[-1][0] + a[0:2][1]", 5),
    "built-ins": ("x = len([1, 2]) + max(3, 4) + min((5, 6)) + sum([7]) + abs(-8) + int(9.9) + round(0.6)", 36),
    "zip and enumerate": ("x = [a * b + i for i, (a, b) in enumerate(zip([1, 2], [3, 4]))]", [3, 9]),
    "NumPy's product": ("import numpy as np\nx = int(np.prod((2, 3, 4)))", 24),
    "math": ("from math import ceil\nimport math\nx = ceil(2.1) + math.floor(2.9)", 5),
    "comparisons": ("x = 1 < 2 <= 2 != 3 and 2 in (1, 2) and not None is 1", True),
    "a choice": ("x = 'a' if len('') else 'b'", "b"),
    "or": ("x = None or 0 or 5", 5),
    "unpacking": ("a, *b = 1, 2, 3\n(c, d), e = b, 4\nx = [a, b, c, d, e]", [1, [2, 3], 2, 3, 4]),
    "augmented": ("x = [1]\nx += [2]\nx *= 2", [1, 2, 1, 2]),
    "loops": ("x = 0\nfor i in range(10):\n  if i == 2: continue\n  if i == 5: break\n  x += i", 8),
    "while": ("x = 100\nwhile x > 7:\n  x //= 2", 6),
    "functions": ("def f(a, *b, c=2, **d):\n  return [a, b, c, d]\nx = f(1, 3, e=4)", [1, (3,), 2, {"e": 4}]),
    "closures": ("def f(n):\n  def g(m):\n    return n + m\n  return g\nx = f(1)(2)", 3),
    "early returns": ("def f(n):\n  for i in range(9):\n    if i == n: return i * 10\nx = f(4)", 40),
    "recursion": ("def f(n): return n * f(n - 1) if n else 1\nx = f(5)", 120),
    "classes": (
        "class A:\n  k = 2\n  def __init__(self, n): self.n = n\n  @property\n  def twice(self): return self.n * self.k\n"
        "class B(A):\n  def __init__(self): super().__init__(4)\nx = B().twice",
        8,
    ),
    "static and class methods": (
        "class A:\n  @staticmethod\n  def f(n): return n\n  @classmethod\n  def g(cls): return cls.f(3)\nx = A.g()",
        3,
    ),
    "a dataclass": ("@dataclass\nclass C:\n  n: int = 3\n  m: int = 4\nc = C(5)\nx = c.n * c.m", 20),
    "try": ("try:\n  x = 1\nexcept ImportError:\n  x = 2", 1),
    "with": ("with open('f') as f:\n  x = 1", 1),
    "main": ("if __name__ == '__main__':\n  x = 1", 1),
    "an undecided branch elsewhere": ("x = 1\nif unknown():\n  y = 2", 1),
    "an assertion": ("assert unknown()\nx = 1", 1),
    "a complaint": ("if unknown():\n  raise ValueError\nx = 1", 1),
}


@pytest.mark.parametrize("name", VALUES)
def test_constants_are_worked_out(name: str) -> None:
    text, expected = VALUES[name]
    assert value(text) == expected


REFUSED: dict[str, tuple[str, int, str]] = {
    "a name without a value": ("x = n", 1, "what “n” is"),
    "arithmetic on it": ("x = 2 * n", 1, "what “n” is"),
    "a call": ("n = 1\nx = read() + n", 2, "read()"),
    "what depends on one": ("n = read()\nm = n + 1\nx = [m]", 1, "read()"),
    "a power": ("x = 10 ** 400", 1, "too large"),
    "a tower": ("x = 9 ** 9 ** 9", 1, "too large"),
    "a shift": ("x = 1 << 10 ** 9", 1, "too large"),
    "a literal": ("x = " + "9" * 200, 1, "too large"),
    "a long text": ("x = 'a' * 10 ** 9", 1, "too long"),
    "a long list": ("x = [0] * 10 ** 9", 1, "too long"),
    "a long range": ("x = list(range(10 ** 9))", 1, "too long"),
    "a wide field": ("x = '%999999999d' % 1", 1, "too long"),
    "a wide format": ("x = f'{1:999999999}'", 1, "too long"),
    "an attribute in a format": ("x = '{0.__class__}'.format(1)", 1, "plain fields"),
    "division by zero": ("x = 1 // 0", 1, "zero"),
    "an element that is not there": ("x = [1][3]", 1, "no such element"),
    "a branch": ("x = 1\nif read():\n  x = 2", 2, "read()"),
    "a loop": ("x = 1\nfor i in read():\n  x = i", 2, "read()"),
    "a loop that may end early": ("x = 1\nfor i in range(3):\n  if read(): break\n  x = 2", 3, "read()"),
    "a function that may return": ("def f():\n  if read(): return 1\n  return 2\nx = f()", 2, "read()"),
    "a list that may grow": ("x = [1]\nif read():\n  x.append(2)", 2, "read()"),
    "a generator": ("def f():\n  yield 1\nx = [i for i in f()]", 3, "f()"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_only_running_would_tell_is_refused_where_it_comes_from(name: str) -> None:
    text, line, said = REFUSED[name]
    with pytest.raises(ReadError) as caught:
        value(text)
    assert said in str(caught.value)
    if "depends" in name or "may" in name or name in ("a branch", "a loop"):
        assert caught.value.place is not None
        assert caught.value.place.line == line


@pytest.mark.parametrize(
    "text",
    [
        "x = 0\nwhile True:\n  x += 1",
        "def f(): return f()\nf()",
        "for a in range(999):\n  for b in range(999):\n    x = [a, b]",
        "x = a" + ".b" * 900,
        "def f():\n  raise ValueError\nf()",
        "def f(a): pass\nf()",
        "def f(a): pass\nf(1, b=2)",
        "a, b = 1, 2, 3",
    ],
)
def test_code_that_never_ends_or_never_works_is_refused(text: str) -> None:
    with pytest.raises(ReadError):
        names(text)


def test_values_that_hold_each_other_many_times_over_are_refused_soon() -> None:
    doubled = "\n".join(["x = (x, x)"] * 60)
    keras = "from keras import Sequential, layers\nx = (1,)\n"
    sources = {
        "printed": f"{keras}{doubled}\nSequential([layers.Dense(x)])",
        "compared": f"{keras}{doubled}\ny = x\n{doubled}\nSequential([layers.Dense(5 if x == y else 4), layers.Dense(x)])",
        "looked up": f"{keras}{doubled}\nd = {{x: 1}}\nSequential([layers.Dense(d[x])])",
        "formatted": f"{keras}{doubled}\nSequential([layers.Dense(len('%s' % [x]))])",
    }
    assert {name: outcome.what for name, outcome in outcomes(sources).items()} == dict.fromkeys(sources, "refused")


NUMBERS = st.integers(-50, 50)
EXPRESSIONS = st.recursive(
    NUMBERS.map(str),
    lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "*", "//", "%"]), inner),
    max_leaves=8,
)


@given(EXPRESSIONS)
def test_arithmetic_is_pythons(text: str) -> None:
    try:
        expected = ast.literal_eval(str(eval(text)))
    except ZeroDivisionError:
        with pytest.raises(ReadError):
            value(f"x = {text}")
    else:
        assert value(f"x = {text}") == expected
