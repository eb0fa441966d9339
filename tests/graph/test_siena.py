"""Matrices for RSiena: a tie, none, not known and not possible, worked out by hand."""

from datetime import date
from pathlib import Path

import pytest

from comity.errors import InputError, ParameterError
from comity.graph.dyads import Every
from comity.graph.engine import EmbeddedEngine
from comity.graph.panel import PanelQuery, panel
from comity.graph.siena import waves, write_waves

Row = dict[str, object]


def rows() -> list[Row]:
    """b exists from the second period on; nothing is known of a in the second."""

    def row(period: str, pair: str, status: str, positive: int | None = None) -> Row:
        return {
            "sender": pair[0], "receiver": pair[1], "period": period, "status": status,
            "positive": positive, "sender_iso": "ARM",
        }  # fmt: skip

    return [
        row("2000-01-01", "ac", "observed", 2),
        row("2000-01-01", "ca", "observed", 0),
        *(row("2000-01-01", pair, "no-state") for pair in ("ab", "ba", "bc", "cb")),
        *(row("2001-01-01", pair, "missing") for pair in ("ab", "ac")),
        row("2001-01-01", "ba", "observed", 1),
        *(row("2001-01-01", pair, "observed", 0) for pair in ("bc", "ca", "cb")),
    ]


def test_each_cell_is_one_of_four_things(tmp_path: Path) -> None:
    made = waves(rows())
    assert made.actors == ("a", "b", "c")
    files = write_waves(made, tmp_path / "new")
    assert [one.name for one in files] == [
        "actors.csv",
        "wave-2000-01-01.txt",
        "wave-2001-01-01.txt",
    ]
    assert files[0].read_text() == "row,id\n1,a\n2,b\n3,c\n"
    assert files[1].read_text() == "0 10 1\n10 0 10\n0 10 0\n"
    assert files[2].read_text() == "0 NA NA\n1 0 0\n0 0 0\n"
    assert waves(rows(), least=3).matrices["2000-01-01"][0] == ("0", "10", "0")
    with pytest.raises(InputError, match="not empty"):
        write_waves(made, tmp_path / "new")


def test_what_makes_no_waves_is_refused() -> None:
    with pytest.raises(InputError, match="this panel has 1"):
        waves(rows()[:6])
    with pytest.raises(ParameterError, match="no column nope"):
        waves(rows(), "nope")
    with pytest.raises(ParameterError, match="sender_iso has the value 'ARM'"):
        waves(rows(), "sender_iso")
    with pytest.raises(InputError, match="least is 0"):
        waves(rows(), least=0)


def test_a_panel_becomes_waves(shipped_engine: EmbeddedEngine) -> None:
    states = ("arm", "fra", "sun")
    query = PanelQuery(date(2022, 9, 12), date(2022, 9, 22), Every.WEEK, states)
    made = waves(panel(shipped_engine, query).table.to_pylist(), "acts")
    first, second = made.matrices.values()
    # Of test_panel: Armenia is named, with no act toward France; France is not named in the
    # second week; there is no Soviet Union.
    assert first[0] == ("0", "0", "10")
    assert second[1] == ("NA", "0", "10")
    assert first[2] == ("10", "10", "0")
