"""A bank report as text for people and as an object for programs."""

from __future__ import annotations

from typing import Any

from quizgen.fairness import Report
from quizgen.strategies import STRATEGIES

LEAST_OFFERED = 5
"""So many of the misconceptions that are offered least often are named."""


def as_object(report: Report) -> dict[str, Any]:
    """The report with its figures; docs/json.md describes its fields."""
    return {
        "name": report.kind,
        "questions": report.questions,
        "distinct": report.distinct,
        "refused": report.refused,
        "redrawn": report.redrawn,
        "options": {str(size): count for size, count in sorted(report.options.items())},
        "places": [report.places[place] for place in range(max(report.options, default=0))],
        "uniform": round(report.uniform, 6),
        "chance": round(report.chance_rate, 6),
        "strategies": {name: round(report.rate(name), 6) for name in STRATEGIES} if report.hits else {},
        "offered": dict(sorted(report.offered.items())),
        "hidden": report.hidden,
        "ambiguous": report.ambiguous,
        "equal": report.equal,
        "statements_true": round(report.true_statements / report.statements, 6) if report.statements else None,
        "milliseconds": round(1000 * report.seconds / max(1, report.questions), 3),
        "complaints": report.complaints(),
    }


def as_text(report: Report) -> str:
    """The report in a few lines."""
    lines = [
        report.kind,
        f"  {report.questions:,} questions, {report.distinct:,} distinct; {report.redrawn:,} networks drawn again, "
        f"{report.refused:,} seeds refused; {1000 * report.seconds / max(1, report.questions):.2f} ms each",
    ]
    if report.options:
        sizes = ", ".join(f"{count:,} with {size}" for size, count in sorted(report.options.items()))
        places = " ".join(f"{report.places[place]:,}" for place in range(max(report.options)))
        rates = (
            ", ".join(f"{name} {report.rate(name):.1%}" for name in STRATEGIES) if report.hits else "all are in words"
        )
        lines += [
            f"  options: {sizes}; place of the key: {places} (p = {report.uniform:.2f})",
            f"  chance {report.chance_rate:.1%}; {rates}",
            f"  hidden {report.hidden}, ambiguous {report.ambiguous}, equal {report.equal}",
        ]
    if report.statements:
        lines.append(f"  {report.true_statements / report.statements:.0%} of {report.statements:,} statements are true")
    if report.offered:
        most, *_ = report.offered.most_common(1)
        rarest = ", ".join(
            f"{name} {count:,}" for name, count in report.offered.most_common()[: -LEAST_OFFERED - 1 : -1]
        )
        lines.append(
            f"  {len(report.offered)} misconceptions offered, most often {most[0]} {most[1]:,}; least: {rarest}"
        )
    lines += [f"  UNFAIR: {complaint}" for complaint in report.complaints()]
    return "\n".join(lines) + "\n"
