"""The canvases a network is laid out on, and the measures that go with them."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Canvas:
    """Sizes in layout units; one unit is one pixel on the screen the canvas is made for.

    Attributes:
        name: id in the payload.
        width: of the canvas.
        height: of the canvas.
        text: font size of node labels.
        line_text: font size of line labels.
        node: radius of an actor.
        party: radius of a party to the event.
        event: width of the event's box.
        event_height: height of the event's box.
        across: least distance between neighbours of a lane.
        room: whether line labels say verb and number; the number alone otherwise.
    """

    name: str
    width: float
    height: float
    text: float
    line_text: float
    node: float
    party: float
    event: float
    event_height: float
    across: float
    room: bool


# A desk screen of 1440 x 900 without bars and panel; the same with letters for a room; a
# telephone held upright. Letters are 12 pixels at least, 18 on a wall.
WIDE: Final = Canvas("wide", 1060, 600, 13.5, 12.6, 10, 19, 156, 50, 118, True)
LARGE: Final = Canvas("large", 1000, 484, 19.5, 19, 12, 20, 216, 60, 150, True)
NARROW: Final = Canvas("narrow", 390, 560, 12.2, 12.2, 7, 12, 112, 40, 74, False)
