"""The answers about measures, obligations and behaviour, as OpenAPI describes them."""

from typing import Any

from pydantic import Field

from comity.api.models import Model, Reference, WeighingUsed


class BehaviourActs(Model):
    """Acts that amount to the same."""

    behaviour: str
    acts: list[Reference] = Field(description="By date.")


class ObligedItem(Model):
    """One obligation, and what the obliged did."""

    obligation: Reference
    obliged: Reference
    owed_to: Reference
    treaty: Reference | None
    article: str | None
    type: str = Field(description="Type of obligation.")
    trigger: str | None = Field(description="armed-attack or threat; null where not recorded.")
    since: str = Field(description="First day, EDTF.")
    certain: bool = Field(description="Whether it surely held on the day.")
    on_request: bool | None = Field(description="Whether it is owed on request; null: unknown.")
    requests: list[Reference] = Field(
        description="Acts that asked the obliged, or the treaty's body, for help."
    )
    depends_on: list[str] = Field(description="Ids of the claims on which the trigger hangs.")
    disputed_by: list[str] = Field(description="Ids of the claims that stand against them.")
    behaviour: str = Field(description="The most telling of what it did; see docs/obligations.md.")
    also: list[str] = Field(description="What else it did, the most telling first.")
    says: str = Field(description="The same in words.")
    acts: list[BehaviourActs] = Field(description="All its acts about the event.")
    events: list[Reference] = Field(description="Sessions of the treaty's body.")
    documents: int = Field(description="How many documents cover the obliged.")


class NotTriggeredItem(Model):
    """A pledge in force that the event does not set off."""

    treaty: Reference | None
    article: str | None
    why: str
    obligations: list[str] = Field(description="Ids of the statements.")


class BoundToBothItem(Model):
    """An actor that owes something to more than one party."""

    actor: Reference
    owes: dict[str, list[str]] = Field(description="Ids of its obligations by party.")
    contradict: bool = Field(description="Whether they cannot all be kept.")


class TriggerClaimItem(Model):
    """A disputed claim on which a trigger hangs."""

    claim: Reference
    issue: Reference
    asserted_by: list[Reference]
    affirmed_by: list[Reference]
    denied_by: list[Reference]


class EventObligations(Model):
    """Who owed what to the parties of an event, and what each then did."""

    event: Reference
    sides: list[Reference]
    as_of: str = Field(description="Day on which the obligations held: the event's first.")
    until: str = Field(description="Last day of the acts that count.")
    items: list[ObligedItem]
    total: int
    not_triggered: list[NotTriggeredItem]
    bound_to_both: list[BoundToBothItem]
    claims: list[TriggerClaimItem]
    graph_version: str


class PairAgreementItem(Model):
    """How often two members agree."""

    source: str
    target: str
    n: int = Field(description="Items on which both took a position.")
    agreement: float = Field(description="Share of these on which it was the same.")


class YearCohesionItem(Model):
    """The Agreement Index of a year."""

    year: int
    n: int = Field(description="Items with two positions or more.")
    agreement_index: float


class DifferenceItem(Model):
    """Something on which the most discordant pair took different positions."""

    item: str = Field(description="Id of the actor, event, issue, claim or treaty.")
    source_acts: list[Reference]
    target_acts: list[Reference]


class OrganisationCohesionItem(Model):
    """Whether the members of an organisation take the same positions. Null: see the reason."""

    organisation: Reference
    members: list[Reference] = Field(description="On the day `as_of`, by id.")
    uncertain_members: list[str] = Field(
        description="Ids of those that may have been; they do not count."
    )
    as_of: str
    known_at: str
    since: str | None
    until: str = Field(description="Last day of acts; `as_of` where none was given.")
    without_position: list[str] = Field(description="Members that took no position.")
    items: int = Field(description="Things on which a member took a position.")
    n: int = Field(description="Those with the positions of two members or more.")
    n_sided: int = Field(description="Those with two members or more for or against.")
    filled: float | None = Field(description="Share of members by items that hold a position.")
    rice: float | None = Field(description="Mean Rice index, abstentions left out.")
    rice_with_abstentions: float | None = Field(description="Abstentions in the denominator.")
    rice_by_chance: float | None = Field(description="Rice index expected of coins.")
    small: bool = Field(description="Whether that is above 0.25.")
    agreement_index: float | None = Field(description="Hix, Noury and Roland (2005).")
    hidden_because: str | None
    pairs_filled: float | None = Field(description="Share of pairs with an item in common.")
    pairs: list[PairAgreementItem]
    pairs_hidden_because: str | None
    most_discordant: PairAgreementItem | None
    years: list[YearCohesionItem]
    slope: float | None = Field(description="Change of the Agreement Index by year.")
    no_slope_because: str | None
    differences: list[DifferenceItem] = Field(description="Behind the most discordant pair.")
    graph_version: str


class MeasureOption(Model):
    """An option of a measure."""

    name: str
    default: str
    allowed: list[str] = Field(description="Its values; empty where any of the type will do.")
    meaning: str


class MeasureItem(Model):
    """A measure of a network."""

    id: str
    group: str
    title: str = Field(description="What it asks.")
    description: str = Field(description="Definition, formula, degenerate cases, reference.")
    parameters: list[MeasureOption]
    page: str = Field(description="Its page in the repository, with an example.")
    url: str


class MeasureListing(Model):
    """All measures of a network."""

    items: list[MeasureItem]
    total: int


class ExplainedTie(Model):
    """A tie behind a result."""

    source: str
    target: str
    relation: str
    sign: float | None
    acts: list[str] = Field(description="Ids of its acts or statements.")


class MeasureAnswer(Model):
    """What a measure says of a network."""

    id: str
    title: str
    parameters: dict[str, Any] = Field(description="Options as used; others had their default.")
    groups: list[str] = Field(description="Organisations whose members were a group.")
    all_rules: bool = Field(description="Whether it was taken under every sign rule.")
    result: dict[str, Any] = Field(description="See docs/measures.md; edges name their acts.")
    explained: list[ExplainedTie] = Field(description="The ties asked for, with their acts.")
    nodes: int
    ties: int
    as_of: str
    known_at: str
    since: str | None
    until: str | None
    level: str
    alliances: list[str]
    weighing: WeighingUsed
    graph_version: str


class PanelAnswer(Model):
    """Every directed pair of states in every period."""

    items: list[dict[str, Any]] = Field(description="See docs/panel.md for the columns.")
    total: int
    undated: list[str] = Field(
        description="Ids of acts that may fall into several periods and count in none."
    )
    since: str
    until: str
    every: str
    archives: list[str] = Field(description="Ids of archives whose acts count too.")
    known_at: str
    graph_version: str


class JobAnswer(Model):
    """A measure under way, or what came of it."""

    id: str
    state: str = Field(description="running, done, failed or cancelled.")
    measure: str
    begun: str
    seconds: float = Field(description="How long it has run.")
    error: str | None
    url: str
    answer: MeasureAnswer | None = Field(description="When it is done.")
