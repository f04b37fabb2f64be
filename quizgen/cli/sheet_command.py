"""`quizgen sheet`: a question sheet and its solutions, in every format asked for."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quizgen.cli.options import PATH, completed, formats, listed, notation_option, templates_option
from quizgen.errors import PlanError

if TYPE_CHECKING:
    from quizgen.plan import Plan

T = TypeVar("T")

FRESH_SEEDS = 10_000
"""A fresh seed is short enough to be copied by hand."""

MOST_VARIANTS = 26 + 26 * 26
"""A to Z and AA to ZZ."""

LONGEST_NAME = 24
"""A network's source of more letters is no name that stands beside a question."""


@click.command(name="sheet")
@click.option(
    "--topic",
    "topics",
    multiple=True,
    metavar="TOPIC",
    shell_complete=listed("topics"),
    help="A topic; repeatable. See `quizgen list topics`.",
)
@click.option(
    "--question",
    "questions",
    multiple=True,
    metavar="NAME",
    shell_complete=listed("questions"),
    help="A question kind, beside the topics if there are any; repeatable. See `quizgen list questions`.",
)
@click.option(
    "--level", metavar="N[-M][:AIM]", help="Levels, from 0 to 16: 3, 3-6, or 3-6:hard (easy, medium).  [default: all]"
)
@click.option("--count", type=int, metavar="N", help="How many questions.  [default: 10]")
@click.option("--seed", type=int, metavar="N", help="The same seed gives the same sheet.  [default: a fresh one]")
@click.option(
    "--style",
    default="worksheet",
    show_default=True,
    metavar="NAME",
    shell_complete=listed("styles"),
    help="worksheet, quiz or stackexchange.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    default=["pdf"],
    metavar="FORMAT",
    shell_complete=completed(formats),
    help="pdf, html, md, tex, txt or json; repeatable.  [default: pdf]",
)
@click.option(
    "--out",
    type=PATH,
    default=Path("output"),
    show_default=True,
    metavar="DIR",
    help="The folder to write into.",
)
@click.option("--variants", type=int, metavar="N", help="So many different sheets of one plan, called A, B, C ...")
@click.option("--variant", metavar="NAME", help="One of them alone: A, B, C ...")
@click.option(
    "--plan",
    "plan_file",
    type=PATH,
    metavar="FILE",
    help="A plan (TOML) that says what the sheet holds, in place of the options that say so.",
)
@click.option("--title", help="The title on the sheet.")
@click.option(
    "--about",
    metavar="NETWORK",
    help="Ask about this network: a file of Keras or PyTorch code, a model's JSON, a name, or such as "
    "“28x28x1 conv5x5x32 pool2 flatten dense10”.",
)
@click.option("--key", type=click.Choice(["short"]), help="Add a one-page answer key.")
@notation_option
@templates_option
@click.option("--force", is_flag=True, help="Replace files that are there already.")
def command(
    plan_file: Path | None,
    seed: int | None,
    variant: str | None,
    variants: int | None,
    about: str | None,
    style: str,
    formats: Sequence[str],
    key: str | None,
    out: Path,
    notation: str,
    folders: Sequence[Path],
    force: bool,
    **wanted: Any,
) -> None:
    """Make a printable question sheet and its solutions.

    Writes output/worksheet-SEED.pdf and output/worksheet-SEED-solutions.pdf: ten questions of mixed topics. A sheet
    names the command that makes it again, and every question its own name, for `quizgen show`.
    """
    from quizgen import notation as notations
    from quizgen.files import all_at_once
    from quizgen.render.parts import files, rendered
    from quizgen.render.skins import find_skin

    plan = planned(plan_file, folders, {name: value for name, value in wanted.items() if value not in (None, ())})
    plan = plan if about is None else about_network(plan, about)
    skin, letters = find_skin(style, folders), notations.notation(notation)
    names = variant_names(variant, variants)
    parts = list(files(dict.fromkeys(formats), key=bool(key)))

    def paths(seed: int) -> dict[str, list[Path]]:
        stems = {name: f"{skin.name}-{seed}-{name}".removesuffix("-") for name in names}
        return {name: [out / f"{stem}{ending}" for _, _, ending in parts] for name, stem in stems.items()}

    used = fresh_seed(lambda fresh: chain.from_iterable(paths(fresh).values())) if seed is None else seed
    written = list(chain.from_iterable(paths(used).values()))
    with all_at_once(written, force=force) as write:
        for name, places in progress(paths(used).items()):
            sheet = plan.sheet(used, variant=name, folders=folders, notation=letters)
            for (format, part, _), path in zip(parts, places, strict=True):
                write(path, rendered(sheet, skin, format, part))
    if seed is None:
        click.echo(f"seed {used}", err=True)
    for path in written:
        click.echo(path)


def fresh_seed(paths: Callable[[int], Iterable[Path]]) -> int:
    """A seed whose files are not there yet, if one is soon found."""
    drawn = [secrets.randbelow(FRESH_SEEDS) for _ in range(20)]
    return next((seed for seed in drawn if not any(path.exists() for path in paths(seed))), drawn[-1])


def progress(items: Collection[T]) -> Iterator[T]:
    """The same items, with a bar on a terminal that counts them where there are several."""
    if len(items) < 2 or not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, label="Writing", file=sys.stderr) as bar:
        yield from bar


def planned(file: Path | None, folders: Sequence[Path], wanted: dict[str, Any]) -> Plan:
    """The plan in a file, or the one that the options describe: one or the other."""
    from quizgen.plan import Plan, Section, levels_from
    from quizgen.plan_file import read_plan

    if file is not None:
        for name in wanted:
            option = name.removesuffix("s")
            raise PlanError(f"--{option} and --plan exclude each other.", remedy=f"Say it in {file}.")
        return read_plan(file, folders)
    if "level" in wanted:
        wanted["levels"], wanted["aim"] = levels_from(wanted.pop("level"))
    title = {"title": wanted.pop("title")} if "title" in wanted else {}
    return Plan(sections=(Section(**wanted),), **title)


def about_network(plan: Plan, source: str) -> Plan:
    """The plan with all its questions about one network."""
    from quizgen.readers.detect import read
    from quizgen.solving import Solution

    solution = Solution(read(source))
    if not solution.is_complete:
        raise PlanError(
            f"“{source}” does not say the size of its input.", remedy="Write it into the network's first layer."
        )
    name = Path(source).name if len(source) <= LONGEST_NAME and " " not in source else "network"
    return replace(plan, given=replace(solution.network, name=name), about=source)


def variant_names(single: str | None, count: int | None) -> list[str]:
    """The variants that are asked for; one without a name where nobody speaks of variants."""
    if single is not None and count is not None:
        raise PlanError("--variant and --variants exclude each other.", remedy="Leave out one of them.")
    if count is None:
        return [single or ""]
    if not 1 <= count <= MOST_VARIANTS:
        raise PlanError(f"there can't be {count} variants.", remedy=f"Ask for 1 to {MOST_VARIANTS}.")
    letters = ascii_uppercase
    return [*letters, *(first + second for first in letters for second in letters)][:count]
