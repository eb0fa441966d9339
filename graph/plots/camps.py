"""The two camps of the frustration index, and the ties that stand against them."""

from comity.errors import InputError
from comity.graph.measures.frustration import Frustration
from comity.graph.plots.canvas import BLUE, GREEN, LETTER, ORANGE, RED, Canvas

_ROW, _TOP, _GAP = 24, 110, 360


def camps_plot(found: Frustration) -> str:
    """Two columns of names: a tie with across them, or against within one, stands against.

    Raises:
        InputError: the network is empty.
    """
    camps = found.camps
    if not any(camps):
        raise InputError("The network is empty, so there is nothing to draw.")
    label = max(len(name) for camp in camps for name in camp) * LETTER + 40
    width = max(2 * label + _GAP + 80, 620)
    rows = max(len(camp) for camp in camps)
    proof = "proven" if found.proven else f"at least {found.lower_bound}"
    ties = "1 tie stands" if found.value == 1 else f"{found.value} ties stand"
    told = f"{ties} against these camps ({proof})"
    canvas = Canvas(width, _TOP + rows * _ROW + 30, "Two camps", told)
    places: dict[str, tuple[int, float, float]] = {}
    for side, camp in enumerate(camps):
        x = label + 40 if side == 0 else width - label - 40
        for at, name in enumerate(sorted(camp)):
            places[name] = (side, x, _TOP + at * _ROW)
    for edge in found.edges:
        (one, x, y), (other, to_x, to_y) = places[edge.source], places[edge.target]
        if one != other:
            canvas.line([(x, y), (to_x, to_y)], GREEN)
            continue
        inward = x + (1 if one == 0 else -1) * (30 + abs(to_y - y) / 3)
        bend = [(x, y), (inward, (y + to_y) / 2), (to_x, to_y)]
        canvas.line(bend, RED, dash="5 4", curve=True)
    for name, (side, x, y) in places.items():
        canvas.dot(x, y, (BLUE, ORANGE)[side])
        canvas.text(x + (-10, 10)[side], y + 4, name, anchor=("end", "start")[side])
    canvas.line([(16, 72), (46, 72)], GREEN)
    canvas.text(54, 76, "with, across the camps")
    canvas.line([(236, 72), (266, 72)], RED, dash="5 4")
    canvas.text(274, 76, "against, within a camp")
    return canvas.svg()
