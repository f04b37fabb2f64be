"""`quizgen check --bank`: what a bank of questions gives away to somebody who cannot count."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from quizgen.cli.options import json_option, templates_option
from quizgen.errors import PlanError

MOST = 1_000_000


@click.command(name="check")
@click.option("--bank", is_flag=True, help="Make many questions of every kind and report what they give away.")
@click.option("-n", "count", type=int, default=1000, show_default=True, metavar="N", help="How many of each kind.")
@click.option("--question", "names", multiple=True, metavar="NAME", help="Only this kind; repeatable.")
@json_option
@templates_option
def command(bank: bool, count: int, names: Sequence[str], as_json: bool, folders: Sequence[Path]) -> None:
    """Check a bank of questions for fairness.

    Prints for every kind how often the key stands at each place and how often blind strategies find it, which
    misconceptions are offered, and whether options hide the key or repeat. Ends with exit code 1 if a kind is unfair.
    """
    from quizgen.fairness import examine
    from quizgen.fairness_report import as_object, as_text
    from quizgen.kinds import all_kinds, find_kind
    from quizgen.render.json import line

    if not bank:
        raise PlanError("nothing to check.", remedy="Use --bank to check the question kinds.")
    if not 1 <= count <= MOST:
        raise PlanError(f"-n {count} is out of range.", remedy=f"Use 1 to {MOST:,}.")
    kinds = [find_kind(name, folders) for name in names] or all_kinds(folders)
    fair = True
    for kind in kinds:
        report = examine(kind, range(count))
        fair = fair and not report.complaints()
        click.echo(line(as_object(report)) if as_json else as_text(report))
    if not fair:
        raise click.exceptions.Exit(1)
