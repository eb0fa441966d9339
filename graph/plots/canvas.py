"""An SVG file in the making: texts, lines, boxes, and what all plots look like.

Owns the look. Colours are those of Okabe and Ito (2008), told apart by those who see few, and
never alone: a line is dashed, a cell has its number. It knows no measure.
"""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

INK, QUIET, PAPER, RULE = "#16202a", "#5b6670", "#ffffff", "#d4dae0"
BLUE, ORANGE, GREEN, RED = "#0072b2", "#e69f00", "#00795c", "#b5301b"
_FONT = "system-ui, 'Noto Sans', sans-serif"
SIZE = 13
# The mean width of a letter, for room beside labels.
LETTER = 7.2


class Canvas:
    """Shapes, in the order in which they are drawn.

    Args:
        width: in pixels.
        height: in pixels.
        title: what is seen.
        told: the same in words.
    """

    def __init__(self, width: float, height: float, title: str, told: str) -> None:
        self._size = (width, height)
        self._title = title
        self._told = told
        self._shapes: list[str] = []
        self.text(16, 28, title, size=17, weight=600)
        self.text(16, 48, told, colour=QUIET)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        anchor: str = "start",
        colour: str = INK,
        size: int = SIZE,
        weight: int = 400,
        turned: bool = False,
    ) -> None:
        """Words, on the line of `y`."""
        turn = f' transform="rotate(-55 {x:.1f} {y:.1f})"' if turned else ""
        self._shapes.append(
            f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" font-size="{size}" '
            f'font-weight="{weight}" text-anchor="{anchor}"{turn}>{escape(words)}</text>'
        )

    def line(
        self,
        points: Iterable[tuple[float, float]],
        colour: str = INK,
        *,
        width: float = 1.5,
        dash: str = "",
        curve: bool = False,
    ) -> None:
        """A line through points; with `curve` from the first to the last by the middle one."""
        places = [f"{x:.1f},{y:.1f}" for x, y in points]
        path = f"M{places[0]} Q{places[1]} {places[2]}" if curve else "M" + " L".join(places)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._shapes.append(
            f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}/>'
        )

    def box(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """A filled box."""
        self._shapes.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
            f'fill="{fill}" stroke="{PAPER}"/>'
        )

    def dot(self, x: float, y: float, colour: str, words: str = "") -> None:
        """A dot; `words` are shown where the pointer rests on it."""
        told = f"<title>{escape(words)}</title>" if words else ""
        self._shapes.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}">{told}</circle>'
        )

    def svg(self) -> str:
        """The whole file."""
        width, height = self._size
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
            f'width="{width:.0f}" height="{height:.0f}" role="img" '
            f"aria-label={quoteattr(f'{self._title}. {self._told}')} font-family={quoteattr(_FONT)}>"
        )
        hatch = (
            '<defs><pattern id="none" width="6" height="6" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><path d="M0 0V6" stroke="{RULE}" stroke-width="3"/>'
            "</pattern></defs>"
        )
        ground = f'<rect width="100%" height="100%" fill="{PAPER}"/>'
        return "\n".join([head, hatch, ground, *self._shapes, "</svg>", ""])
