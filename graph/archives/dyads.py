"""What archived acts come to between wholes: organs as their state, by period.

Owns the expressions by which an archive answers a panel; what is made of the counts is
`graph.dyads`' matter. As everywhere in this folder, the engine does the counting, and the
answer is as large as the panel and not as the archive.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from comity.graph.archives.engines import Connection
from comity.graph.archives.rows import inside
from comity.graph.archives.ties import TieQuery, within
from comity.graph.standing import Standing

if TYPE_CHECKING:
    from ibis.expr.types import StringValue, Table

# How Ibis names the period that a day falls into; weeks begin on Monday on every engine.
_UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y"}
_APART = "\t"


class Dyads:
    """The acts of one archive in a window, asked several ways.

    Args:
        connection: an open engine.
        rows: the archive.
        window: first and last day.
        every: length of a period: day, week, month or year.
        states: only what concerns these; empty means all.
        standing: who is part of whom, and who is a person: what a person did on behalf of
            somebody counts as theirs.
    """

    def __init__(
        self,
        connection: Connection,
        rows: "Table",
        window: tuple[date, date],
        every: str,
        states: Iterable[str],
        standing: Standing,
    ) -> None:
        self._connection = connection
        self._rows = rows
        self._window = window
        self._unit = _UNITS[every]
        self._states = sorted(set(states))
        wholes = sorted(standing.wholes().items())
        self._wholes = connection.beside(
            "wholes",
            pa.table({"part": [one for one, _ in wholes], "whole": [one for _, one in wholes]}),
        )
        persons = sorted(standing.persons)
        self._persons = connection.beside(
            "persons", pa.table({"person": pa.array(persons, pa.string())})
        )

    def counts(self) -> list[dict[str, Any]]:
        """How often who did what toward whom.

        Returns:
            `sender`, `receiver` (None where it is no actor), `period` (its first day), `kind`,
            `comity_1`, `cameo`, `acts`; acts on a day that is known. One act toward two
            organs of a state is one act toward that state.
        """
        exact = self._ended(self._within(exact=True))
        keys = ["sender", "receiver", "period", "kind", "comity_1", "cameo"]
        once = exact.select("act", *keys).distinct()
        found = once.group_by(keys).aggregate(acts=once.count())
        return self._listed(found.order_by(keys))

    def last_votes(self, kinds: Iterable[str]) -> list[dict[str, Any]]:
        """How each voted on each thing in a period: of several votes, the last.

        Returns:
            `sender`, `object_type`, `object`, `period`, `kind`.
        """
        cast = self._within(exact=True)
        cast = self._ended(cast.filter(cast.kind.isin(sorted(kinds))))
        # Of a day's votes the one with the later id, as in the graph.
        when = cast.day.cast("string").concat(_APART, cast.act, _APART, cast.kind)
        keys = ["sender", "object_type", "object", "period"]
        found = cast.group_by(keys).aggregate(last=when.max()).order_by(keys)
        return [{**row, "kind": row["last"].rpartition(_APART)[2]} for row in self._listed(found)]

    def inexact(self) -> Iterator[dict[str, Any]]:
        """Single rows whose day is not known, by act; they may lie beside the window.

        Returns:
            `act`, `sender`, `receiver`, `object_type`, `object`, `kind`, `comity_1`, `cameo`,
            `date` (as recorded).
        """
        vague = self._ended(self._within(exact=False))
        columns = ("act", "sender", "receiver", "object_type", "object", "kind", "comity_1")
        chosen = vague.select(*columns, "cameo", date=inside(vague.rest, "date"))
        for batch in self._connection.batches(chosen.order_by(["act", "object"])):
            yield from batch.to_pylist()

    def _listed(self, found: "Table") -> list[dict[str, Any]]:
        # DuckDB's periods begin at midnight and not on a day.
        rows = self._connection.arrow(found)
        days = rows["period"].cast(pa.date32())
        at = rows.schema.get_field_index("period")
        return rows.set_column(at, "period", days).to_pylist()  # type: ignore[no-any-return]

    def _within(self, *, exact: bool) -> "Table":
        since, until = self._window
        # An act of "2014" stands at its first day, which may come before the window.
        rows = within(self._rows, TieQuery(since if exact else date.min, until))
        is_exact = rows.rest.isnull() | inside(rows.rest, "date").isnull()
        return rows.filter(is_exact if exact else ~is_exact)

    def _ended(self, rows: "Table") -> "Table":
        """Rows with both ends rolled up, their period, and their code."""
        import ibis

        behalf = inside(rows.rest, "on_behalf_of")
        by_persons = rows.left_join(self._persons, rows.holder == self._persons.person)
        acting = by_persons.mutate(
            acting=ibis.ifelse(by_persons.person.notnull(), behalf, ibis.null()).fill_null(
                by_persons.holder
            ),
            target=(by_persons.object_type == "actor").ifelse(by_persons.object, ibis.null()),
            period=by_persons.day.truncate(self._unit).cast("date"),
            cameo=inside(by_persons.rest, "cameo"),
        ).drop("person")
        sent = self._rolled(acting, "acting", "sender")
        ended = self._rolled(sent, "target", "receiver")
        if self._states:
            ended = ended.filter(
                ended.sender.isin(self._states) | ended.receiver.isin(self._states)
            )
        return ended

    def _rolled(self, rows: "Table", actor: str, name: str) -> "Table":
        joined = rows.left_join(self._wholes, rows[actor] == self._wholes.part)
        whole: StringValue = joined.whole.fill_null(joined[actor])
        return joined.mutate(**{name: whole}).drop("part", "whole")
