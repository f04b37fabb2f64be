"""All that `quizgen stats` shows, gathered once, and the words that all its formats share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from quizgen.misconceptions import MISCONCEPTIONS
from quizgen.practice.learner import Learner
from quizgen.practice.progress import Belief, Day, LevelProgress, SkillProgress, State
from quizgen.practice.records import Entry
from quizgen.practice.schedule import MASTERED

AHEAD = 14
"""So many days of reviews are foreseen."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of a learner at a time. due: how many cards are due; forecast: how many on each of the next days."""

    at: datetime
    entries: Sequence[Entry]
    days: Sequence[Day]
    levels: Sequence[LevelProgress]
    skills: Sequence[SkillProgress]
    beliefs: Sequence[Belief]
    streak: int
    due: int
    forecast: Sequence[int]

    @property
    def asked(self) -> int:
        return sum(day.asked for day in self.days)

    @property
    def right(self) -> int:
        return sum(day.right for day in self.days)

    def believed(self, state: State) -> list[Belief]:
        """The misconceptions of that state, the likeliest first."""
        return [one for one in self.beliefs if one.state == state]


PROFILE: Mapping[State, str] = {
    "held": "What you seem to believe",
    "open": "What is on the mend",
    "mended": "What you believed once",
}
"""The parts of a belief profile, and what stands above them."""


SUREST = 0.99
"""Nothing is surer than this."""


def lead(one: Belief) -> str:
    """How it stands with a misconception, in a word."""
    return {"held": f"{min(one.chance, SUREST):.0%}", "open": f"{one.mended} of {MASTERED}"}.get(one.state, one.state)


def gathered(learner: Learner) -> Figures:
    return Figures(
        at=learner.clock(),
        entries=learner.entries(),
        days=learner.days(),
        levels=learner.levels(),
        skills=learner.skills(),
        beliefs=learner.beliefs(),
        streak=learner.streak(),
        due=len(learner.due()),
        forecast=learner.forecast(AHEAD),
    )


@dataclass(frozen=True, slots=True)
class Span:
    """Some days in a row as one: a day, a week or a month. name, short: the first of them, as people write it."""

    name: str
    short: str
    total: Day


def spans(days: Sequence[Day], most: int) -> tuple[str, list[Span]]:
    """What they are (day, week, month), and the latest so many of the finest of them that show all there is."""
    for what, first_of in FIRST_OF.items():
        totals: dict[date, Day] = {}
        for one in days:
            start = first_of(one.day)
            totals[start] = together(totals.get(start, Day(start)), one)
        if len(totals) <= most or what == "month":
            break
    return what, [span(what, start, total) for start, total in totals.items()][-most:]


FIRST_OF: Mapping[str, Callable[[date], date]] = {
    "day": lambda day: day,
    "week": lambda day: day - timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
}


def span(what: str, start: date, total: Day) -> Span:
    if what == "month":
        return Span(f"{start:%b %Y}", f"{start:%b %Y}", total)
    short = f"{start.day} {start:%b}"
    return Span(f"{start:%a} {short}" if what == "day" else f"{short} {start:%Y}", short, total)


def together(one: Day, other: Day) -> Day:
    return replace(
        one,
        asked=one.asked + other.asked,
        right=one.right + other.right,
        helped=one.helped + other.helped,
        seconds=one.seconds + other.seconds,
    )


def headline(figures: Figures) -> list[str]:
    """The figures of the first line."""
    if not figures.asked:
        return ["Nothing was practised yet."]
    found = [
        f"{counted(figures.asked, 'question')} on {counted(len(figures.days), 'day')}",
        f"{figures.right / figures.asked:.0%} right at once",
        f"{counted(figures.streak, 'day')} in a row" if figures.streak else "",
        f"{figures.due} due now",
    ]
    return list(filter(None, found))


def ahead(figures: Figures) -> str:
    """The forecast in words."""
    today, tomorrow, *_ = figures.forecast
    return f"{today} today, {tomorrow} tomorrow, {sum(figures.forecast)} within {len(figures.forecast)} days"


def story(one: Belief) -> str:
    """What happened with a misconception: how often it showed, and what mended it."""
    if not one.shown:
        return "not shown by itself yet"
    told = f"showed {'once' if one.shown == 1 else f'{one.shown} times'}, last at {bare(one.told_by)}"
    if not one.mended_by:
        return told
    times = "once" if one.mended == 1 else f"{one.mended} times"
    return f"{told}; told there, and right {times} since, first at {bare(one.mended_by)}"


def bare(question: str | None) -> str:
    """The name of a question without its version."""
    return (question or "").partition("@")[0]


def saying(misconception: str) -> str:
    """The belief in its own words; its id where this quizgen does not know it."""
    return next((known.belief for known in MISCONCEPTIONS if known.id == misconception), misconception)


def counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def ruled_out(figures: Figures) -> str:
    """How many misconceptions were tried and not found; empty where there are none."""
    others = len(figures.believed("not held"))
    return f"{others} other misconceptions were tried by what you answered, and not found." if others else ""
