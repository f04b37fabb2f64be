"""quizgen as it is installed: a wheel that works outside of the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT]
    subprocess.run(pip, check=True, cwd=folder)
    (built,) = folder.glob("quizgen-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the wheel installs, away from the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    ZipFile(wheel).extractall(folder)
    return folder


def quizgen(installed: Path, folder: Path, *arguments: str) -> str:
    code = "from quizgen.cli.main import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(installed)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def test_it_holds_templates_and_styles_and_no_tests(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    for kind in ("questions", "sheets"):
        shipped = {Path(name).name for name in names if name.startswith(f"quizgen/question_templates/{kind}/")}
        assert shipped == {path.name for path in (ROOT / "question_templates" / kind).glob("*.md")}
    assert {"quizgen/py.typed", "quizgen/render/sheet.css", "quizgen/render/sheet.typ"} <= set(names)
    assert not [name for name in names if name.startswith(("tests", "benchmarks", "output"))]


def test_it_installs_a_command(wheel: Path) -> None:
    archive = ZipFile(wheel)
    (entry_points,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
    assert "quizgen = quizgen.cli.main:main" in archive.read(entry_points).decode()


def test_it_is_what_is_imported(installed: Path, tmp_path: Path) -> None:
    code = "import quizgen; print(quizgen.__file__)"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert Path(ran.stdout.strip()).is_relative_to(installed)


@pytest.mark.parametrize("format", ["html", "pdf", "md", "tex", "txt", "json"])
def test_it_makes_the_same_sheets_as_the_checkout(installed: Path, tmp_path: Path, format: str) -> None:
    asked = ("sheet", "--seed", "7", "--count", "12", "--format", format, "--key", "short")
    quizgen(installed, tmp_path, *asked, "--out", "from-wheel")
    quizgen(ROOT, tmp_path, *asked, "--out", "from-checkout")
    made = {path.name: path.read_bytes() for path in (tmp_path / "from-wheel").iterdir()}
    assert made
    assert made == {path.name: path.read_bytes() for path in (tmp_path / "from-checkout").iterdir()}


def test_it_lists_the_same_questions(installed: Path, tmp_path: Path) -> None:
    assert quizgen(installed, tmp_path, "list", "questions") == quizgen(ROOT, tmp_path, "list", "questions")
