"""The error texts of questions about programs that stop are PyTorch's own, for these very programs."""

from __future__ import annotations

import pytest

from quizgen.notation import FHW
from tests.forms.asking import questions, task

pytestmark = pytest.mark.oracle


def test_a_linear_layer_with_the_wrong_features() -> None:
    import torch

    for question in questions("linear-mismatch"):
        names = task(question).names(FHW)
        namespace: dict[str, object] = {}
        exec(names["code"].text, namespace)
        height, width, channels = question.network.input
        with pytest.raises(RuntimeError) as error:
            namespace["model"](torch.zeros(2, channels, height, width))  # type: ignore[operator]
        assert f"RuntimeError: {error.value}" == names["error"].text


def test_an_input_of_another_size() -> None:
    import torch

    from quizgen.prose import Code
    from quizgen.views import show

    for question in questions("other-input"):
        names, program = task(question).names(FHW), show(question.network, "torch")
        assert isinstance(program, Code)
        namespace: dict[str, object] = {}
        exec(program.text, namespace)
        height, width, channels = names["other"]
        with pytest.raises(RuntimeError) as error:
            namespace["model"](torch.zeros(2, channels, height, width))  # type: ignore[operator]
        assert f"RuntimeError: {error.value}" == names["error"].text
