"""`quizgen data`: what practice remembers, taken out, brought in, emptied."""

from __future__ import annotations

from pathlib import Path

import click

from quizgen.cli.options import PATH, data_option, profile_option


@click.group(name="data", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Take out, bring in or empty what practice remembers."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@command.command(name="export")
@click.option("--out", type=PATH, metavar="FILE", help="Write to a file.  [default: standard output]")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@click.option("--salvage", is_flag=True, help="Take out what can be read of a damaged file.")
@profile_option
@data_option
def export(out: Path | None, force: bool, salvage: bool, profile: str, data: Path | None) -> None:
    """Write all that is remembered as JSON Lines."""
    from quizgen.files import all_at_once
    from quizgen.practice import exchange
    from quizgen.practice.folder import learner_folder

    read = exchange.salvage if salvage else exchange.export
    found = list(read(learner_folder(profile, data)))
    if out is None:
        for line in found:
            click.echo(line.encode(), nl=False)
        return
    with all_at_once([out], force=force) as write:
        write(out, "".join(found).encode())
    click.echo(f"{out}: {counted(sum(line.startswith(exchange.ANSWER) for line in found), 'answer')}.", err=True)


@command.command(name="import")
@click.argument("file", type=PATH)
@profile_option
@data_option
def import_(file: Path, profile: str, data: Path | None) -> None:
    """Add the answers of an export; what is there already is not added twice."""
    from quizgen.practice import exchange
    from quizgen.practice.folder import learner_folder
    from quizgen.practice.learner import Learner

    sessions, entries = exchange.read(file)
    with Learner.open(learner_folder(profile, data), checks_clock=False) as learner:
        merged = exchange.merge(learner.store, sessions, entries)
    click.echo(
        f"{counted(merged.answers, 'answer')} and {counted(merged.sessions, 'session')} added; "
        f"{merged.known} lines were known already."
    )


@command.command(name="reset")
@click.option("--yes", is_flag=True, help="Do not ask.")
@profile_option
@data_option
def reset(yes: bool, profile: str, data: Path | None) -> None:
    """Forget everything that practice remembers of a profile."""
    from quizgen.practice.folder import learner_folder
    from quizgen.practice.learner import Learner

    with Learner.open(learner_folder(profile, data), checks_clock=False) as learner:
        count = len(learner.attempts())
        if not yes:
            click.confirm(f"Forget {counted(count, 'answer')} of “{profile}”, for good?", abort=True)
        with learner.store.writing():
            learner.store.forget()
    click.echo(f"{counted(count, 'answer')} forgotten.")


@command.command(name="clock")
@profile_option
@data_option
def clock(profile: str, data: Path | None) -> None:
    """Date to now what lies in the future: for when the clock was wrong."""
    from quizgen.practice import exchange
    from quizgen.practice.folder import learner_folder
    from quizgen.practice.learner import Learner

    with Learner.open(learner_folder(profile, data), checks_clock=False) as learner:
        count = exchange.date_to(learner.store, learner.clock())
    click.echo(f"{counted(count, 'answer')} dated to now.")


def counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
