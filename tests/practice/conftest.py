"""What the tests of practice share."""

from __future__ import annotations

from tests.practice.playing import learner, practise

__all__ = ["learner", "practise"]
