"""A value is text and never markup: each output shows all of it, with the markup that a harmless word would have."""

import re
from html.parser import HTMLParser
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pypdf import PdfReader

from quizgen.maths import MathsError
from quizgen.prose import Code, Prose, Table, prose
from quizgen.render.document import (
    AnswerLine,
    Document,
    Fields,
    Item,
    OptionList,
    Reasons,
    TrueFalseList,
)
from quizgen.render.formats import writer
from quizgen.render.html import HtmlWriter
from quizgen.render.markdown import MarkdownWriter
from quizgen.render.text import TextWriter
from tests.render.sample import HOSTILE, hostile

PLACES = {
    "alone": lambda value: prose("{}", value),
    "amid words": lambda value: prose("before {} after", value),
    "strong": lambda value: prose("a **{}** b", value),
    "emphasised": lambda value: prose("a *{}* b", value),
    "inline code": lambda value: prose("a `{}` b", value),
    "code": lambda value: prose("a {} b", Code(value)),
    "listing": lambda value: prose("{}", Code(value)),
    "fence": lambda value: prose("```\n{}\n```", value),
    "heading": lambda value: prose("## {}", value),
    "list item": lambda value: prose("- {}\n- x", value),
    "quotation": lambda value: prose("> {}", value),
    "cell of a template's table": lambda value: prose("| a | b |\n|---|---|\n| {} | x |", value),
    "table": lambda value: prose("{}", Table((value, "x"), ((value, "x"),), "lr")),
    "option": lambda value: prose("{}", OptionList((("A", value), ("B", "x")))),
    "statement": lambda value: prose("{}", TrueFalseList((prose("{} x", value),))),
    "reason": lambda value: prose("{}", Reasons(value, (("A", value, prose("{}", value)),))),
    "label": lambda value: prose("{}\n\n{}", AnswerLine(value), Fields((value,))),
}
HARMLESS = "word"


class Reader(HTMLParser):
    """The text of a page and its tags with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[object] = []
        self.feed(page)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))


def read_markdown(text: str) -> Reader:
    """Markdown as another reader of it shows it."""
    markdown = MarkdownIt("commonmark").enable("table")
    dollarmath_plugin(markdown)
    return Reader(markdown.render(text))


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", HOSTILE)
class TestValues:
    def test_in_html(self, value: str, place: str) -> None:
        page = Reader(HtmlWriter().prose(PLACES[place](value)))
        assert value in page.text
        assert tags_apart_from_rows(page) == tags_apart_from_rows(Reader(HtmlWriter().prose(PLACES[place](HARMLESS))))

    def test_in_markdown(self, value: str, place: str) -> None:
        page = read_markdown(MarkdownWriter().prose(PLACES[place](value)))
        assert flat(value) in flat(page.text)
        assert page.tags == read_markdown(MarkdownWriter().prose(PLACES[place](HARMLESS))).tags

    def test_in_text(self, value: str, place: str) -> None:
        written = TextWriter().prose(PLACES[place](value))
        assert flat(value) in flat(re.sub("(?m)^> ", "", written) if place == "quotation" else written)


def tags_apart_from_rows(page: Reader) -> list[object]:
    """Options that are short stand in one row, which is no matter of markup."""
    return [tag for tag in page.tags if tag not in (("ul", [("class", "options row")]), ("ul", [("class", "options")]))]


def test_in_a_whole_html_page() -> None:
    page = Reader(HtmlWriter().document(hostile()).decode())
    assert not {"script", 'b"', "img"} & {tag for tag, _ in page.tags}  # type: ignore[misc]
    assert all(page.text.count(value) >= 15 for value in HOSTILE)


def test_in_a_pdf() -> None:
    """Typst turns straight quotes into curly ones and sets three dots closer; everything else is printed as it is."""
    pages = PdfReader(BytesIO(writer("pdf").document(hostile()))).pages
    printed = "".join("".join(page.extract_text() for page in pages).split())
    for value in HOSTILE:
        assert printed.count("".join(value.split())) >= 7, value


@pytest.mark.parametrize("name", ["html", "md", "tex", "txt", "pdf"])
def test_title_command_and_names_are_text(name: str) -> None:
    value = r"</title> \end{document} $x$ `#` #let | _"
    document = Document("questions", value, Prose(""), (Item(1, value, prose("?"), 1, value),), value, value)
    written = writer(name).document(document)
    if name == "html":
        assert Reader(written.decode()).text.count(value) == 5
    if name == "md":
        assert flat(read_markdown(written.decode()).text).count(value) == 4
    if name == "txt":
        assert flat(written.decode()).count(value) == 4
    if name == "tex":
        assert written.decode().count(r"\end{document}") == 1


texts = st.text(st.characters(exclude_categories=["Cc", "Cs", "Co"]), min_size=1)


@given(texts)
def test_any_text_is_recovered_from_html(value: str) -> None:
    page = Reader(HtmlWriter().prose(prose("before {} after\n\n`{}`\n\n{}", value, value, Code(value))))
    assert page.text.count(value) >= 3
    assert len(page.tags) == 5


@given(texts)
def test_any_text_is_recovered_from_plain_text(value: str) -> None:
    written = flat(TextWriter().prose(prose("before {} after\n\n{}", value, Table(("a", "b"), ((value, 1),), "lr"))))
    assert f"before {value} after".split() == written.split()[: len(f"before {value} after".split())]
    assert written.endswith(flat(f"{value} 1")) or len(value) > 60


@given(texts.filter(str.strip))
def test_any_text_is_recovered_from_markdown(value: str) -> None:
    page = read_markdown(MarkdownWriter().prose(prose("{}\n\nbefore {} after\n\na `{}`", value, value, value)))
    assert flat(page.text) == flat(f"{value} before {value} after a {value}")


# Words of a template: Markdown that somebody else has written.

WORDS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a <b onclick='alert(1)'>b</b>",
    "<!-- comment -->",
    "<?php ?>",
    "&lt;script&gt;",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:a)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    "[x](mailto:a@b.example)",
    "[x]\n\n[x]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![x](https://evil.example/track.png)",
    '[x](https://a.example"onclick="alert(1))',
    "[x](https://a.example/<script>)",
    "[x](https://a.example 'title\" onclick=alert(1)')",
    "# <svg onload=alert(1)>",
    "| a |\n|---|\n| <script>x</script> |",
    "```html\n<script>x</script>\n```",
    '``` "><script>x</script>\nx\n```',
]
HARMFUL = re.compile(r"(?i)javascript:|data:|vbscript:|file:|mailto:|^//")


def hrefs(page: Reader) -> list[str | None]:
    return [value for _, attrs in page.tags for name, value in attrs if name in ("href", "src")]  # type: ignore[misc, attr-defined]


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize(
    "write",
    [
        lambda words: HtmlWriter().prose(Prose(words)),
        lambda words: MarkdownIt("commonmark", {"html": True}).render(MarkdownWriter().prose(Prose(words))),
    ],
    ids=["html", "markdown"],
)
def test_words_make_no_tags_of_their_own_and_no_links_but_to_the_web(words: str, write) -> None:  # type: ignore[no-untyped-def]
    """Markdown is read again by a reader that would let HTML through."""
    page = Reader(write(words))
    tags = {tag for tag, _ in page.tags}  # type: ignore[misc]
    assert tags <= {
        "p",
        "a",
        "h1",
        "h2",
        "h3",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "pre",
        "code",
        "em",
        "strong",
        "div",
        "span",
    }
    attributes = {name for _, attrs in page.tags for name, _ in attrs}  # type: ignore[misc, attr-defined]
    assert attributes <= {"href", "class", "id", "title", "tabindex", "role", "aria-label", "scope"}
    assert all(str(address).startswith(("http://", "https://")) for address in hrefs(page))


@pytest.mark.parametrize("words", WORDS)
def test_links_of_latex_lead_to_the_web(words: str) -> None:
    written = writer("tex").prose(Prose(words))
    assert all(address.startswith("https://") for address in re.findall(r"\\(?:href|url)\{(.*?)\}", written))


@pytest.mark.parametrize(
    "words", [r"\write18{ls}", r"\input{/etc/passwd}", '#read("/etc/passwd")', '#import "x"', "$", "%", "@x", "= x"]
)
def test_words_run_nothing_in_latex_or_typst(words: str) -> None:
    assert words in flat(TextWriter().prose(Prose(words)))
    assert not re.search(r"(?<!\\)\\(write|input)", writer("tex").prose(Prose(words)))
    assert (
        writer("pdf")
        .document(Document("questions", "T", Prose("# T"), (Item(1, "a:1", Prose(words)),), "quizgen"))
        .startswith(b"%PDF")
    )


@pytest.mark.parametrize(
    "words", [r"$\input{x}$", r"a $$\input{x}$$ b", "`a $` $\\write18{ls}$", r"$\href{javascript:alert(1)}{x}$"]
)
@pytest.mark.parametrize("format", ["html", "md", "tex", "txt"])
def test_a_formula_holds_known_commands_only(words: str, format: str) -> None:
    with pytest.raises(MathsError, match="there is no command"):
        writer(format).prose(Prose(words))
