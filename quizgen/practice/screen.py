"""The terminal: says what a session says, reads what the learner types, and tells the session when he goes.

Lines are written one after the other and stay in the scrollback. Colours come from rich, which is loaded when the first
one is needed; where there are none (`NO_COLOR`, a pipe, a dumb terminal, `--plain`) the same words do without.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from time import sleep
from types import FrameType
from typing import TextIO

from quizgen.practice.talk import Ask, Left, Say, Talk, TimeUp, Tone
from quizgen.practice.writers import PlainWriter, ScreenWriter

STYLES: dict[Tone, tuple[tuple[str, str], ...]] = {
    "right": ((r"\A[^.:]*[.:]?", "bold green"),),
    "wrong": ((r"\A[^.:]*[.:]?", "bold red"),),
    "hint": ((r"\A[^.:]*[.:]?", "bold magenta"),),
    "bars": (("█+", "green"), ("░+", "dim")),
}
"""What has a colour: the words that lead, mostly. The rest is as the terminal writes it, so that it can be read on any
background."""

SPACED: tuple[Tone, ...] = ("plain", "head", "score", "bars")
"""What has an empty line below it."""

PROMPT = "> "


class Screen:
    """A terminal, or what stands in for one.

    plain: words alone, for a screen reader.
    """

    def __init__(self, *, plain: bool = False, source: TextIO | None = None, out: TextIO | None = None) -> None:
        self.plain = plain
        self.source, self.out = source or sys.stdin, out or sys.stdout
        self.talks = self.source.isatty() and self.out.isatty()
        self.coloured = self.has_colours()
        self.writers: dict[int, ScreenWriter] = {}
        self.after_space = False
        self.waiting = False
        self.wants_to_go = False

    def has_colours(self) -> bool:
        dumb = os.environ.get("TERM", "") in ("dumb", "unknown", "")
        return self.out.isatty() and not (self.plain or dumb or os.environ.get("NO_COLOR"))

    def play(self, talk: Talk[None]) -> None:
        """The whole talk, to its end."""
        reply: str | BaseException | None = None
        with self.polite():
            while True:
                try:
                    said = talk.throw(reply) if isinstance(reply, BaseException) else talk.send(reply)  # type: ignore[arg-type]
                except StopIteration:
                    return
                reply = None
                if isinstance(said, Say):
                    self.say(said)
                    continue
                try:
                    reply = self.ask(said)
                except (Left, TimeUp) as gone:
                    reply = gone

    # Saying

    @property
    def columns(self) -> int:
        """How wide the window is now: it may have changed since the last line."""
        return shutil.get_terminal_size().columns

    @property
    def writer(self) -> ScreenWriter:
        columns = 0 if self.plain else self.columns
        if columns not in self.writers:
            self.writers[columns] = PlainWriter() if self.plain else ScreenWriter(columns)
        return self.writers[columns]

    def say(self, said: Say) -> None:
        written = self.writer.prose(said.text).strip("\n")
        if said.tone in ("head", "score"):
            written = self.headed(written, said)
        if written and said.tone in STYLES and self.coloured:
            self.say_in_colour(written, said.tone)
        elif written:
            self.out.write(f"{written}\n")
        self.after_space = said.tone in SPACED and bool(written) and not self.plain
        self.out.write("\n" if self.after_space else "")
        self.out.flush()

    def headed(self, text: str, said: Say) -> str:
        """`── 3 of 10 · conv · level 3 ─────────── conv2d-params:1234 ──`, below an empty line."""
        if self.plain:
            return f"\n{f'Question {text}. {said.beside}' if said.tone == 'head' else text}"
        width = self.writer.width
        above = "" if self.after_space else "\n"
        left, right = f"── {text} ", f" {said.beside} ──" if said.beside else "──"
        if len(left) + len(right) > width:
            right = "──"
        return f"{above}{left}{'─' * (width - len(left) - len(right))}{right}"

    def say_in_colour(self, text: str, tone: Tone) -> None:
        from rich.console import Console
        from rich.text import Text

        styled = Text(text)
        for pattern, style in STYLES[tone]:
            styled.highlight_regex(pattern, style)
        Console(file=self.out, highlight=False, soft_wrap=True, force_terminal=True).print(styled)

    # Asking

    def ask(self, wanted: Ask) -> str:
        """A line from the learner. Raises Left where there is none, TimeUp where it took too long."""
        if self.talks and wanted.meanwhile:
            with signals_for_this_thread():
                Thread(target=self.meanwhile, args=(wanted.meanwhile,), daemon=True).start()
        prompt = f"{wanted.prompt} {PROMPT}".lstrip()
        self.after_space = False
        self.waiting = True
        try:
            if self.wants_to_go:
                self.wants_to_go = False
                raise Left
            with alarm(wanted.seconds):
                return self.typed(prompt) if self.talks else self.read(prompt)
        except (EOFError, KeyboardInterrupt):
            self.out.write("\n")
            raise Left from None
        finally:
            self.waiting = False

    def meanwhile(self, work: Callable[[], None]) -> None:
        """Work ahead while the learner thinks; what goes wrong comes up again when it is needed.

        A Ctrl-C would go unheard while the line that is to be read waits for the interpreter, so it goes first.
        """
        sleep(HEAD_START)
        with suppress(Exception):
            work()
        if self.coloured:
            from rich import console, text  # noqa: F401  (loaded by the time that there is something to colour)

    def typed(self, prompt: str) -> str:
        with suppress(ImportError):
            import readline  # noqa: F401  (gives `input` its line editing)
        return input(prompt)

    def read(self, prompt: str) -> str:
        """A line of what is piped in, written down as if it had been typed."""
        line = self.source.readline()
        if not line:
            raise EOFError
        self.out.write(f"{prompt}{line.rstrip()}\n")
        return line

    @contextmanager
    def polite(self) -> Iterator[None]:
        """Ctrl-C ends the talk when it next asks, and not in the midst of something; a second one ends it at once."""

        def interrupted(number: int, frame: FrameType | None) -> None:
            if self.waiting or self.wants_to_go:
                raise KeyboardInterrupt
            self.wants_to_go = True

        before = signal.signal(signal.SIGINT, interrupted)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)


HEAD_START = 0.1
"""The seconds in which the prompt is up and its line waited for."""


@contextmanager
def signals_for_this_thread() -> Iterator[None]:
    """A thread that is started in here gets no signals: one that it got would not wake the thread that reads a line."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGALRM, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def alarm(seconds: float | None) -> Iterator[None]:
    """Raise TimeUp in here after so many seconds, where the system has such a clock."""
    if seconds is None or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
