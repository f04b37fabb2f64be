"""The `quizgen` command: finds its subcommands when they are needed, and is the one place that catches errors."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from quizgen import __version__
from quizgen.errors import QuizgenError

COMMANDS: dict[str, str] = {
    "sheet": "Make a printable question sheet and its solutions.",
    "show": "Show one question again, from its name.",
    "list": "List topics, questions, styles, layers, architectures.",
}
"""Every command with its one line of help; its code is in the module of the same name, imported when it is called."""

USAGE_ERROR, INTERRUPTED = 2, 130


class LazyGroup(click.Group):
    """A group that imports a command when it is called, so that `--help` needs none of them."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = import_module(f"quizgen.cli.{name}_command")
        command: click.Command = module.command
        return command

    def resolve_command(self, context: click.Context, args: list[str]) -> Any:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from quizgen.errors import UnknownNameError

            raise UnknownNameError("command", name, COMMANDS)
        return super().resolve_command(context, args)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="quizgen")
def cli() -> None:
    """Exam questions on counting in neural networks: parameters, shapes, multiply-accumulates.

    Every question comes with a worked solution, and every wrong option is a named misconception.
    """


def main() -> None:
    """Run the command and leave with its exit code: 2 for a mistake in what was asked, 130 for Ctrl-C."""
    try:
        cli.main(standalone_mode=False)
        sys.stdout.flush()
    except QuizgenError as error:
        leave(f"quizgen: {error}")
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        leave("quizgen: stopped.", INTERRUPTED)
    except click.ClickException as error:
        leave(f"quizgen: {error.format_message()}")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        leave("quizgen: nobody reads the output any more.")


def leave(message: str, code: int = USAGE_ERROR) -> None:
    print(" ".join(message.split()), file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
