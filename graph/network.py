"""What is asked of a network, and the network itself: ends, ties, and what networkx gets.

Owns values only, and knows no engine: `projection` makes networks from the graph, `weighing`
says which ties become one and how much one weighs.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from comity.errors import ParameterError
from comity.graph.acts import BareAct
from comity.graph.things import Thing
from comity.ontology.namespaces import Thing as Type

if TYPE_CHECKING:
    import networkx as nx


class Relation(StrEnum):
    """The kinds of tie a network may hold."""

    STANCE = "stance"
    MEMBERSHIP = "membership"
    OBLIGATION = "obligation"
    TENURE = "tenure"
    PARTICIPATION = "participation"
    VOTE = "vote"
    AGREEMENT = "agreement"


class Level(StrEnum):
    """Whose ties they are: the holder's, those of the state or body behind, or of alliances."""

    RECORDED = "recorded"
    STATE = "state"
    ALLIANCE = "alliance"


class Bundle(StrEnum):
    """Which ties are drawn as one."""

    NONE = "none"
    KIND = "kind"
    SIGN = "sign"
    PAIR = "pair"


class SignRule(StrEnum):
    """How the signs of several acts of a pair become one: see `weighing` and `measures.signed`."""

    SUM = "sum"
    ANY_NEGATIVE = "any-negative"
    RECIPROCAL = "reciprocal"


class Weight(StrEnum):
    """What a tie weighs: its acts, their mean sign, or their signs, the older the less."""

    COUNT = "count"
    MEAN = "mean"
    DECAY = "decay"


class Once(StrEnum):
    """Within what an actor's acts of one sign about one thing count once."""

    ACT = "act"
    DOCUMENT = "document"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    WINDOW = "window"


class Agreement(StrEnum):
    """What ties two actors: the same sign on one thing, opposite signs, or one less the other."""

    CONGRUENCE = "congruence"
    CONFLICT = "conflict"
    SUBTRACT = "subtract"


class Normalisation(StrEnum):
    """By what a weight is divided, so that those who act often do not lead by that alone."""

    NONE = "none"
    ACTIVITY = "activity"
    JACCARD = "jaccard"
    COSINE = "cosine"


@dataclass(frozen=True, slots=True)
class Weighing:
    """How acts become weighted ties.

    Attributes:
        weight: what a tie weighs.
        half_life: days after which an act counts half; for weight `decay` only.
        sign_rule: the one sign of a pair; for bundle `pair` only.
        once: what counts once; an act that many documents report is one act, except by
            `document`, where it counts in each. Days are the first on which it may have been;
            weeks are those of ISO 8601.
        agreement: ties of agreement between actors instead of ties to what they act about.
        normalisation: by what the weights of agreement are divided.
        minimum_acts: acts that must stand behind a tie.
        minimum_exposure: signed acts that an actor must have to agree with anybody.
        backbone: level of the disparity filter, above 0 and at most 1; None for all ties.

    Raises:
        ParameterError: two of these contradict each other, or one is out of range.
    """

    weight: Weight = Weight.COUNT
    half_life: float | None = None
    sign_rule: SignRule | None = None
    once: Once = Once.ACT
    agreement: Agreement | None = None
    normalisation: Normalisation = Normalisation.NONE
    minimum_acts: int = 1
    minimum_exposure: int = 1
    backbone: float | None = None

    def __post_init__(self) -> None:
        """Refuses what cannot be meant."""
        decayed = self.weight is Weight.DECAY
        if decayed != (self.half_life is not None):
            _refuse("half_life", self.half_life, "weight=decay and half_life go together")
        if self.half_life is not None and not 0 < self.half_life < math.inf:
            _refuse("half_life", self.half_life, "a half-life is a number of days over 0")
        if self.minimum_acts < 1:
            _refuse("minimum_acts", self.minimum_acts, "it is 1 or more")
        if self.minimum_exposure < 1:
            _refuse("minimum_exposure", self.minimum_exposure, "it is 1 or more")
        if self.backbone is not None and not 0 < self.backbone <= 1:
            _refuse("backbone", self.backbone, "the level is above 0 and at most 1")
        if self.agreement is None:
            if self.normalisation is not Normalisation.NONE:
                _refuse("normalisation", self.normalisation, "it divides weights of agreement")
            if self.minimum_exposure > 1:
                _refuse("minimum_exposure", self.minimum_exposure, "it is for agreement")
        elif self.weight is not Weight.COUNT:
            _refuse("weight", self.weight, "agreement has a weight of its own")


def _refuse(name: str, got: object, why: str) -> NoReturn:
    raise ParameterError(f"{name} is {got}: {why}.", parameter=name, got=str(got))


@dataclass(frozen=True, slots=True)
class NetworkQuery:
    """What to project.

    Attributes:
        event: only acts about this event, and obligations owed to its parties.
        actors: start from these; empty means everybody.
        depth: how many steps from `actors` to go; 0 keeps to the ties among them.
        relations: kinds of tie to include.
        kinds: only acts of these kinds; empty means all.
        treaties: only obligations under these treaties and parties to them; empty means all.
        archives: ids of archives whose acts count beside those of the graph.
        since: first day of acts.
        until: last day of acts.
        as_of: day on which memberships, obligations and tenures hold; None for those of any day.
        level: whose ties they are.
        alliances: at level alliance, those that states are rolled up to; a state in several
            counts in each, one in none stays itself.
        bundle: which ties become one.
        weighing: how acts become weighted ties.
        nodes: keep this many nodes: those asked for, parties to the event, then those with most
            acts; None keeps all.

    Raises:
        ParameterError: two of these contradict each other.
    """

    event: str | None = None
    actors: tuple[str, ...] = ()
    depth: int = 1
    relations: tuple[Relation, ...] = (Relation.STANCE,)
    kinds: tuple[str, ...] = ()
    treaties: tuple[str, ...] = ()
    archives: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    level: Level = Level.RECORDED
    alliances: tuple[str, ...] = ()
    bundle: Bundle = Bundle.NONE
    weighing: Weighing = Weighing()
    nodes: int | None = None

    def __post_init__(self) -> None:
        """Refuses what cannot be meant."""
        how = self.weighing
        if self.nodes is not None and self.nodes < 1:
            _refuse("nodes", self.nodes, "it is 1 or more")
        if self.depth < 0:
            _refuse("depth", self.depth, "it is 0 or more")
        if (self.level is Level.ALLIANCE) != bool(self.alliances):
            _refuse("level", self.level, "level=alliance and alliance= go together")
        if self.since and self.until and self.since > self.until:
            _refuse("since", self.since, f"it is after until ({self.until}); the window is empty")
        if how.sign_rule and self.bundle is not Bundle.PAIR:
            _refuse("sign_rule", how.sign_rule, "it makes one sign for bundle=pair")
        if how.agreement and self.bundle is not Bundle.NONE:
            _refuse("bundle", self.bundle, "agreement is read from single acts")
        if how.backbone and not how.agreement and self.bundle is not Bundle.PAIR:
            _refuse("backbone", how.backbone, "it is for agreement or bundle=pair")
        if how.half_life and not (self.until or self.as_of):
            _refuse("half_life", how.half_life, "it is counted back from until or as_of; give one")
        if Relation.AGREEMENT in self.relations:
            _refuse("relation", Relation.AGREEMENT, "it follows from stances; give agreement=")


class End(NamedTuple):
    """One end of a tie: the type of the thing and its id.

    A tuple, because a network looks each of its ends up and compares it many times, and Python
    does that for tuples without running the code of a class.
    """

    thing: Type
    id: str


@dataclass(frozen=True, slots=True)
class Tie:
    """An edge of the network.

    Attributes:
        subject: from.
        object: to.
        relation: what kind of tie.
        kind: kind of act, type of obligation, role; the most frequent one in a bundle.
        sign: under rule comity-1; None where there is none.
        count: number of acts or statements in it.
        acts: ids of its acts, by date; empty for other relations.
        statements: ids of its statements; empty for stances.
        archives: ids of archives that hold its acts, which are then not in `acts`.
        weight: what it weighs; None where that is its count.
        kinds: how often each kind occurs, most frequent first.
        first: earliest day of its acts.
        last: latest day of its acts.
    """

    subject: End
    object: End
    relation: Relation
    kind: str
    sign: Decimal | None
    count: int
    acts: tuple[str, ...]
    statements: tuple[str, ...]
    kinds: tuple[tuple[str, int], ...]
    first: date | None
    last: date | None
    archives: tuple[str, ...] = ()
    weight: float | None = None

    @property
    def size(self) -> float:
        """What it weighs."""
        return float(self.count) if self.weight is None else self.weight


@dataclass(frozen=True, slots=True)
class Network:
    """A projected network.

    Attributes:
        query: what was asked.
        nodes: all ends of ties and all actors asked for, with their descriptions.
        ties: edges, sorted.
        acts: every act behind a tie, without its words, by date.
        statements: every obligation, membership or tenure behind a tie, by id.
        silent: ids of actors asked for without a recorded act in the window.
    """

    query: NetworkQuery
    nodes: dict[End, Thing]
    ties: tuple[Tie, ...]
    acts: tuple[BareAct, ...]
    statements: dict[str, Thing]
    silent: frozenset[str]

    def to_networkx(self) -> "nx.MultiDiGraph[str]":
        """The network as users of networkx expect it; keys are `type/id`, plain attributes."""
        # Imported here: it takes half a second, and most answers do not need it.
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        acts = {act.id: act for act in self.acts}
        covered: dict[str, set[str]] = {end.id: set() for end in self.nodes}
        for tie in self.ties:
            for act in tie.acts:
                for end in (tie.subject, tie.object):
                    covered[end.id].update(acts[act].sources if act in acts else ())
        for end, thing in self.nodes.items():
            graph.add_node(
                end.id,
                type=end.thing.value,
                label=thing.label,
                iri=thing.iri,
                documents=len(covered[end.id]),
            )
        for tie in self.ties:
            told = [acts[one] for one in tie.acts if one in acts]
            owed = [self.statements[one] for one in tie.statements if one in self.statements]
            # No sign is no attribute: a column of numbers and empty texts is neither.
            sign = {} if tie.sign is None else {"sign": float(tie.sign)}
            # A stance without a sign must not be read as one for its target.
            if tie.sign is not None or tie.relation is not Relation.STANCE:
                sign["weight"] = tie.size
            graph.add_edge(
                tie.subject.id,
                tie.object.id,
                **sign,
                relation=tie.relation.value,
                kind=tie.kind,
                count=tie.count,
                acts="|".join(tie.acts or tie.statements),
                documents=_joined(one for act in told for one in act.sources),
                audience=_joined(one for act in told for one in act.addressees),
                in_response_to=_joined(act.in_response_to for act in told),
                treaty=_joined(statement.id_of("treaty") for statement in owed),
                archives="|".join(tie.archives),
                first=tie.first.isoformat() if tie.first else "",
                last=tie.last.isoformat() if tie.last else "",
            )
        return graph


def _joined(ids: Iterable[str | None]) -> str:
    return "|".join(sorted({one for one in ids if one}))
