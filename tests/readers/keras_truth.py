"""What Keras itself says of the pasted networks: `python -m tests.readers.keras_truth` records it.

Beside each pasted text, in spellings that Keras 3 mostly can't run, stands the same network as a short program that it
can; Keras runs that one, and the reader has to find the same in both.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "pasted_keras"
RECORDED = Path(__file__).parents[1] / "cases" / "pasted_keras.json"
COMMAND = "python -m tests.readers.keras_truth"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))


class Truth(NamedTuple):
    """Parameters, and the output shape without its batch axis; None is a size that stays open."""

    trainable: int
    non_trainable: int
    output: tuple[int | None, ...]


def pasted(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def program(name: str) -> str:
    return (FOLDER / f"{name}.py").read_text(encoding="utf-8")


def recorded(name: str) -> Truth:
    trainable, non_trainable, output = json.loads(RECORDED.read_text(encoding="utf-8"))["networks"][name]
    return Truth(trainable, non_trainable, tuple(output))


def measured(name: str) -> Truth:
    """What Keras builds from the program."""
    from runpy import run_path

    from tests.oracle.frameworks import elements

    model = run_path(str(FOLDER / f"{name}.py"))["model"]
    return Truth(
        elements(model.trainable_weights), elements(model.non_trainable_weights), tuple(model.outputs[-1].shape[1:])
    )


def main() -> None:
    import keras

    lines = (f"    {json.dumps(name)}: {json.dumps(measured(name))}" for name in NAMES)
    head = f'{{\n  "recorded by": "{COMMAND}",\n  "keras": "{keras.__version__}",\n  "networks": {{\n'
    RECORDED.write_text(head + ",\n".join(lines) + "\n  }\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
