"""What can't be drawn is refused in one sentence that says what would be right."""

import pytest

from quizgen.errors import TemplateError
from quizgen.sampling import SETTINGS, sample
from quizgen.sampling.families import FAMILIES
from quizgen.sampling.layers import LAYER_KINDS
from quizgen.stream import Stream


@pytest.mark.parametrize(
    ("about", "message"),
    [
        ({}, "“about” names neither a layer nor a family, or both"),
        ({"layer": "Dense", "family": "mlp"}, "“about” names neither a layer nor a family, or both"),
        ({"layer": "Conv2d"}, "there is no layer “Conv2d”. Did you mean “Conv2D”"),
        ({"layer": ["Conv2D"]}, "there is no layer “['Conv2D']”"),
        ({"family": "cnn"}, "there is no family “cnn”. Did you mean “cnn"),
        ({"layer": "Conv2D", "kernels": 3}, "there is no setting “kernels” here. Did you mean “kernel” or “channels”?"),
        ({"layer": "ZeroPadding2D", "padding": "same"}, "there is no setting “padding” here. Known: "),
        ({"layer": "Dense", "kernel": 3}, "there is no setting “kernel” here"),
        ({"layer": "Conv2D", "kernel": "big"}, "“kernel” can't be “big”. It takes an int from 1 up"),
        ({"layer": "Conv2D", "kernel": 0}, "“kernel” can't be 0. It takes an int from 1 up"),
        ({"layer": "Conv2D", "kernel": True}, "“kernel” can't be true. It takes an int from 1 up"),
        ({"layer": "Conv2D", "kernel": 2.5}, "“kernel” can't be 2.5. It takes an int from 1 up"),
        ({"layer": "Conv2D", "kernel": []}, "“kernel” is an empty list"),
        ({"layer": "Conv2D", "kernel": [[]]}, "“kernel” can't be []"),
        ({"layer": "Conv2D", "kernel": [[3, 3, 3]]}, "“kernel” = [3, 3, 3] does not fit 2 axes. Give 2 numbers."),
        ({"layer": "Conv2D", "bias": 1}, "“bias” can't be 1. It takes true or false"),
        ({"layer": "Conv2D", "bias": {"min": 1}}, "“bias” can't be a range"),
        ({"layer": "Conv2D", "padding": "smae"}, "“padding” can't be “smae”. Did you mean “same”?"),
        ({"layer": "Conv2D", "framework": "jax"}, "“framework” can't be “jax”. Known: keras, torch."),
        ({"layer": "Conv2D", "kernel": {"from": 3}}, "“kernel” has no “from”. Known: max, min."),
        ({"layer": "Conv2D", "kernel": {}}, "“kernel” can't be a range"),
        ({"layer": "Conv2D", "kernel": {"min": 5, "max": 3}}, "“kernel” can't be from 5 to 3. min is at most max."),
        ({"layer": "Conv2D", "kernel": {"min": "3"}}, "“kernel” can't be “3”"),
        ({"layer": "Conv2D", "padding": 1, "framework": "keras"}, "“padding” can't be so in “keras”"),
        ({"layer": "SeparableConv2D", "framework": "torch"}, "there is no such layer in “torch”"),
        ({"layer": "SeparableConv2D", "padding": 1}, "“padding” can't be so in “keras”"),
        (
            {"layer": "Conv2D", "filters": 10, "groups": 4},
            "no Conv2D can be drawn like this: Conv2D: 10 filters do not",
        ),
        ({"layer": "Conv2D", "channels": 5, "groups": 2, "filters": 8}, "5 input channels do not divide into 2 groups"),
        ({"layer": "Conv2D", "size": 4, "kernel": 7, "padding": "valid"}, "no Conv2D can be drawn like this"),
        ({"layer": "EncoderBlock", "features": 10, "heads": 3}, "a width of 10 does not divide into 3 heads"),
        ({"layer": "MultiHeadAttention", "heads": 4, "kv_heads": 3}, "4 query heads cannot share 3 heads"),
        (
            {"family": "recurrent", "features": 8, "vocabulary": 100},
            "“features” plays no part beside the other settings",
        ),
        ({"family": "cnn2d", "head": "none", "classes": 10}, "“classes” plays no part beside the other settings"),
    ],
)
def test_it_is_refused(about: dict[str, object], message: str) -> None:
    for seed in range(5):
        with pytest.raises(TemplateError) as raised:
            sample(about, 12, Stream(seed))
        assert message in str(raised.value)
        assert "\n" not in str(raised.value)


def test_every_setting_is_described_once_and_used() -> None:
    names = [setting.name for setting in SETTINGS]
    used = {name for subject in (*LAYER_KINDS, *FAMILIES) for name in subject.settings}
    assert len(names) == len(set(names))
    assert used == set(names)
    assert all(setting.meaning for setting in SETTINGS)
