"""What `quizgen.authoring.checking` found, as text for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def as_text(found: dict[str, Any]) -> str:
    """The object as text for people."""
    lines = [found["file"]]
    for one in found["mistakes"]:
        line = f" line {one['line']}" if one["line"] else ""
        field = f", field “{one['field']}”" if one["field"] else ""
        lines.append(f"  MISTAKE{line}{field}: {one['what']} {one['remedy']}".rstrip())
    if "questions" in found:
        lines += list(described(found))
    lines += [f"  NOTE: {complaint}." for complaint in found["complaints"]]
    if not found["mistakes"] and not found["complaints"]:
        lines.append("  Nothing to complain of.")
    return "\n".join(lines) + "\n"


def described(found: dict[str, Any]) -> Iterator[str]:
    low, high = found["difficulty"]
    least, most = found["minutes"]
    yield (
        f"  {found['questions']:,} questions of {found['seeds']:,} seeds, {found['distinct']:,} distinct; "
        f"{found['milliseconds']:.1f} ms each"
    )
    yield f"  hidden {found['hidden']}, ambiguous {found['ambiguous']}, equal options {found['equal']}"
    yield (
        f"  stems of up to {found['words']} words; difficulty {low} to {high}, {least:g} to {most:g} minutes; "
        f"{found['hints']} hint{'' if found['hints'] == 1 else 's'}"
    )
    if found["red_herrings"]:
        yield f"  red herrings: {', '.join(found['red_herrings'])}"
    written = ", ".join(f"{format} {number:,}" for format, number in found["outputs"].items())
    yield f"  written with solutions: {written}"
