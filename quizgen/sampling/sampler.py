"""A random network for a question, valid by construction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias, TypeVar

from quizgen.errors import LayerError, ShapeError, TemplateError, nearest
from quizgen.network import Network
from quizgen.sampling.families import FAMILIES
from quizgen.sampling.layers import LAYER_KINDS
from quizgen.sampling.literature import Literature, read_literature
from quizgen.sampling.request import Request
from quizgen.sampling.series import LEVELS
from quizgen.sampling.subject import Family, LayerKind
from quizgen.stream import Stream

Subject: TypeAlias = LayerKind | Family | Literature
"""What a question can be about."""
Found = TypeVar("Found", LayerKind, Family)


class Sample(NamedTuple):
    """A network, and the name of the node that the question is about."""

    network: Network
    focus: str


def sample(about: Mapping[str, object], level: int, stream: Stream) -> Sample:
    """A network of what `about` names, with the settings that it fixes, all else drawn from the stream for the level.

    about: `{ layer = "Conv2D", ... }`, a network of that one layer, `{ family = "cnn2d", ... }`, or a network from the
        literature, `{ architecture = ["vgg-16", "alexnet"] }`, with `layer` or `block` for a part of it; the other
        settings are those of `quizgen.sampling.settings`.
    level: 0 to 16, the series in `quizgen.sampling.series`: which settings, kinds and numbers may occur.
    Raises TemplateError where `about` can't be satisfied.
    """
    if level not in LEVELS:
        raise TemplateError(f"there is no level {level}.", remedy=f"The series goes from {LEVELS[0]} to {LEVELS[-1]}.")
    subject, fixed = read(about)
    if level < subject.level:
        raise TemplateError(
            f"“{subject.name}” does not occur at level {level}.", remedy=f"It comes at level {subject.level:d}."
        )
    request = Request(fixed, subject.settings, level, stream, subject.frameworks)
    try:
        network = subject.draw(request)
        if request.constrained and not isinstance(subject, Literature):
            # What an author fixed may not fit together; what was drawn does.
            request.check_read()
            _ = network.rows
    except (LayerError, ShapeError) as error:
        raise TemplateError(f"no {subject.name} can be drawn like this: {error.what}", remedy=error.remedy) from error
    return Sample(network, network.nodes[-1].name)


def read(about: Mapping[str, object]) -> tuple[Subject, dict[str, object]]:
    """What `about` names, and the settings that it fixes."""
    fixed = dict(about)
    named = [name for name in ("layer", "family", "architecture") if name in fixed]
    if "architecture" in named and "family" not in named:
        literature = read_literature(fixed, KINDS_BY_NAME)
        return literature, dict(literature.fixed)
    if len(named) != 1:
        raise TemplateError(
            "“about” names neither a layer nor a family, or both.",
            remedy='Write { layer = "Conv2D" }, { family = "cnn2d" } or { architecture = "vgg-16" }.',
        )
    if "layer" in fixed:
        return find("layer", fixed.pop("layer"), KINDS_BY_NAME), fixed
    return find("family", fixed.pop("family"), FAMILIES_BY_NAME), fixed


def find(field: str, name: object, known: Mapping[str, Found]) -> Found:
    """What carries the name."""
    found = known.get(name) if isinstance(name, str) else None
    if found is None:
        raise TemplateError(f"there is no {field} “{name}”.", remedy=nearest(str(name), known))
    return found


KINDS_BY_NAME: dict[str, LayerKind] = {kind.name: kind for kind in LAYER_KINDS}
FAMILIES_BY_NAME: dict[str, Family] = {family.name: family for family in FAMILIES}
