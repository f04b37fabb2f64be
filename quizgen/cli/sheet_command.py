"""`quizgen sheet`: a question sheet and its solutions, in every format asked for."""

from __future__ import annotations

import secrets
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import ascii_uppercase
from typing import Any

import click

from quizgen.cli.options import notation_option, templates_option
from quizgen.errors import PlanError

FORMATS = ("pdf", "html", "md", "tex", "txt", "json")
FRESH_SEEDS = 10_000
MOST_VARIANTS = 500


@click.command(name="sheet")
@click.option("--topic", "topics", multiple=True, metavar="TOPIC", help="A topic; repeatable. See `quizgen list topics`.")
@click.option("--question", "questions", multiple=True, metavar="NAME", help="A question kind; repeatable.")
@click.option("--level", default=None, metavar="N[-M]", help="Levels, from 0 to 16: 3, or 3-6.")
@click.option("--count", type=int, default=None, metavar="N", help="How many questions.  [default: 10]")
@click.option("--seed", type=int, default=None, help="The same seed gives the same sheet.  [default: a fresh one]")
@click.option("--style", default="worksheet", show_default=True, metavar="NAME", help="worksheet, quiz or stackexchange.")
@click.option("--format", "formats", multiple=True, metavar="FORMAT", help="pdf, html, md, tex, txt or json; repeatable.  [default: pdf]")
@click.option("--out", type=click.Path(path_type=Path), default=Path("output"), show_default=True, metavar="DIR", help="The folder to write into.")
@click.option("--variants", type=int, default=None, metavar="N", help="So many different sheets of one plan, named A, B, C ...")
@click.option("--variant", default=None, metavar="NAME", help="One of them alone: A, B, C ...")
@click.option("--plan", "plan_file", type=click.Path(path_type=Path), default=None, metavar="FILE", help="A plan (TOML) that says what the sheet holds.")
@click.option("--title", default=None, help="The title on the sheet.")
@click.option("--key", type=click.Choice(["short"]), default=None, help="Add a one-page answer key.")
@notation_option
@templates_option
@click.option("--force", is_flag=True, help="Replace files that are there already.")
def command(**options: Any) -> None:
    """Make a printable question sheet and its solutions.

    Writes output/worksheet-SEED.pdf and output/worksheet-SEED-solutions.pdf: ten questions of mixed topics. A sheet
    names the command that makes it again, and every question its own name, for `quizgen show`.
    """
    from quizgen.files import check_writable, write_all

    request = Request(**options)
    paths = request.paths()
    check_writable([path for names in paths.values() for path in names], force=request.force)
    contents: dict[Path, bytes] = {}
    for variant in request.variants:
        contents.update(zip(paths[variant], request.files(variant), strict=True))
    write_all(contents, force=request.force)
    if request.fresh:
        click.echo(f"seed {request.seed}", err=True)
    for path in contents:
        click.echo(path)


class Request:
    """What a command line asks for, checked."""

    def __init__(self, **options: Any) -> None:
        from quizgen.notation import notation
        from quizgen.render.formats import writer
        from quizgen.render.skins import find_skin

        self.options = options
        self.force: bool = options["force"]
        self.folders: Sequence[Path] = options["folders"]
        for folder in self.folders:
            if not folder.is_dir():
                raise PlanError(f"there is no folder {folder}.", remedy="--templates takes a folder of templates.")
        self.notation = notation(options["notation"])
        self.skin = find_skin(options["style"], self.folders)
        self.formats = tuple(dict.fromkeys(options["formats"])) or ("pdf",)
        self.writers = {name: writer(name) for name in self.formats if name != "json"}
        self.fresh = options["seed"] is None
        self.seed: int = secrets.randbelow(FRESH_SEEDS) if self.fresh else options["seed"]
        if self.seed < 0:
            raise PlanError(f"--seed {self.seed} is negative.", remedy="Seeds are whole numbers from 0.")
        self.variants = self.variant_names()
        self.plan = self.planned()

    def variant_names(self) -> list[str]:
        single, count = self.options["variant"], self.options["variants"]
        if count is not None and not 1 <= count <= MOST_VARIANTS:
            raise PlanError(f"--variants {count} is out of range.", remedy=f"Use 1 to {MOST_VARIANTS}.")
        if single is not None:
            if not single.isascii() or not single.isalpha() or not single.isupper() or len(single) > 2:
                raise PlanError(f"there is no variant “{single}”.", remedy="Variants are called A, B, ... Z, AA, AB, ...")
            return [single]
        return [variant_name(index) for index in range(count)] if count else [""]

    def planned(self) -> Any:
        from dataclasses import replace

        from quizgen.kinds import LEVELS
        from quizgen.plan import MOST, Plan, Section, levels_from, read_plan

        options = self.options
        if options["plan_file"] is not None:
            for name in ("topics", "questions", "level", "count"):
                if options[name]:
                    raise PlanError(f"--{name.removesuffix('s')} and --plan exclude each other.", remedy="Say it in the plan.")
            plan = read_plan(options["plan_file"])
        else:
            levels = levels_from(options["level"]) if options["level"] is not None else LEVELS
            count = 10 if options["count"] is None else options["count"]
            if not 1 <= count <= MOST:
                raise PlanError(f"--count {count} is out of range.", remedy=f"Use 1 to {MOST}.")
            plan = Plan(sections=(Section(tuple(options["topics"]), tuple(options["questions"]), levels, count),))
        return replace(plan, title=options["title"]) if options["title"] else plan

    def command_line(self, variant: str) -> str:
        """What a person types to make this sheet again."""
        options = self.options
        words = ["quizgen", "sheet"]
        if options["plan_file"] is not None:
            words += ["--plan", options["plan_file"].name]
        for flag, values in (("--topic", options["topics"]), ("--question", options["questions"])):
            for value in values:
                words += [flag, value]
        for flag in ("level", "count", "title"):
            if options[flag] is not None:
                words += [f"--{flag}", str(options[flag])]
        words += ["--seed", str(self.seed)]
        words += ["--style", self.skin.name] if self.skin.name != "worksheet" else []
        words += ["--notation", self.notation.name] if self.notation.name != "fhw" else []
        words += ["--variant", variant] if variant else []
        return shlex.join(words)

    def paths(self) -> dict[str, list[Path]]:
        """The files of each variant, in the order in which `files` gives their contents."""
        return {variant: list(self.file_names(variant)) for variant in self.variants}

    def file_names(self, variant: str) -> Iterator[Path]:
        stem = f"{self.skin.name}-{self.seed}" + (f"-{variant}" if variant else "")
        folder: Path = self.options["out"]
        for name in self.formats:
            if name == "json":
                yield folder / f"{stem}.json"
                continue
            suffix = self.writers[name].suffix
            yield folder / f"{stem}{suffix}"
            yield folder / f"{stem}-solutions{suffix}"
            if self.options["key"]:
                yield folder / f"{stem}-key{suffix}"

    def files(self, variant: str) -> Iterator[bytes]:
        from quizgen.render.skins import dressed

        sheet = self.plan.sheet(
            self.seed, self.command_line(variant), variant=variant, folders=self.folders, notation=self.notation
        )
        parts = ["questions", "solutions", *(["key"] if self.options["key"] else [])]
        documents = [dressed(sheet, self.skin, part) for part in parts]  # type: ignore[arg-type]
        for name in self.formats:
            if name == "json":
                from quizgen.render.json import sheet_json

                yield sheet_json(sheet).encode()
                continue
            for document in documents:
                yield self.writers[name].document(document)


def variant_name(index: int) -> str:
    """A, B, ... Z, AA, AB, ..."""
    letters = ascii_uppercase
    return letters[index] if index < 26 else letters[index // 26 - 1] + letters[index % 26]
