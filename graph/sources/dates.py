"""Dates as outside sources write them, as EDTF."""

from collections.abc import Sequence

from comity.graph.sources.record import RowError
from comity.ontology.dates import OPEN, parse_moment


def day_of(year: str, month: str = "", day: str = "") -> str:
    """An EDTF date from its parts; as exact as they are, empty where there is no year.

    Raises:
        RowError: a part is no number.

    Examples:
        >>> day_of("1992", "5", "15"), day_of("1992", "5", "-9"), day_of("", "", "")
        ('1992-05-15', '1992-05', '')
    """
    if not _given(year):
        return ""
    try:
        text = f"{int(year):04}"
        if _given(month):
            text += f"-{int(month):02}"
            if _given(day):
                text += f"-{int(day):02}"
    except ValueError:
        raise RowError(f"'{year}-{month}-{day}' is not a date") from None
    return text


def american_day(text: str) -> str:
    """An EDTF date from month/day/year.

    Raises:
        RowError: it is not written so.

    Examples:
        >>> american_day("2/16/1946")
        '1946-02-16'
    """
    parts = text.split("/")
    if len(parts) != 3:
        raise RowError(f"'{text}' is not a date written month/day/year")
    return day_of(parts[2], parts[0], parts[1])


def common_span(one: Sequence[str], other: Sequence[str]) -> tuple[str, str] | None:
    """The days on which two statements both hold; None when there are none.

    Args:
        one: EDTF start and end of the first, `..` for an open end.
        other: of the second.

    Examples:
        >>> common_span(("1949-04-04", ".."), ("1952", "1990-01-01"))
        ('1952', '1990-01-01')
        >>> common_span(("1949", "1950"), ("1952", "..")) is None
        True
    """
    start = max(one[0], other[0], key=lambda text: parse_moment(text).earliest)
    ends = [text for text in (one[1], other[1]) if text != OPEN]
    end = min(ends, key=lambda text: parse_moment(text).latest, default=OPEN)
    if end != OPEN and parse_moment(end).latest < parse_moment(start).earliest:
        return None
    return start, end


def _given(part: str) -> bool:
    """Data sets of the field write a missing part as nothing, NA, -9 or 0."""
    return part.strip() not in ("", "NA", "-9", "-1", "0", ".")
