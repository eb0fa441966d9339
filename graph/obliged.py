"""What is answered about obligations at an event: values only, made by `obligations`.

It judges nobody: whether an obligation was set off hangs on a claim, and the claims stand
beside the answer with those who dispute them.
"""

from dataclasses import dataclass
from datetime import date

from comity.graph.behaviour import Behaviour


@dataclass(frozen=True, slots=True)
class TriggerClaim:
    """A claim about the event that a side makes and on whose issue the other side claims otherwise.

    Attributes:
        id: of the claim.
        issue: id of what both speak about.
        asserted_by: ids of the actors who assert it.
        affirmed_by: ids of those who affirm it.
        denied_by: ids of those who deny it.
    """

    id: str
    issue: str
    asserted_by: tuple[str, ...]
    affirmed_by: tuple[str, ...]
    denied_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ObligedActor:
    """One obligation, and what the obliged did.

    Attributes:
        obligation: id of the statement.
        obliged: id of the actor bound.
        owed_to: id of the actor to whom it is owed.
        treaty: id, or None where the source names none.
        article: of the treaty, or None.
        type: defence, consultation and so on.
        trigger: armed-attack or threat; None where it is not recorded.
        since: first day, EDTF.
        certain: whether it surely held on the day; False where the dates or the coverage of
            its source leave a doubt.
        on_request: whether it is owed at the request of the one owed; None where unknown.
        requests: ids of the acts by which help was requested of the obliged or of the
            treaty's body.
        depends_on: ids of the claims of the one owed on which the trigger hangs.
        disputed_by: ids of the claims of the other side that stand against them.
        behaviour: the most telling of what it did, or that it is the other side itself.
        also: what else it did, the most telling first; acts that amount to nothing left out.
        acts: ids of its acts by what they amount to.
        events: ids of sessions of the treaty's body, in which its members took part.
        documents: how many documents cover the obliged.
    """

    obligation: str
    obliged: str
    owed_to: str
    treaty: str | None
    article: str | None
    type: str
    trigger: str | None
    since: str
    certain: bool
    on_request: bool | None
    requests: tuple[str, ...]
    depends_on: tuple[str, ...]
    disputed_by: tuple[str, ...]
    behaviour: Behaviour
    also: tuple[Behaviour, ...]
    acts: tuple[tuple[Behaviour, tuple[str, ...]], ...]
    events: tuple[str, ...]
    documents: int

    @property
    def says(self) -> str:
        """The behaviour in words."""
        if self.behaviour is not Behaviour.NO_RECORDED_ACT:
            words = [one.value.replace("-", " ") for one in (self.behaviour, *self.also)]
            # Who did more than call for restraint did not "only" do so.
            more = ", ".join(one.removeprefix("only ") for one in words[1:])
            return f"{words[0]}; also {more}" if more else words[0]
        noun = "document covers" if self.documents == 1 else "documents cover"
        return f"no recorded act in these sources ({self.documents} {noun} this actor)"


@dataclass(frozen=True, slots=True)
class NotTriggered:
    """A pledge in force that the event does not set off for a side.

    Attributes:
        treaty: id, or None where the source names none.
        article: of the treaty, or None.
        obligations: ids of the statements.
        why: in words.
    """

    treaty: str | None
    article: str | None
    obligations: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class BoundToBoth:
    """An actor that owes something to more than one party.

    Attributes:
        actor: its id.
        owes: ids of its obligations by the party they are owed to.
        contradict: whether they cannot all be kept: a defence of one party, and of another
            party defence, neutrality or non-aggression.
    """

    actor: str
    owes: tuple[tuple[str, tuple[str, ...]], ...]
    contradict: bool


@dataclass(frozen=True, slots=True)
class ObligationsAnswer:
    """What was owed to the sides of an event and what was done.

    Attributes:
        event: its id.
        sides: ids of the parties asked about.
        day: on which the obligations held: the first day of the event.
        until: last day of the acts that count.
        items: by side, obliged, treaty and article.
        not_triggered: pledges that the event does not set off.
        bound_to_both: actors that owe something to more than one party.
        claims: the disputed claims on which the triggers hang.
    """

    event: str
    sides: tuple[str, ...]
    day: date
    until: date
    items: tuple[ObligedActor, ...]
    not_triggered: tuple[NotTriggered, ...]
    bound_to_both: tuple[BoundToBoth, ...]
    claims: tuple[TriggerClaim, ...]
