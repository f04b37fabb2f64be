"""Every command and every option has help, and is written about in the README or in docs/command-line.md."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from quizgen.cli.main import COMMANDS, cli
from quizgen.plan_file import PLAN_FIELDS, SECTION_FIELDS
from tests.cli.conftest import Quizgen

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")


def options() -> Iterator[tuple[str, click.Option]]:
    """Every option of every command, those of `quizgen` itself under an empty name."""
    whole = cli.make_context("quizgen", [], resilient_parsing=True)
    contexts = {"": whole}
    for name in cli.list_commands(whole):
        command = cli.get_command(whole, name)
        assert command is not None
        contexts[name] = command.make_context(name, [], parent=whole, resilient_parsing=True)
        contexts |= {f"{name} {one.info_name}": one for one in commands_of(contexts[name])}
    for name, context in contexts.items():
        parameters = context.command.get_params(context)
        yield from ((name, parameter) for parameter in parameters if isinstance(parameter, click.Option))


def commands_of(context: click.Context) -> Iterator[click.Context]:
    """The commands of a group, such as `quizgen data`; none where it is none."""
    group = context.command
    for name in group.list_commands(context) if isinstance(group, click.Group) else ():
        command = group.get_command(context, name)
        assert command is not None
        yield command.make_context(name, [], parent=context, resilient_parsing=True)


every_command = pytest.mark.parametrize("name", COMMANDS)
every_option = pytest.mark.parametrize(
    ("name", "option"), list(options()), ids=[f"{name or 'quizgen'} {option.opts[-1]}" for name, option in options()]
)


def about(name: str) -> str:
    """What the reference says about all commands, and about this one."""
    general, *parts = re.split(r"^## ", REFERENCE, flags=re.MULTILINE)
    return general + "".join(part for part in parts if name and part.startswith(f"`quizgen {name.split()[0]}"))


@every_command
def test_a_command_says_what_it_does(name: str, run: Quizgen) -> None:
    ran = run(name, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"Usage: quizgen {name} ")
    assert all(len(line) <= 100 for line in ran.out.splitlines())


@every_option
def test_an_option_says_what_it_does(name: str, option: click.Option) -> None:
    assert option.help
    assert option.help.strip().endswith((".", "]", ")", "...")), option.help


@every_command
def test_a_command_is_documented(name: str) -> None:
    assert f"## `quizgen {name}" in REFERENCE


@every_option
def test_an_option_is_documented(name: str, option: click.Option) -> None:
    assert all(re.search(rf"[` ]{spelling}\b", about(name)) for spelling in option.opts)


def test_nothing_is_documented_that_is_not_there() -> None:
    there = {spelling for _, option in options() for spelling in option.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z]+", REFERENCE + README)) <= there


@pytest.mark.parametrize("field", [*PLAN_FIELDS, *SECTION_FIELDS])
def test_a_field_of_a_plan_is_documented(field: str) -> None:
    plan = next(part for part in REFERENCE.split("\n## ") if part.startswith("A plan"))
    assert f"`{field}`" in plan or f"`[[{field}]]`" in plan


def examples() -> list[str]:
    """The commands in the README's and the guides' shell blocks."""
    texts = [README, *(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md")))]
    blocks = [block for text in texts for block in re.findall(r"```bash\n(.*?)```", text, re.DOTALL)]
    return [line for block in blocks for line in block.splitlines() if line.startswith("quizgen ")]


@pytest.mark.parametrize("line", examples())
def test_an_example_works(line: str, run: Quizgen, tmp_path: Path) -> None:
    """With smaller numbers, and in Markdown where a PDF would take longer and say the same."""
    plan = re.search(r"```toml\n(.*?)```", README, re.DOTALL)
    assert plan
    (tmp_path / "midterm.toml").write_text(plan[1], encoding="utf-8")
    own_question(tmp_path / "my-templates")
    for name in ("net.py", "a.py", "b.py"):
        (tmp_path / name).write_text("Sequential([Input((28, 28, 1)), Conv2D(32, 3), Flatten(), Dense(10)])")
    words = shlex.split(re.sub(r"(--variants|-n) \d+", r"\1 2", line), comments=True)
    ran = run(*words[1:], *(["--format", "md"] if words[1] == "sheet" else []))
    assert ran.code in ((0, 1) if words[1] == "check" else (0,)), ran.err
    assert ran.err == "" or ran.err.startswith("seed ")


def own_question(folder: Path) -> None:
    """The question that docs/writing-a-question.md shows."""
    guide = (ROOT / "docs" / "writing-a-question.md").read_text(encoding="utf-8")
    for name, text in re.findall(r"<!-- example: (\S+) -->\n```\n(.*?)```", guide, re.DOTALL):
        (folder / "questions").mkdir(parents=True, exist_ok=True)
        (folder / "questions" / name).write_text(text, encoding="utf-8")
