"""The agreement matrix of a group: on which share of common items two members agree."""

from comity.errors import InputError
from comity.graph.measures.cohesion import Cohesion, GroupCohesion
from comity.graph.plots.canvas import INK, LETTER, PAPER, Canvas

_CELL = 40
# From disagreement to agreement, by way of grey; blue and orange are told apart by everybody.
_LOW, _MIDDLE, _HIGH = (213, 94, 0), (240, 240, 240), (0, 114, 178)


def agreement_plot(found: Cohesion) -> str:
    """One matrix for each group, one below the other; hatched where two have nothing in common.

    Raises:
        InputError: no group has a matrix that may be shown.
    """
    shown = [one for one in found.groups if one.pairs]
    if not shown:
        reasons = [one.pairs_hidden_because for one in found.groups if one.pairs_hidden_because]
        raise InputError(f"There is no matrix to draw: {'; '.join(reasons) or 'no group votes'}.")
    names = [_members(one) for one in shown]
    label = max(len(name) for members in names for name in members) * LETTER + 24
    # Names above the columns are turned, and so need nearly their length.
    head = label * 0.9
    width = max(max(len(members) for members in names) * _CELL + label + head, 520)
    height = 70 + sum(head + 40 + len(members) * _CELL for members in names)
    told = "share of common items on which two members agree; hatched: none in common"
    canvas = Canvas(width, height, "Who agrees with whom", told)
    top = 80.0
    for one, members in zip(shown, names, strict=True):
        index = "hidden" if one.agreement_index is None else f"{one.agreement_index:.2f}"
        words = f"{one.group}: {one.n} items, Agreement Index {index}"
        canvas.text(16, top, words, weight=600)
        _matrix(canvas, one, members, label, top + head)
        top += head + 40 + len(members) * _CELL
    return canvas.svg()


def _members(one: GroupCohesion) -> list[str]:
    return sorted({name for pair in one.pairs for name in (pair.source, pair.target)})


def _matrix(
    canvas: Canvas, one: GroupCohesion, members: list[str], left: float, top: float
) -> None:
    shares = {(pair.source, pair.target): pair for pair in one.pairs}
    for at, name in enumerate(members):
        middle = at * _CELL + _CELL / 2
        canvas.text(left - 8, top + middle + 5, name, anchor="end")
        canvas.text(left + middle, top - 8, name, turned=True)
        for across, other in enumerate(members):
            if name == other:
                continue
            pair = shares.get((name, other)) or shares.get((other, name))
            x, y = left + across * _CELL, top + at * _CELL
            canvas.box(
                x, y, _CELL, _CELL, "url(#none)" if pair is None else _colour(pair.agreement)
            )
            if pair is not None:
                ink = PAPER if abs(pair.agreement - 0.5) > 0.35 else INK
                words = f"{pair.agreement:.2f}"
                canvas.text(x + _CELL / 2, y + 18, words, anchor="middle", colour=ink, size=12)
                n = f"n {pair.n}"
                canvas.text(x + _CELL / 2, y + 32, n, anchor="middle", colour=ink, size=12)


def _colour(share: float) -> str:
    ends, part = ((_LOW, _MIDDLE), share * 2) if share < 0.5 else ((_MIDDLE, _HIGH), share * 2 - 1)
    mixed = [round(a + (b - a) * part) for a, b in zip(*ends, strict=True)]
    return "#" + "".join(f"{one:02x}" for one in mixed)
