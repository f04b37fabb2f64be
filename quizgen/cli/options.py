"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

templates_option = click.option(
    "--templates",
    "folders",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="DIR",
    help="A folder with templates of your own; they come before the built-in ones. Repeatable.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")
notation_option = click.option(
    "--notation",
    default="fhw",
    show_default=True,
    metavar="NAME",
    help="How formulas are written: fhw for k(fhw+1), nml for (nml+1)k, nwhc for nwhc+n, or words.",
)
