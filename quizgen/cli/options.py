"""Options that several commands share, and what completes their values in a shell."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click
from click.core import ParameterSource

PATH = click.Path(path_type=Path, readable=False)
"""A path that is checked where it is used, so that a mistake is said in one way."""


def completed(names: Callable[[Sequence[Path]], Iterable[str]]) -> Callable[..., list[str]]:
    """What completes a value by one of these names, given the folders of `--templates`."""

    def complete(context: click.Context, parameter: click.Parameter, typed: str) -> list[str]:
        return [name for name in names(context.params.get("folders") or ()) if name.startswith(typed)]

    return complete


def listed(what: str) -> Callable[..., list[str]]:
    """What completes a value by the names of `quizgen list WHAT`."""

    def names(folders: Sequence[Path]) -> Iterable[str]:
        from quizgen.catalogue import entries

        return (entry["name"] for entry in entries(what, folders))

    return completed(names)


def as_typed(context: click.Context, without: Sequence[str]) -> str:
    """The command line that gives this context, without what is as it would be anyway and without these options."""
    words = ["quizgen", str(context.info_name)]
    for parameter in context.command.params:
        name = str(parameter.name)
        if name in without or context.get_parameter_source(name) is not ParameterSource.COMMANDLINE:
            continue
        value = context.params[name]
        for one in value if isinstance(value, tuple) else (value,):
            words += [] if isinstance(parameter, click.Argument) else [parameter.opts[-1]]
            words += [] if one is True else [str(one)]
    return shlex.join(words)


def formats(folders: Sequence[Path]) -> Iterable[str]:
    from quizgen.render.parts import FORMATS

    return FORMATS


def notations(folders: Sequence[Path]) -> Iterable[str]:
    from quizgen.notation import NOTATIONS

    return (notation.name for notation in NOTATIONS)


templates_option = click.option(
    "--templates",
    "folders",
    type=PATH,
    multiple=True,
    metavar="DIR",
    help="A folder with templates of your own, which come before the built-in ones; repeatable.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")
notation_option = click.option(
    "--notation",
    default="fhw",
    show_default=True,
    metavar="NAME",
    shell_complete=completed(notations),
    help="How formulas are written: fhw for k(fhw+1), nml for (nml+1)k, nwhc for nwhc+n, or words.",
)

profile_option = click.option(
    "--profile",
    default="default",
    show_default=True,
    metavar="NAME",
    help="Whose practice it is, where several people share a machine.",
)
data_option = click.option(
    "--data",
    type=PATH,
    metavar="DIR",
    help="The folder in which practice is remembered.  [default: where the system keeps a user's data]",
)
