"""What is asked next, and why: a table of situations, each with the claims that it gives rise to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from quizgen.errors import PlanError
from quizgen.outlines import outlines
from quizgen.practice import choosing, schedule
from quizgen.practice.choosing import Claim, Situation, claims, series
from quizgen.practice.records import Card, Grade, Skill, Wishes
from tests.practice.histories import START

DENSE, MLP = Skill("dense", "dense-params", 1), Skill("dense", "mlp-total", 2)
CONV, CONV4 = Skill("conv", "conv2d-params", 3), Skill("conv", "conv2d-params", 4)
POOL = Skill("pooling", "flatten-dense", 6)
SERIES = [DENSE, MLP, CONV, CONV4, POOL]
DAY = timedelta(days=1)


def card(name: str, *grades: Grade, days: float = 0) -> tuple[str, Card]:
    """A card whose last review was so many days ago, those before on the day before each."""
    last = START - days * DAY
    made = schedule.card(name, [(last - (len(grades) - 1 - place) * DAY, how) for place, how in enumerate(grades)])
    assert made is not None
    return name, made


def situation(
    *cards: tuple[str, Card],
    wishes: Wishes = Wishes(),  # noqa: B008
    place: int = 0,
    now: datetime = START,
    met: Mapping[str, Sequence[int]] = {},
    mastered: Sequence[tuple[str, int]] = (),
    **more: Any,
) -> Situation:
    given: dict[str, Any] = {
        "last": None,
        "last_question": None,
        "shown_in": {"forget-bias": [CONV, DENSE]},
        "series": SERIES,
    }
    return Situation(
        wishes=wishes,
        now=now,
        cards=dict(cards),
        asked=[f"x:{number}" for number in range(place)],
        met=met,
        mastered=lambda topic, level: (topic, level) in mastered,
        **{**given, **more},
    )


def first(found: Situation) -> Claim | None:
    return next(claims(found), None)


def told(claim: Claim | None) -> str:
    if claim is None:
        return "nothing"
    return f"{claim.why}: {claim.misconception or ' '.join(f'{one.kind}/{one.level}' for one in claim.skills)}"


SEEN = [card(DENSE.card, "good"), card(MLP.card, "good"), card(CONV.card, "again")]
SHOWN = card("belief:forget-bias", "again")


@pytest.mark.parametrize(
    ("found", "asks"),
    [
        pytest.param(situation(), "new: dense-params/1", id="nothing known: the series begins"),
        pytest.param(situation(card(DENSE.card, "good")), "new: mlp-total/2", id="the next of the series"),
        pytest.param(
            situation(card(DENSE.card, "good"), mastered=[("dense", 2)]),
            "new: conv2d-params/3",
            id="a mastered level waits",
        ),
        pytest.param(
            situation(card(DENSE.card, "good", days=4)),
            "due: dense-params/1",
            id="what is due comes before what is new",
        ),
        pytest.param(
            situation(card(DENSE.card, "good", days=4), card(CONV.card, "good", days=9)),
            "due: conv2d-params/3 dense-params/1",
            id="the most faded first",
        ),
        pytest.param(
            situation(card(DENSE.card, "good", days=4), card(CONV.card, "good", days=9), last=CONV),
            "due: dense-params/1 conv2d-params/3",
            id="interleaved: another kind than the last one",
        ),
        pytest.param(
            situation(*SEEN, place=2), "earlier: dense-params/1 mlp-total/2", id="the third question: an earlier level"
        ),
        pytest.param(situation(*SEEN, place=5), "earlier: dense-params/1 mlp-total/2", id="and the sixth"),
        pytest.param(situation(*SEEN, place=3), "new: conv2d-params/4", id="but not the fourth"),
        pytest.param(situation(card(CONV.card, "good"), place=2), "new: dense-params/1", id="no level lies behind"),
        pytest.param(
            situation(*SEEN, SHOWN, place=4, met={"forget-bias": [0]}), "belief: forget-bias", id="a belief comes back"
        ),
        pytest.param(
            situation(*SEEN, SHOWN, place=4, met={"forget-bias": [2]}), "new: conv2d-params/4", id="but not at once"
        ),
        pytest.param(
            situation(*SEEN, SHOWN, place=7, met={"forget-bias": [0, 4]}),
            "new: conv2d-params/4",
            id="and later each time",
        ),
        pytest.param(
            situation(*SEEN, SHOWN, place=100, met={"forget-bias": list(range(10))}),
            "new: conv2d-params/4",
            id="enough for a day",
        ),
        pytest.param(
            situation(*SEEN, card("belief:forget-bias", "again", days=3), place=1),
            "belief: forget-bias",
            id="due on another day",
        ),
        pytest.param(
            situation(*SEEN, card("belief:forget-bias", "again", "good", "good", "good", days=90), place=1),
            "new: conv2d-params/4",
            id="mended three times",
        ),
        pytest.param(
            situation(*[card(one.card, "good") for one in SERIES], card(CONV.card, "again")),
            "weak: conv2d-params/3 dense-params/1 mlp-total/2 conv2d-params/4 flatten-dense/6",
            id="nothing due, nothing new: the weakest",
        ),
        pytest.param(situation(*SEEN, wishes=Wishes(misses=True)), "nothing", id="no misses"),
        pytest.param(situation(*SEEN, SHOWN, wishes=Wishes(misses=True)), "belief: forget-bias", id="misses"),
        pytest.param(situation(skipped=[DENSE]), "new: mlp-total/2", id="what was skipped does not come back at once"),
        pytest.param(
            situation(card(CONV.card, "good"), wishes=Wishes(levels=range(3, 7)), series=[CONV, CONV4, POOL]),
            "new: flatten-dense/6",
            id="chosen levels: every kind has its turn first",
        ),
    ],
)
def test_what_is_asked(found: Situation, asks: str) -> None:
    assert told(first(found)) == asks


@pytest.mark.parametrize(("wishes", "why"), [(Wishes(), "weak"), (Wishes(topics=("conv",)), "new")])
def test_a_day_has_so_many_new_skills(wishes: Wishes, why: str) -> None:
    many = [Skill("conv", f"kind{number}", 3) for number in range(choosing.DAILY + 1)]
    begun = [card(skill.card, "good") for skill in many[:-1]]
    found = first(situation(*begun, series=many, wishes=wishes))
    assert found is not None
    assert found.why == why


def test_a_third_of_a_session_is_from_earlier_levels() -> None:
    whys = [told(first(situation(*SEEN, place=place))).split(":")[0] for place in range(30)]
    assert whys.count("earlier") == 10


def test_the_series_is_by_level_and_topic() -> None:
    found = series(outlines(), Wishes())
    assert found == sorted(found, key=schedule.place_of)
    assert found[0].level == 0
    assert [skill.level for skill in found] == sorted(skill.level for skill in found)


@pytest.mark.parametrize(
    "wishes",
    [Wishes(topics=("conv",)), Wishes(levels=range(3, 5)), Wishes(kinds=("conv2d-params",), levels=range(3, 4))],
)
def test_wishes_are_kept_to(wishes: Wishes) -> None:
    for skill in series(outlines(), wishes):
        assert not wishes.topics or skill.topic in wishes.topics
        assert not wishes.kinds or skill.kind in wishes.kinds
        assert wishes.levels is None or skill.level in wishes.levels


def test_wishes_that_nothing_fits_are_said() -> None:
    with pytest.raises(PlanError, match="no question kind fits"):
        series(outlines(), Wishes(topics=("conv",), levels=range(15, 16)))
