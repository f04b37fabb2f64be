"""`quizgen check`: templates of one's own, or what a bank of questions gives away to somebody who cannot count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from quizgen.cli.options import PATH, json_option, templates_option
from quizgen.errors import Place, PlanError

MOST = 1_000_000
MOST_OF_A_FILE = 20_000


@click.command(name="check")
@click.argument("files", nargs=-1, type=PATH, metavar="[FILE...]")
@click.option("--bank", is_flag=True, help="Make many questions of every kind and report what they give away.")
@click.option("-n", "count", type=int, default=1000, show_default=True, metavar="N", help="How many of each kind.")
@click.option("--question", "names", multiple=True, metavar="NAME", help="With --bank: only this kind; repeatable.")
@json_option
@templates_option
def command(
    files: Sequence[Path], bank: bool, count: int, names: Sequence[str], as_json: bool, folders: Sequence[Path]
) -> None:
    """Check templates of yours, or a bank of questions for fairness.

    FILE is a template or a folder of them: each is read, its questions are made and written in every output, and what an
    author needs is printed: mistakes with their lines, distinct questions, hidden or equal options, numbers that do not
    matter, long stems, time. With --bank, prints for every kind what it gives away: how often the key stands at each
    place and how often blind strategies find it. Ends with exit code 1 if something is wrong.
    """
    if bank is bool(files):
        raise PlanError("say what to check.", remedy="Name a template, or use --bank to check the question kinds.")
    if names and not bank:
        raise PlanError("--question is for --bank.", remedy="Name the file of the template.")
    most = MOST if bank else MOST_OF_A_FILE
    if not 1 <= count <= most:
        raise PlanError(f"-n {count} is out of range.", remedy=f"Use 1 to {most:,}.")
    found = checked_bank(names, count, as_json, folders) if bank else checked_files(files, count, as_json, folders)
    if not all([*found]):
        raise click.exceptions.Exit(1)


def checked_bank(names: Sequence[str], count: int, as_json: bool, folders: Sequence[Path]) -> Iterator[bool]:
    """Print a report of each kind, and say whether it is fair."""
    from quizgen.fairness import examine
    from quizgen.fairness_report import as_object, as_text
    from quizgen.kinds import all_kinds, find_kind
    from quizgen.render.json import line

    for kind in [find_kind(name, folders) for name in names] or all_kinds(folders):
        report = examine(kind, range(count))
        click.echo(line(as_object(report)) if as_json else as_text(report))
        yield not report.complaints()


def checked_files(files: Sequence[Path], count: int, as_json: bool, folders: Sequence[Path]) -> Iterator[bool]:
    """Print a report of each template, and say whether nothing is wrong with it."""
    from quizgen.authoring.confined import check
    from quizgen.authoring.report import as_text
    from quizgen.render.json import line

    for path in [path for file in files for path in templates_in(file)]:
        found = check(path, count, folders)
        click.echo(line(found) if as_json else as_text(found))
        yield not (found["mistakes"] or found["complaints"])


def templates_in(path: Path) -> list[Path]:
    """The file itself, or the templates of a folder. Raises PlanError where there is none."""
    if not path.exists():
        raise PlanError("there is no file or folder of that name.", place=Place(path))
    if not path.is_dir():
        return [path]
    inner = path / "questions"
    found = sorted((inner if inner.is_dir() else path).glob("*.md"))
    found = [one for one in found if one.name != "README.md"]
    if not found:
        raise PlanError("there is no template in this folder.", place=Place(path), remedy="Templates end in .md.")
    return found
