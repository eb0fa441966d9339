"""Alliance Treaty Obligations and Provisions 5, one row for each directed dyad and year.

Consecutive years in which one state owes another one kind of duty become one obligation,
under no treaty, as the file names none; the first state of a row owes, the second is owed.
Rows must come in the order ccode1, ccode2, year, so that no more than one dyad is kept in
memory; a row out of order is refused.
Source: Leeds, Ritter, Mitchell and Long, Alliance Treaty Obligations and Provisions,
1815-1944, International Interactions 28 (2002).
"""

from collections.abc import Iterable, Iterator
from datetime import date

from comity.graph.sources.files import Form, Row
from comity.graph.sources.importer import Importer, Origin, RowError
from comity.graph.sources.record import Record
from comity.ontology.dates import LAST_DAY, OPEN

_PLEDGES = {
    "atop_defense": "defence",
    "atop_offense": "offence",
    "atop_neutral": "neutrality",
    "atop_nonagg": "non-aggression",
    "atop_consul": "consultation",
}
_LAST_YEAR = 2018


class Atop(Importer):
    """Reads the directed dyad-years."""

    origin = Origin(
        name="atop",
        version="5",
        label="Alliance Treaty Obligations and Provisions, version 5 (directed dyad-years)",
        publisher="ATOP project",
        licence="free with citation",
        may_pass_on=False,
        url="http://www.atopdata.org/",
        coverage_start="1815-01-01",
        coverage_end=f"{_LAST_YEAR}-12-31",
        note="Cite Leeds et al., Alliance Treaty Obligations and Provisions, 1815-1944 (2002). "
        f"Years only; an open end means still so on {_LAST_YEAR}-12-31.",
    )
    forms = (Form("dyad-years", ("ccode1", "ccode2", "year", *_PLEDGES)),)

    def records(self, row: Row) -> Iterable[Record]:
        """The obligations that the row shows to have ended."""
        memory = self.memory
        try:
            at = [int(row["ccode1"]), int(row["ccode2"]), int(row["year"])]
        except ValueError:
            raise RowError("a code or the year is no number") from None
        last = memory.get("at", [0, 0, 0])
        if at <= last:
            raise RowError("rows must come in the order ccode1, ccode2, year")
        if at[0] == at[1]:
            raise RowError("a state owes nothing to itself")
        ended: list[Record] = []
        flags = [row[name] for name in _PLEDGES]
        if not {"0", "1"}.issuperset(flags):
            raise RowError("a pledge is neither 0 nor 1")
        if "1" in flags:
            year_days = date(at[2], 1, 1), date(at[2], 12, 31)
            for code in at[:2]:
                if not self.world.spells("cow-state", str(code), *year_days):
                    raise RowError(f"no state has the COW code {code} in {at[2]}")
        runs: dict[str, list[int]] = memory.setdefault("runs", {})
        if at[:2] != last[:2]:
            ended.extend(self.last_records())
            runs.clear()
        memory["at"] = at
        year = at[2]
        for kind, flag in zip(_PLEDGES.values(), flags, strict=True):
            run = runs.get(kind)
            if run is not None and run[1] != year - 1:
                ended.extend(self._obligations(at, kind, run))
                run = runs.pop(kind) and None
            if flag == "1":
                if run is None:
                    runs[kind] = [year, year]
                else:
                    run[1] = year
        return ended

    def last_records(self) -> Iterable[Record]:
        """The obligations of the dyad that was read last."""
        for kind, run in self.memory.get("runs", {}).items():
            yield from self._obligations(self.memory["at"], kind, run)

    def _obligations(self, dyad: list[int], kind: str, run: list[int]) -> Iterator[Record]:
        """One obligation, or one for each pair of states that the two codes stood for."""
        is_open = run[1] >= _LAST_YEAR
        # In the year of a succession the state that goes on is meant.
        since = date(run[0], 12, 31)
        until = LAST_DAY if is_open else max(since, date(run[1], 1, 1))
        sides = [self.world.spells("cow-state", str(code), since, until) for code in dyad[:2]]
        for obligor in sides[0]:
            for beneficiary in sides[1]:
                start = max(obligor.start, beneficiary.start)
                end = min(obligor.end, beneficiary.end)
                if start > end or obligor.actor == beneficiary.actor:
                    continue
                begun = f"{run[0]:04}" if start == since else start.isoformat()
                over = OPEN if is_open else f"{run[1]:04}"
                yield self.record(
                    "obligations",
                    f"{kind}-{dyad[0]}-{dyad[1]}-{obligor.actor}-{beneficiary.actor}-{begun}",
                    type=kind,
                    obligor=obligor.actor,
                    beneficiary=beneficiary.actor,
                    start_date=begun,
                    end_date=over if end == until else end.isoformat(),
                )
