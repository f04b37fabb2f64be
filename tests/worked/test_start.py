"""SymPy takes longer to load than a sheet to print, and formulas do not need it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from quizgen.notation import NOTATIONS


@pytest.mark.parametrize("notation", [known.name for known in NOTATIONS])
def test_a_sheet_is_made_without_sympy(notation: str, tmp_path: Path) -> None:
    options = ["--count", "20", "--seed", "12", "--format", "txt", "--notation", notation, "--out", str(tmp_path)]
    command = [sys.executable, "-X", "importtime", "-m", "quizgen", "sheet", *options]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "quizgen.worked" in ran.stderr
    assert "sympy" not in ran.stderr
