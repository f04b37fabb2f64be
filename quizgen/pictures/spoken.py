"""A picture in words: what a screen reader says in its place."""

from quizgen.pictures.diagram import Cell, Diagram, Repeat


def spoken(drawn: Diagram, *, show_shapes: bool) -> str:
    """What comes in, each layer by kind, name and settings, and which branches join where."""
    entrances = [cell for cell in drawn.cells if not cell.sources]
    inputs = " and ".join(f"{cell.name} ({cell.shape})" for cell in entrances)
    repeats = {repeat.first: repeat for repeat in drawn.repeats}
    layers = "; ".join(
        refrain(repeats.get(at)) + phrase(drawn.cells, at, show_shapes=show_shapes)
        for at, cell in enumerate(drawn.cells)
        if cell.sources
    )
    return f"A network from {inputs} to {drawn.cells[-1].name}: {layers}.".replace("×", "by")


def phrase(cells: tuple[Cell, ...], at: int, *, show_shapes: bool) -> str:
    """One cell, and what it reads where that isn't just the cell before it."""
    cell = cells[at]
    if not cell.kind:
        return cell.settings
    details = [cell.settings] if cell.settings else []
    if show_shapes:
        details.append(f"output {cell.shape}")
    aside = f" ({'; '.join(details)})" if details else ""
    names = [cells[source].name or "the layers before" for source in cell.sources]
    if len(names) > 1:
        reads = f", which joins {', '.join(names[:-1])} and {names[-1]}"
    else:
        reads = "" if cell.sources == (at - 1,) else f", which reads {names[0]}"
    return f"{cell.kind} {cell.name}{aside}{reads}"


def refrain(repeat: Repeat | None) -> str:
    """The words before a run that is drawn once."""
    if repeat is None:
        return ""
    length = repeat.last - repeat.first + 1
    return f"{repeat.times} times the next {'layer' if length == 1 else f'{length} layers'}: "
