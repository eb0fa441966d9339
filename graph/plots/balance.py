"""Balance over time: the share of ties against the best camps, and of balanced triangles."""

from comity.errors import InputError
from comity.graph.measures.over_time import BalanceOverTime
from comity.graph.plots.canvas import BLUE, ORANGE, QUIET, RULE, Canvas

_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 860, 420, 60, 90, 70


def balance_plot(found: BalanceOverTime) -> str:
    """Both shares by window; where a proof is missing, a bar down to the lower bound.

    Raises:
        InputError: no window has a tie.
    """
    windows = [one for one in found.windows if one.ties]
    if not windows:
        raise InputError("No window has a tie, so there is nothing to draw.")
    told = f"{len(found.windows)} windows, {found.edges} edges with a day, {found.undated} without"
    canvas = Canvas(_WIDTH, _HEIGHT, "Balance over time", told)
    right, low = _WIDTH - 30, _HEIGHT - _BOTTOM
    step = (right - _LEFT) / max(len(windows) - 1, 1)

    def place(at: int, share: float) -> tuple[float, float]:
        return _LEFT + at * step, low - share * (low - _TOP)

    for tenth in range(0, 11, 2):
        y = place(0, tenth / 10)[1]
        canvas.line([(_LEFT, y), (right, y)], RULE, width=1)
        canvas.text(_LEFT - 8, y + 4, f"{tenth * 10} %", anchor="end", colour=QUIET, size=12)
    every = max(1, len(windows) // 12)
    for at, one in enumerate(windows):
        if at % every == 0:
            name = (
                one.since[:4]
                if one.since[:4] == one.until[:4]
                else f"{one.since[:4]}–{one.until[2:4]}"
            )
            canvas.text(place(at, 0)[0], low + 20, name, anchor="middle", colour=QUIET, size=12)
        if not one.proven:
            ends = [place(at, bound / one.ties) for bound in (one.lower_bound, one.frustration)]
            canvas.line(ends, BLUE, width=3)
    against = [place(at, one.share) for at, one in enumerate(windows)]
    balanced = [
        place(at, one.balanced_share)
        for at, one in enumerate(windows)
        if one.balanced_share is not None
    ]
    canvas.line(against, BLUE, width=2)
    for (x, y), one in zip(against, windows, strict=True):
        canvas.dot(x, y, BLUE, f"{one.since} to {one.until}: {one.frustration} of {one.ties}")
    if balanced:
        canvas.line(balanced, ORANGE, width=2, dash="6 4")
        for x, y in balanced:
            canvas.dot(x, y, ORANGE)
    canvas.line([(_LEFT, 70), (_LEFT + 30, 70)], BLUE, width=2)
    canvas.text(_LEFT + 38, 74, "ties against the best two camps")
    canvas.line([(_LEFT + 290, 70), (_LEFT + 320, 70)], ORANGE, width=2, dash="6 4")
    canvas.text(_LEFT + 328, 74, "balanced triangles")
    return canvas.svg()
