"""The dyad panel as matrices for R: one for each period, as RSiena reads networks.

Owns the coding of the three things a cell may be: a tie or none, not known, not possible. The
panel says which it is. Models of such networks (SAOM, ERGM) are fitted in R, not here.

Reference: R. Ripley, T. Snijders et al., Manual for RSiena, University of Oxford; structurally
determined values.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from comity.errors import InputError, ParameterError
from comity.graph.panel import Status

_MISSING = "NA"
# Both are fixed, not modelled: 10 is no tie, and 11 would be one.
_STRUCTURAL_ZERO = "10"
_FEWEST_WAVES = 2


@dataclass(frozen=True, slots=True)
class Waves:
    """A network observed in several periods.

    Attributes:
        actors: the ids of rows and columns, sorted.
        matrices: the cells of each period by its first day: 1, 0, NA or 10.
    """

    actors: tuple[str, ...]
    matrices: Mapping[str, tuple[tuple[str, ...], ...]]


def waves(rows: Iterable[Mapping[str, object]], tie: str = "positive", least: int = 1) -> Waves:
    """The matrices of a panel.

    A cell is 1 where the sender has at least so many acts toward the receiver, else 0; NA
    where nothing is known of the sender in the period; 10, a structural zero, where not both
    states exist. The diagonal is 0, and is not read.

    Args:
        rows: of `panel`, or of its file.
        tie: the column of a count that makes a tie, such as `positive` or `kind_accuse`.
        least: from how many on there is a tie.

    Raises:
        ParameterError: there is no such column, or it holds no counts.
        InputError: there are fewer than two periods, or `least` is below 1.
    """
    if least < 1:
        raise InputError(f"least is {least}; give 1 or more.")
    cells: dict[str, dict[tuple[str, str], str]] = {}
    for row in rows:
        cell = _cell(row, tie, least)
        cells.setdefault(str(row["period"]), {})[str(row["sender"]), str(row["receiver"])] = cell
    if len(cells) < _FEWEST_WAVES:
        raise InputError(
            f"RSiena follows a network over two periods or more, and this panel has {len(cells)}; "
            "take a longer window or shorter periods."
        )
    actors = tuple(sorted({sender for found in cells.values() for sender, _ in found}))
    return Waves(
        actors,
        {
            period: tuple(
                tuple("0" if one == other else cells[period][one, other] for other in actors)
                for one in actors
            )
            for period in sorted(cells)
        },
    )


def _cell(row: Mapping[str, object], tie: str, least: int) -> str:
    status = Status(str(row["status"]))
    if tie not in row:
        raise ParameterError(
            f"The panel has no column {tie}; name one that counts acts, such as positive.",
            parameter="tie",
            got=tie,
            expected="a column of counts",
        )
    if status is not Status.OBSERVED:
        return _STRUCTURAL_ZERO if status is Status.NO_STATE else _MISSING
    try:
        count = int(str(row[tie]))
    except ValueError:
        raise ParameterError(
            f"{tie} has the value '{row[tie]}'; name a column that counts acts.",
            parameter="tie",
            got=tie,
            expected="a column of counts",
        ) from None
    return str(int(count >= least))


def write_waves(made: Waves, folder: Path) -> tuple[Path, ...]:
    """Writes `actors.csv` and one `wave-DAY.txt` for each period; the files, in order.

    Raises:
        InputError: the folder is there and not empty, for then old waves would mix with new.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} is there and not empty; name a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / "actors.csv"]
    with files[0].open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("row", "id"))
        writer.writerows(enumerate(made.actors, 1))
    for period, matrix in made.matrices.items():
        files.append(folder / f"wave-{period}.txt")
        files[-1].write_text("".join(f"{' '.join(cells)}\n" for cells in matrix), encoding="ascii")
    return tuple(files)
