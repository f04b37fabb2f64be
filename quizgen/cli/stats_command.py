"""`quizgen stats`: how practice goes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from quizgen.cli.options import PATH, as_typed, completed, data_option, profile_option
from quizgen.errors import UnknownNameError

FORMATS = ("text", "html", "csv", "json")


@click.command(name="stats")
@click.option(
    "--format",
    "format_",
    metavar="FORMAT",
    shell_complete=completed(lambda folders: FORMATS),
    help="text, html, csv or json.  [default: as the file's name ends, or text]",
)
@click.option("--out", type=PATH, metavar="FILE", help="Write to a file.  [default: standard output]")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@profile_option
@data_option
@click.pass_context
def command(
    context: click.Context, format_: str | None, out: Path | None, force: bool, profile: str, data: Path | None
) -> None:
    """Show how practice goes: over time, by topic and level, the reviews ahead, and what you seem to believe."""
    from quizgen.files import all_at_once
    from quizgen.practice.folder import learner_folder
    from quizgen.practice.learner import Learner
    from quizgen.practice.stats.figures import gathered

    chosen = format_ or (out and named_by(out)) or "text"
    if chosen not in FORMATS:
        raise UnknownNameError("format", chosen, FORMATS)
    with Learner.open(learner_folder(profile, data), write=False) as learner:
        figures = gathered(learner)
    if chosen == "text" and out is None:
        from quizgen.practice.stats.text import show

        show(figures, sys.stdout)
        return
    written = text_of(figures, chosen, as_typed(context, without=("out", "force")))
    if out is None:
        click.echo(written, nl=False)
        return
    with all_at_once([out], force=force) as write:
        write(out, written.encode())
    click.echo(str(out))


def named_by(out: Path) -> str | None:
    """The format that a file's name asks for."""
    suffix = out.suffix.removeprefix(".")
    return "text" if suffix == "txt" else suffix or None


def text_of(figures: object, format_: str, command_line: str) -> str:
    from quizgen.practice.stats.figures import Figures

    assert isinstance(figures, Figures)
    if format_ == "html":
        from quizgen.practice.stats.page import page

        return page(figures, command_line)
    if format_ == "text":
        from io import StringIO

        from quizgen.practice.stats.text import show

        show(figures, out := StringIO(), columns=80)
        return out.getvalue()
    from quizgen.practice.stats.data import stats_object, table
    from quizgen.render.json import line

    return table(figures.entries) if format_ == "csv" else line(stats_object(figures)) + "\n"
