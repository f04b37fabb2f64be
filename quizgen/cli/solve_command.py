"""`quizgen solve`: a network of one's own, counted and explained."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizgen.cli.options import PATH, as_typed, completed, json_option, notation_option
from quizgen.errors import PlanError, QuizgenError

if TYPE_CHECKING:
    from quizgen.claims import Claim
    from quizgen.notation import Notation
    from quizgen.solving import Solution

MOST_ASSUMED = 10**15


def networks(folders: Sequence[Path]) -> Sequence[str]:
    from quizgen.architectures import ARCHITECTURES

    return list(ARCHITECTURES)


def documents(folders: Sequence[Path]) -> Sequence[str]:
    from quizgen.render.formats import FORMATS

    return list(FORMATS)


format_option = click.option(
    "--format",
    metavar="FORMAT",
    shell_complete=completed(documents),
    help="txt, pdf, html, md or tex.  [default: as FILE ends, or the terminal's own]",
)
out_option = click.option("--out", type=PATH, metavar="FILE", help="Write to a file.  [default: the terminal]")
force_option = click.option("--force", is_flag=True, help="Replace the file if it is there already.")
input_option = click.option(
    "--input",
    "typed_input",
    metavar="SHAPE",
    help="What comes in, without the batch axis, such as 224x224x3; for a network that does not say it.",
)
assume_option = click.option(
    "--assume",
    multiple=True,
    metavar="NAME=PARAMS",
    help="The parameters of a layer, or a kind of layer, that cannot be read; repeatable.",
)


@click.command(name="solve")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=completed(networks))
@input_option
@click.option("--answer", metavar="NUMBER", help="Your own total, or shape: say which mistake leads there.")
@click.option("--layer", metavar="NAME", help="The layer that --answer is about.  [default: the whole network]")
@assume_option
@format_option
@out_option
@force_option
@json_option
@notation_option
@click.pass_context
def command(context: click.Context, /, sources: Sequence[str], **given: Any) -> None:
    """Count a network of your own, and show every step.

    A SOURCE is a file with Keras or PyTorch code (a fragment will do) or with Keras's JSON, a network in the compact
    notation ("28x28x1 conv5x5x32 pool2 flatten dense10"), a name of `quizgen list architectures`, or - for standard
    input. Code is read and never run.
    """
    check(sources, given["answer"], given["layer"], given["out"])
    solved = Solving(as_typed(context, without=("out", "force")), **given)
    failed = [source for source in sources if not solved.succeeds(source, alone=len(sources) == 1)]
    if failed:
        raise click.exceptions.Exit(2)


def check(sources: Sequence[str], answer: str | None, layer: str | None, out: Path | None) -> None:
    """Raise PlanError for options that make no sense together."""
    if layer and answer is None:
        raise PlanError("--layer says what --answer is about.", remedy="Give the answer too: --answer 9248.")
    if len(sources) > 1 and (answer is not None or out is not None):
        name = "--out" if answer is None else "--answer"
        raise PlanError(f"{name} is for one network, but there are {len(sources)}.", remedy="Name one.")


class Solving:
    """One run of the command: how every source is read and shown."""

    def __init__(
        self,
        command: str,
        typed_input: str | None,
        answer: str | None,
        layer: str | None,
        assume: Sequence[str],
        format: str | None,
        out: Path | None,
        force: bool,
        as_json: bool,
        notation: str,
    ) -> None:
        from quizgen import notation as notations
        from quizgen.readers.shapes import parse_shape

        self.command, self.answer, self.layer, self.as_json = command, answer, layer, as_json
        self.out, self.force = out, force
        self.format = checked_format(format, out, as_json)
        self.notation: Notation = notations.notation(notation)
        self.input_shape = None if typed_input is None else parse_shape(typed_input)
        self.assume = dict(map(assumed, assume))
        self.shown = 0

    def succeeds(self, source: str, *, alone: bool) -> bool:
        """Show one source, or say why not. Only where it is the sole one may its error end the run."""
        try:
            self.show(source)
        except QuizgenError as error:
            if self.as_json:
                from quizgen.render.json import line
                from quizgen.render.network import error_object

                click.echo(line(error_object(source, error)))
            elif alone:
                raise
            else:
                click.echo(f"quizgen: {' '.join(str(error).split())}", err=True)
            return False
        return True

    def show(self, source: str) -> None:
        from quizgen.readers.detect import read
        from quizgen.solving import Solution

        solution = Solution(read(source, input_shape=self.input_shape, assume=self.assume))
        typed = self.claim(solution)
        if self.as_json:
            from quizgen.render.json import line
            from quizgen.render.network import solution_object

            click.echo(line(solution_object(solution, typed, self.notation)))
        elif self.format:
            from quizgen.render.solution import rendered

            shown(rendered(solution, self.format, self.command, typed, self.notation), self.out, force=self.force)
        else:
            from quizgen.render.screen import screen

            text = screen(solution, typed, width=columns(), notation=self.notation, **styles())
            click.echo(("\n" if self.shown else "") + text, nl=False)
            self.shown += 1

    def claim(self, solution: Solution) -> Claim | None:
        """What is behind the answer, if there is one."""
        if self.answer is None:
            return None
        from quizgen.claims import claim

        return claim(solution, self.answer, self.layer)


def shown(content: bytes, out: Path | None, *, force: bool) -> None:
    """A document, written to its file or printed."""
    from quizgen.files import all_at_once

    if out is None:
        click.echo(content, nl=False)
        return
    with all_at_once([out], force=force) as write:
        write(out, content)
    click.echo(out)


def checked_format(format: str | None, out: Path | None, as_json: bool) -> str:
    """The format of the document that is asked for, by name or by how its file is called; none for the terminal's own.

    Raises UnknownNameError, or PlanError where it goes with nothing else that is asked for.
    """
    from quizgen.render.formats import writer

    if as_json and (format is not None or out is not None):
        raise PlanError("--json goes to the terminal, and is no document.", remedy="Leave out --format and --out.")
    chosen = format or (out.suffix.removeprefix(".") or "txt" if out else "")
    if chosen:
        writer(chosen)
    if chosen == "pdf" and out is None:
        raise PlanError("a PDF is not for the terminal.", remedy="Name a file: --out network.pdf")
    return chosen


def assumed(typed: str) -> tuple[str, int]:
    """`NAME=PARAMS` taken apart; raises PlanError."""
    name, sign, params = typed.rpartition("=")
    digits = params.replace(",", "").replace("_", "").strip()
    if not (sign and name.strip() and digits.isascii() and digits.isdigit() and int(digits[:20]) <= MOST_ASSUMED):
        raise PlanError(f"“{typed[:60]}” assumes nothing.", remedy="Write NAME=PARAMS, such as --assume Capsule=1200.")
    return name.strip(), int(digits)


def columns() -> int:
    """How wide the terminal is."""
    from shutil import get_terminal_size

    return get_terminal_size().columns


def styles() -> Mapping[str, Callable[[str], str]]:
    """How a terminal shows what stands back and what stands out; plain text where nobody sees it."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return {}
    return {"dim": lambda text: click.style(text, dim=True), "bold": lambda text: click.style(text, bold=True)}
