"""What rests on a source: its acts, and everything else.

Owns how both are found where an imported source has hundreds of thousands of acts.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, overload

from comity.api.asked import Asked
from comity.api.listing import matching
from comity.api.parameters import Times
from comity.api.stances import StanceFilter, stance_iris
from comity.graph.binding import Values
from comity.graph.terms import node, term
from comity.graph.things import Thing
from comity.ontology.namespaces import Thing as Type
from comity.ontology.namespaces import thing_and_id

# What may stand in the graph of an imported source, but for acts and their evidence.
_CLASSES: Final = (
    *("Actor", "CasualtyReport", "Claim", "ClaimPosition", "CodeAssignment", "Event"),
    *("IdentityDecision", "Issue", "Membership", "MembershipStatus", "Obligation", "Observation"),
    *("Participation", "Post", "Recognition", "StateSuccession", "Tenure", "Territory", "Treaty"),
)


class Chain(Sequence[str]):
    """Two lists as one; of a long one only what is looked at is made."""

    def __init__(self, first: Sequence[str], second: Sequence[str]) -> None:
        self._first, self._second = first, second

    def __len__(self) -> int:
        return len(self._first) + len(self._second)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        """One, or several that follow each other."""
        before = len(self._first)
        if not isinstance(at, slice):
            place = range(len(self))[at]
            return self._first[place] if place < before else self._second[place - before]
        start, stop, _ = at.indices(len(self))
        rest = self._second[max(start - before, 0) : max(stop - before, 0)]
        return [*self._first[start:stop], *rest]


def everything_on(asked: Asked, source: Thing) -> Sequence[str]:
    """IRIs of what rests on a source at any time: what is no act by IRI, then acts by day."""
    always = replace(asked, when=Times(None))
    return Chain(
        statements_on(asked, source), stance_iris(always, StanceFilter(source=(source.id,)))
    )


def statements_on(asked: Asked, source: Thing) -> Sequence[str]:
    """IRIs of everything but acts that rests on a source."""
    on: Values = {"source": [node(Type.SOURCE, source.id)]}
    if source.text("importer"):
        classes = [term(one) for one in _CLASSES]
        found = matching(asked.engine, "statements_of_import", {**on, "class": classes})
    else:
        found = matching(asked.engine, "statements_of_source", on)
    return [iri for iri in found if thing_and_id(iri)[0] != Type.STANCE]
