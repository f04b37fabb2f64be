"""The `quizgen` command: finds its subcommands when they are needed, and is the one place that catches errors."""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Any, NoReturn

import click

from quizgen import __version__
from quizgen.errors import QuizgenError, UnknownNameError

COMMANDS: dict[str, str] = {
    "sheet": "Make a printable question sheet and its solutions.",
    "show": "Show one question again, from its name.",
    "practice": "Practise in the terminal, and see which belief is behind a mistake.",
    "stats": "Show how your practice goes, and what you seem to believe.",
    "data": "Take out, bring in or empty what practice remembers.",
    "solve": "Count a network of your own, and show every step.",
    "compare": "Set two networks side by side.",
    "diagnose": "Say which mistake is behind a wrong answer.",
    "check": "Check a template of yours, or what a bank of questions gives away.",
    "misconception": "Tell all about one misconception.",
    "new": "Begin a question template of your own.",
    "preview": "Show a question of a template file.",
    "plan": "Begin a plan, or see what it will make.",
    "list": "List topics, questions, styles, layers, architectures, misconceptions.",
}
"""Every command with its one line of help; its code is in the module of the same name, imported when it is called."""

COMPLETE = "_QUIZGEN_COMPLETE"
MISTAKE, INTERRUPTED, TERMINATED = 2, 130, 143


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
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise UnknownNameError("command", args[0], COMMANDS)
        return super().resolve_command(context, args)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="quizgen", help="Show the version.")
@click.pass_context
def cli(context: click.Context) -> None:
    """Exam questions on counting in neural networks: parameters, shapes, multiply-accumulates.

    Every question comes with a worked solution, and every wrong option is a named misconception.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main() -> None:
    """Run the command and leave with its exit code: 2 for a mistake in what was asked, 130 for Ctrl-C."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        run(sys.argv[1:])
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except QuizgenError as error:
        leave(str(error))
    except click.ClickException as error:
        leave(error.format_message())
    except (click.Abort, KeyboardInterrupt):
        leave("stopped.", INTERRUPTED)
    except BrokenPipeError:
        nothing_more_to_say()
        leave("nobody reads the output any more.")
    except OSError as error:
        nothing_more_to_say()
        leave(f"{error.strerror}.")


def run(args: list[str]) -> None:
    """The command with its errors as they come: click's own `main` would catch some of them."""
    if COMPLETE in os.environ:
        from click.shell_completion import shell_complete

        sys.exit(shell_complete(cli, {}, "quizgen", COMPLETE, os.environ[COMPLETE]))
    with cli.make_context("quizgen", args) as context:
        cli.invoke(context)


def nothing_more_to_say() -> None:
    """Keep Python from writing what is left when it ends, as the note on SIGPIPE in its `signal` module has it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def leave(message: str, code: int = MISTAKE) -> NoReturn:
    """Say what is wrong in one line, and go."""
    print("quizgen:", " ".join(message.split()), file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
