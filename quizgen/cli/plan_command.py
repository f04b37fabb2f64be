"""`quizgen plan`: a plan to begin with, and what a plan will make."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from quizgen.cli.options import PATH, json_option, templates_option
from quizgen.errors import PlanError


@click.command(name="plan")
@click.option("--new", type=PATH, metavar="FILE", help="Write a plan with comments, which works as it stands.")
@click.option("--check", type=PATH, metavar="FILE", help="Print what a plan will make, and how long it takes.")
@click.option("--seed", type=int, default=0, show_default=True, metavar="N", help="The seed to check with.")
@click.option("--force", is_flag=True, help="Replace the file if it is there already.")
@json_option
@templates_option
def command(
    new: Path | None, check: Path | None, seed: int, force: bool, as_json: bool, folders: Sequence[Path]
) -> None:
    """Begin a plan, or see what one will make.

    A plan (TOML) says what an exam holds: sections with their topics, levels, counts and points. `quizgen sheet --plan
    FILE` makes it.
    """
    if (new is None) == (check is None):
        raise PlanError("say one of --new and --check.", remedy="quizgen plan --new midterm.toml")
    if new is not None:
        from quizgen.authoring import starter
        from quizgen.files import all_at_once

        with all_at_once([new], force=force) as write:
            write(new, starter.plan())
        click.echo(new)
    elif check is not None:
        from quizgen.estimate import as_text, estimate
        from quizgen.plan_file import read_plan
        from quizgen.render.json import line

        found = estimate(read_plan(check, folders), seed, folders)
        click.echo(f"{line(found)}\n" if as_json else as_text(found), nl=False)
