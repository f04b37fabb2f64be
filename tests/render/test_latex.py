"""LaTeX with the `exam` class: how each construct is written, and that it compiles without a warning."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from quizgen.layers.base import Shape
from quizgen.prose import Blank, Code, Drawing, Items, Maths, Prose, Table, Value, mark, prose
from quizgen.render.document import (
    AnswerLine,
    Document,
    Fields,
    Item,
    OptionList,
    Reasons,
    TrueFalseList,
    WorkingSpace,
)
from quizgen.render.latex import ROWS_OF_A_PAGE, LatexWriter
from tests.render.sample import BARE, KEY, QUESTIONS, SOLUTIONS, hostile

PRODUCT = Maths(rf"{mark(0)} \times \left({mark(1)} + 1\right)", (1000, 27))

RUNNING: list[tuple[Prose, str]] = [
    (prose("**strong**, *emphasised*, `code`"), r"\textbf{strong}, \emph{emphasised}, \texttt{code}"),
    (prose("[a link](https://example.org/a_b?c=%20#d)"), r"\href{https://example.org/a_b?c=\%20\#d}{a link}"),
    (prose("{} of {}", 7600, Shape((26, 26, 1024))), r"7,600 of $26 \times 26 \times 1{,}024$"),
    (prose("${}$ and $n = {}$", PRODUCT, 7600), r"$1{,}000 \times \left(27 + 1\right)$ and $n = 7{,}600$"),
    (prose("$s = {}$", Shape((3, 3))), r"$s = 3 \times 3$"),
    (prose("$n = {}$", "conv2d_1"), r"$n = \text{conv2d\_1}$"),
    (prose("{}", r"a\b {c} $5 & #6 100% x_1"), r"a\textbackslash{}b \{c\} \$5 \& \#6 100\% x\_1"),
    (prose("{}", "^ ~ |"), r"\textasciicircum{} \textasciitilde{} \textbar{}"),
    (prose("{}", '<a "b`>'), r"\textless{}a \textquotedbl{}b\textasciigrave{}\textgreater{}"),
    (prose("{}", "[a] *b*"), "{[}a{]} {*}b{*}"),
    (prose("{}", "a--b ---c ,,d ''e"), "a-{}-b -{}-{}-c ,{},d '{}'e"),
    (prose("{}", "3 × 3 − 1 ≤ 8 … → α"), r"3 $\times$ 3 $-$ 1 $\leq$ 8 $\ldots$ $\rightarrow$ $\alpha$"),
    (prose("{}", "größer “so” – Łódź"), "größer “so” – Łódź"),
    (prose("{}", "漢 🙂"), r"\unicode{6F22} \unicode{1F642}"),
    (prose("`{}`", "it's --x"), r"\texttt{it\textquotesingle{}s -{}-x}"),
    (prose("a {} b", Blank()), r"a \blank{} b"),
    (prose("# {}\n\n## b\n\n### c", "A & B"), "\\sheettitle{A \\& B}\n\n\\subsection*{b}\n\n\\subsubsection*{c}"),
    (prose("> quoted {}", "x"), "\\begin{quote}\nquoted x\n\\end{quote}"),
    (prose("3. a\n4. b"), "\\begin{enumerate}\n\\tight\n\\item[3.] a\n\\item[4.] b\n\\end{enumerate}"),
    (prose("```\n{}\n```", r"\end{listing}"), "\\begin{listing}\n\\textbackslash{}end\\{listing\\}\n\\end{listing}"),
]  # fmt: skip

BLOCKS: list[tuple[Value, str]] = [
    (
        Maths(PRODUCT.latex, PRODUCT.values, display=True),
        "\\begin{formula}\n1{,}000 \\times \\left(27 + 1\\right)\n\\end{formula}",
    ),
    (Code("x = {1}  # 100 %\n"), "\\begin{listing}\nx = \\{1\\}  # 100 %\n\\end{listing}"),
    (Items((prose("a"), prose("b"))), "\\begin{itemize}\n\\tight\n\\item a\n\\item b\n\\end{itemize}"),
    (
        Items((prose("a"), prose("b")), numbered=True),
        "\\begin{enumerate}\n\\tight\n\\item a\n\\item b\n\\end{enumerate}",
    ),
    (
        OptionList((("A", 2500), ("B", 7600))),
        "\\begin{oneparchoices}\n\\choice 2,500\n\\choice 7,600\n\\end{oneparchoices}",
    ),
    (OptionList((("A", 2500), ("B", PRODUCT)), tick=False), (
        "{\\renewcommand{\\ticked}{}\n\\begin{choices}\n\\choice 2,500\n"
        "\\choice $1{,}000 \\times \\left(27 + 1\\right)$\n\\end{choices}}"
    )),
    (TrueFalseList((prose("It has {}.", 7600),)), "\\begin{statements}\n\\item It has 7,600.\n\\end{statements}"),
    (AnswerLine(), "\\answer{Answer}"),
    (Fields(("Name", "Date")), "\\fields{\\field{Name}\\hrulefill\\quad\\field{Date}}"),
    (WorkingSpace(4), "\\workingspace{28mm}"),
    (
        Reasons("Why?", (("A", 2500, prose("It is *one* deep.")), ("2", "", prose("No.")), ("", 3, prose("Yes.")))),
        "\\begin{reasons}{Why?}\n\\reason{\\textbf{A} \\wrong{2,500}} It is \\emph{one} deep.\n"
        "\\reason{\\textbf{2}} No.\n\\reason{\\wrong{3}} Yes.\n\\end{reasons}",
    ),
    (
        Drawing("<svg/>", "A\nnet", "●─╮\n⋮\n", 9.0),
        "% A net\n\\begin{listing}\n\\cell{\\ensuremath{\\bullet}}\\wire{0}{0}{1}{1}\\wire{0}{1}{1}{0}\n"
        "\\cell{\\ensuremath{\\smash{\\vdots}}}\n\\end{listing}",
    ),
    (
        Table(("Layer", "Count"), (("a & b", 7600), ("Total", Blank())), "lr", last_is_total=True),
        "\\begin{fitted}\n\\begin{tabular}{@{}lr@{}}\n\\toprule\n\\textbf{Layer} & \\textbf{Count} \\\\\n\\midrule\n"
        "a \\& b & 7,600 \\\\\n\\midrule\n\\textbf{Total} & \\textbf{\\blank{}} \\\\\n\\bottomrule\n"
        "\\end{tabular}\n\\end{fitted}",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "written"), RUNNING, ids=[text.text for text, _ in RUNNING])
def test_running_text(text: Prose, written: str) -> None:
    assert LatexWriter().prose(text).strip("\n") == written


@pytest.mark.parametrize(("value", "written"), BLOCKS, ids=[type(value).__name__ for value, _ in BLOCKS])
def test_blocks(value: Value, written: str) -> None:
    assert LatexWriter().prose(prose("{}", value)).strip("\n") == written


def test_a_table_longer_than_a_page_may_break() -> None:
    rows = tuple((number,) for number in range(ROWS_OF_A_PAGE + 1))
    body = prose("{}", Table(("No.",), rows, "r"))
    source = LatexWriter().document(Document("questions", "", Prose(""), (Item(1, "a:1", body),), "quizgen")).decode()
    assert "\\begin{longtable}[l]{@{}r@{}}" in source
    assert "\\begin{whole}" not in source


def test_a_question_has_its_points_and_its_name_and_stays_whole() -> None:
    source = LatexWriter().document(
        Document(
            "questions", "A & B", prose("# A"), (Item(7, "a_b:1", prose("One?"), 2, "Title"),), "quizgen -x_y", "B"
        )
    )
    assert (
        "\\startquestion{7}\n\\question[2]\n\\begin{whole}\n\\textbf{Title}\n\nOne?\n\\questionname{a\\_b:1}\n\\end{whole}"
    ) in source.decode()
    assert "\\newcommand{\\sheetcommand}{quizgen -x\\_y}" in source.decode()
    assert "\\newcommand{\\sheetlabel}{B · }" in source.decode()


def compiled(document: Document, folder: Path, runs: int = 3) -> tuple[str, str]:
    """The log of the last run of pdfLaTeX, and the text of the PDF."""
    assert all(map(shutil.which, ("pdflatex", "pdftotext"))), "this test needs pdflatex and pdftotext"
    (folder / "sheet.tex").write_bytes(LatexWriter().document(document))
    for _ in range(runs):
        command = ["pdflatex", "-no-shell-escape", "-halt-on-error", "-interaction=nonstopmode", "sheet.tex"]
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
        assert run.returncode == 0, run.stdout[-2000:]
    text = subprocess.run(
        ["pdftotext", "sheet.pdf", "-"], cwd=folder, capture_output=True, text=True, check=True
    ).stdout
    return (folder / "sheet.log").read_text(errors="replace"), text


@pytest.mark.system
@pytest.mark.parametrize("document", [QUESTIONS, SOLUTIONS, KEY, BARE], ids=["questions", "solutions", "key", "bare"])
def test_compiles_without_a_warning(document: Document, tmp_path: Path) -> None:
    log, text = compiled(document, tmp_path)
    assert not re.findall(r".*(?:Warning|Overfull|Missing character).*", log)
    assert all(item.name in text for item in document.items)


@pytest.mark.system
def test_hostile_text_compiles_and_comes_out_as_text(tmp_path: Path) -> None:
    _, text = compiled(hostile(), tmp_path, runs=1)
    printed = "".join(text.split())
    for value in (r"C:\new\table", r"\input{secret} \end{document}", "$5 and $6", "a | b || c", "[no label]", "{x} }{"):
        assert printed.count("".join(value.split())) >= 15, value
