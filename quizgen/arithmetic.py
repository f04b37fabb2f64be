"""The arithmetic that layers share. Every function here is blind to whether it is given ints or letters.

Settings that change nothing (stride 1, dilation 1, no padding, one group) always come as ints, so that a formula
leaves out what an author would leave out: `n - k + 1`, not `(n + 2·0 - 1·(k - 1) - 1) / 1 + 1`.
"""

from __future__ import annotations

from collections.abc import Iterable


def product(factors: Iterable[int]) -> int:
    """The product from left to right, without a leading 1 when there is anything to multiply."""
    result: int | None = None
    for factor in factors:
        result = factor if result is None else result * factor
    return 1 if result is None else result


def total(terms: Iterable[int]) -> int:
    """The sum from left to right, without a leading 0 and without the terms that are plainly 0."""
    result: int | None = None
    for term in terms:
        if isinstance(term, int) and term == 0:
            continue
        result = term if result is None else result + term
    return 0 if result is None else result


def copies(count: int, size: int) -> int:
    """So many of one size: nothing for none, and the bare size for one."""
    if isinstance(count, int) and count < 2:
        return size if count else 0
    return count * size


def share(whole: int, parts: int) -> int:
    """A whole dealt out evenly, where it always comes out: channels per group, model width per head."""
    if not isinstance(whole, int) or not isinstance(parts, int):
        return whole if isinstance(parts, int) and parts == 1 else whole / parts
    if whole % parts:
        raise ValueError(f"{whole} does not divide into {parts} equal parts")
    return whole // parts


def real(size: int) -> int:
    """The number behind a size, for the rules that have to compare: an int itself, or what a symbol stands for."""
    return size if isinstance(size, int) else size.number


def ceil_div(a: int, b: int) -> int:
    """a / b, rounded up."""
    return a if isinstance(b, int) and b == 1 else -(-a // b)


def span(kernel: int, dilation: int) -> int:
    """How many cells a dilated kernel reaches over: d(k - 1) + 1 (Yu & Koltun 2016)."""
    return kernel if isinstance(dilation, int) and dilation == 1 else dilation * (kernel - 1) + 1


def windows(size: int, reach: int, stride: int, before: int = 0, after: int = 0) -> int:
    """How many windows of `reach` cells fit on an axis: ⌊(n + p - k) / s⌋ + 1 (Dumoulin & Visin 2016, relationship 6)."""
    room = padded(size, before, after) - reach
    return room + 1 if isinstance(stride, int) and stride == 1 else room // stride + 1


def padded(size: int, before: int, after: int) -> int:
    """The axis with its padding: n + 2p when both sides get the same, else n + b + a."""
    if before is after or before == after:
        return size if isinstance(before, int) and before == 0 else size + 2 * before
    return total((size, before, after))


def cropped(size: int, before: int, after: int) -> int:
    """The axis without what is cut off: n - 2p when both sides lose the same, else n - b - a."""
    if before is after or before == after:
        return size if isinstance(before, int) and before == 0 else size - 2 * before
    return total((size, -before, -after))


def windows_up(size: int, reach: int, stride: int, before: int = 0, after: int = 0) -> int:
    """How many windows there are when the last may hang over the end: ⌈(n + p - k) / s⌉ + 1 (PyTorch's `ceil_mode`).

    One that would start in the padding behind the input is dropped, which leaves as many as fit.
    """
    last_start = ceil_div(real(size) + real(before) + real(after) - real(reach), real(stride)) * real(stride)
    if last_start >= real(size) + real(before):
        return windows(size, reach, stride, before, after)
    return ceil_div(padded(size, before, after) - reach, stride) + 1
