"""Dates as the field writes them: EDTF level 1, read into plain day bounds.

A date may be a day, a month, a year, an interval, approximate or open. For
comparison it always becomes two days, the earliest and the latest it can mean.
Source: Extended Date/Time Format, https://www.loc.gov/standards/datetime/.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from comity.errors import DateError

FIRST_DAY: Final = date(1, 1, 1)
LAST_DAY: Final = date(9999, 12, 31)
OPEN: Final = ".."

_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class EndState(StrEnum):
    """What the end of a statement says. The three kinds of not-ended are different things."""

    OPEN = "open"
    ENDED = "ended"
    UNKNOWN = "unknown"
    NOT_COVERED = "not-covered"


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was said or seen: the text as written and the days it can mean."""

    text: str
    earliest: date
    latest: date


@dataclass(frozen=True, slots=True)
class Validity:
    """When a statement holds. Both ends are inclusive.

    Attributes:
        start: EDTF text, empty when unknown.
        end: EDTF text, `..` when open, empty when it ended on an unknown date.
        start_earliest: first day on which it may have begun; and so on for the other three.
        end_state: what the end says.
    """

    start: str
    end: str
    start_earliest: date
    start_latest: date
    end_earliest: date
    end_latest: date
    start_precision: Precision
    end_precision: Precision
    end_state: EndState

    def certain_on(self, day: date) -> bool:
        """Whether it surely held on that day."""
        return self.start_latest <= day <= self.end_earliest

    def possible_on(self, day: date) -> bool:
        """Whether it may have held on that day."""
        return self.start_earliest <= day <= self.end_latest


def parse_day(text: str) -> date:
    """A calendar day.

    Raises:
        DateError: the text is no existing day written as YYYY-MM-DD.

    Examples:
        >>> parse_day("2022-09-13")
        datetime.date(2022, 9, 13)
    """
    try:
        if len(text) != 10:
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise DateError(
            f"'{text}' is not an existing day; write it as YYYY-MM-DD, such as 2022-09-13."
        ) from None


@lru_cache(maxsize=16_384)
def parse_moment(text: str) -> Moment:
    """Reads an EDTF level 1 date or closed interval.

    Raises:
        DateError: the text is not such a date, or names a day that does not exist.

    Examples:
        >>> parse_moment("2022-09").latest
        datetime.date(2022, 9, 30)
        >>> parse_moment("2022-09-13/2022-09-15").earliest
        datetime.date(2022, 9, 13)
    """
    plain = _PLAIN.fullmatch(text)
    if plain is not None:
        return _plain_moment(text, plain)
    start, between, end = text.partition("/")
    first, last = _PLAIN.fullmatch(start), _PLAIN.fullmatch(end)
    if between and first is not None and last is not None:
        return _interval(text, _plain_moment(start, first), _plain_moment(end, last))
    return _edtf_moment(text)


def precision_of(text: str) -> Precision:
    """How exactly an EDTF text gives a date.

    Examples:
        >>> precision_of("2018-09").value, precision_of("").value
        ('month', 'unknown')
    """
    match = _PLAIN.match(text)
    if match is None:
        return Precision.UNKNOWN
    return Precision.DAY if match[3] else Precision.MONTH if match[2] else Precision.YEAR


def parse_validity(start: str, end: str, *, observed: str = "", coverage_end: str = "") -> Validity:
    """Reads the two ends of a statement into four day bounds.

    Args:
        start: EDTF, empty when unknown.
        end: EDTF, `..` for open, empty for ended on an unknown date.
        observed: when the source saw the statement hold; narrows unknown ends.
        coverage_end: where the source's coverage ends; an open end then reads
            "still so when coverage ended", never "today".

    Raises:
        DateError: an end is not a date, or the interval ends before it starts.
    """
    seen = parse_moment(observed) if observed else None
    covered = parse_moment(coverage_end) if coverage_end else None
    last = parse_moment(end) if end not in ("", OPEN) else None
    if start == OPEN:
        raise DateError("A start cannot be open ('..'); leave it empty when it is unknown.")
    first = parse_moment(start) if start else None
    start_earliest = first.earliest if first else FIRST_DAY
    if first:
        start_latest = first.latest
    elif seen:
        start_latest = seen.earliest if len(observed) > 9 else seen.latest
    else:
        start_latest = last.latest if last else LAST_DAY
    if last:
        end_earliest, end_latest, state = last.earliest, last.latest, EndState.ENDED
    elif end == OPEN:
        end_earliest = covered.earliest if covered else LAST_DAY
        end_latest = LAST_DAY
        state = EndState.NOT_COVERED if covered else EndState.OPEN
    else:
        end_earliest, end_latest, state = FIRST_DAY, LAST_DAY, EndState.UNKNOWN
        if seen:
            end_earliest = seen.latest if len(observed) > 9 else seen.earliest
        elif first:
            end_earliest = first.earliest
    if end_latest < start_earliest:
        raise DateError(f"It ends ({end}) before it starts ({start}).")
    # One day or period may be both start and end: keep the bounds in order.
    start_latest = min(start_latest, end_latest)
    end_earliest = max(end_earliest, start_earliest)
    return Validity(
        start=start,
        end=end,
        start_earliest=start_earliest,
        start_latest=start_latest,
        end_earliest=end_earliest,
        end_latest=end_latest,
        start_precision=precision_of(start),
        end_precision=precision_of(end),
        end_state=state,
    )


def _plain_moment(text: str, match: re.Match[str]) -> Moment:
    year, month, day = match.groups()
    try:
        if day:
            exact = date(int(year), int(month), int(day))
            return Moment(text, exact, exact)
        first = date(int(year), int(month or 1), 1)
        return Moment(text, first, _last_of_period(int(year), int(month) if month else 12))
    except ValueError:
        raise DateError(f"'{text}' is not an existing date.") from None


def _last_of_period(year: int, month: int) -> date:
    if month == 12:
        return date(year, 12, 31)
    return date.fromordinal(date(year, month + 1, 1).toordinal() - 1)


def _interval(text: str, first: Moment, last: Moment) -> Moment:
    if last.latest < first.earliest:
        raise DateError(f"'{text}' ends before it starts.")
    return Moment(text, first.earliest, last.latest)


def _edtf_moment(text: str) -> Moment:
    # Imported here: the EDTF grammar takes a while to build, and plain dates,
    # which are nearly all, do not need it.
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    message = (
        f"'{text}' is not a date Comity can read: write a day (2022-09-13), a month (2022-09), "
        "a year (2022) or an interval of them (2022-09-13/2022-09-15)."
    )
    try:
        parsed = parse_edtf(text)
        low, high = parsed.lower_strict(), parsed.upper_strict()
        earliest, latest = date(*low[:3]), date(*high[:3])
    except (EDTFParseException, ValueError, TypeError, AttributeError, OverflowError):
        raise DateError(message) from None
    return _interval(text, Moment("", earliest, earliest), Moment("", latest, latest))
