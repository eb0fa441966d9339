"""What makes a picture of lines less plain, worked out by hand on a square of 100."""

import math

import pytest

from comity.graph.drawing.geometry import Point
from comity.graph.drawing.plainness import Plainness

CORNERS = [Point(0, 0), Point(100, 0), Point(0, 100), Point(100, 100)]
DIAGONAL = 100 * math.sqrt(2)


def test_two_diagonals_cross_once_and_swapped_they_are_sides() -> None:
    picture = Plainness(CORNERS, {(0, 3): 1, (1, 2): 1})
    # A unit of length costs 0.012, a crossing 2; whichever two points are asked about.
    assert picture.cost(0, 1) == pytest.approx(2 * DIAGONAL * 0.012 + 2)
    picture.swap(0, 1)
    assert picture.cost(0, 1) == pytest.approx(2 * 100 * 0.012)


def test_four_lines_weigh_as_two_and_lines_of_others_are_not_counted() -> None:
    picture = Plainness(CORNERS, {(0, 3): 4, (1, 2): 1})
    assert picture.cost(0, 3) == pytest.approx(2 * DIAGONAL * 0.012 + 2 * 2)


def test_a_line_past_a_stranger_costs_what_room_it_takes() -> None:
    picture = Plainness([Point(0, 0), Point(100, 0), Point(50, 10)], {(0, 1): 1})
    # 34 is the room of a mark with its name, and 24 of it are taken, at 0.35 each.
    assert picture.cost(0, 2) == pytest.approx(100 * 0.012 + 24 * 0.35)
    # Beyond the end of a line it is the distance to that end.
    beyond = Plainness([Point(0, 0), Point(100, 0), Point(103, 4)], {(0, 1): 1})
    assert beyond.cost(0, 2) == pytest.approx(100 * 0.012 + 29 * 0.35)


def test_points_on_one_spot_and_pictures_without_lines_are_no_fault() -> None:
    spot = Plainness([Point(5, 5), Point(5, 5)], {(0, 1): 1})
    assert spot.cost(0, 1) == 0
    assert Plainness([Point(0, 0), Point(9, 9)], {}).cost(0, 1) == 0
