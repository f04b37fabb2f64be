"""Brackets of the right height, measured in Chromium."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape

import pytest

from quizgen.maths import mathml, parse

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

MEASURE = """
<pre id="sizes"></pre>
<script>
const height = element => element.getBoundingClientRect().height
document.getElementById("sizes").textContent = JSON.stringify([...document.querySelectorAll("math")].map(math => ({
  brackets: [...math.querySelectorAll("mo")].filter(mo => "()⌊⌋".includes(mo.textContent)).map(height),
  fraction: Math.max(0, ...[...math.querySelectorAll("mfrac")].map(height)),
})))
</script>
"""


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    assert CHROMIUM, "this test needs Chromium"

    def measure(*latexes):
        page = tmp_path_factory.mktemp("maths") / "formulas.html"
        formulas = "".join(f"<p>{mathml(parse(latex), display=True)}</p>" for latex in latexes)
        page.write_text(f'<!doctype html><meta charset="utf-8">{formulas}{MEASURE}', encoding="utf-8")
        command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page.as_uri()]
        dom = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found = re.search(r'<pre id="sizes">(.*?)</pre>', dom, re.DOTALL)
        assert found
        return json.loads(unescape(found[1]))

    return measure


@pytest.mark.system
def test_brackets_are_as_tall_as_what_they_hold(measured):
    line, flat, squared, tall, floor, nested = measured(
        "(n)",
        r"k \left(f h w + 1\right)",
        r"\left(n^{2} + x_{1}\right)",
        r"k \left(\frac{f}{g} h w + 1\right)",
        r"\left\lfloor{\frac{n - k}{s}}\right\rfloor + 1",
        r"\left(\left\lfloor{\frac{n}{s}}\right\rfloor + 1\right)",
    )
    assert flat["brackets"] == squared["brackets"] == line["brackets"]
    for formula in (tall, floor, nested):
        assert min(formula["brackets"]) >= formula["fraction"] > max(line["brackets"])
