"""The answers of the API as OpenAPI describes them. Field names are those of API.md."""

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, RootModel

T = TypeVar("T")


class Model(BaseModel):
    """Base of all: fields not declared here would be a mistake."""

    model_config = ConfigDict(extra="forbid")


class Reference(Model):
    """A thing named in an item."""

    id: str
    label: str
    type: str
    iri: str
    url: str | None = Field(description="This server's address of it, where it has one.")


class SourceReference(Model):
    """A document that an item rests on."""

    id: str
    label: str
    url: str | None = Field(description="Address of the document itself.")
    publisher: str | None
    issued: str | None
    retrieved: str | None
    licence: str | None


class Listing(Model, Generic[T]):
    """One page of a list."""

    items: list[T]
    total: int
    next: str | None = Field(description="Relative reference of the next page, or null.")
    as_of: str
    known_at: str
    graph_version: str


class ActorItem(Reference):
    """An actor. A list gives only the first five fields; the thing itself all."""

    labels: dict[str, str] | None = None
    official_name: str | None = None
    aliases: list[str] | None = None
    part_of: Reference | None = None
    country: Reference | None = None
    start_date: str | None = None
    end_date: str | None = None
    codes: dict[str, str] | None = None
    note: str | None = None
    sources: list[SourceReference] | None = None
    as_of: str | None = None
    known_at: str | None = None
    graph_version: str | None = None


class RowItem(Model):
    """A row of a data set: the evidence of what has no words to quote."""

    file: str | None = Field(description="Name of the file, where its source tells it.")
    sha256: str = Field(description="Sum of the file, or its first twelve digits.")
    number: int = Field(description="Which row it is, from 1, the header not counted.")


class Statement(Reference):
    """A dated statement."""

    start_date: str = Field(description="EDTF level 1; empty when unknown.")
    end_date: str = Field(description="EDTF level 1; `..` open, empty unknown.")
    end_state: str | None = Field(description="open, ended, unknown or not-covered.")
    certain: bool | None = Field(description="Whether it surely holds on as_of.")
    unsourced_part: str | None
    alternative_to: str | None = Field(description="The statement that this one contradicts.")
    note: str | None
    row: RowItem | None = Field(description="The row that it was read from, of a data set.")
    sources: list[SourceReference]


class MembershipItem(Statement):
    """A membership of an organisation, or a state's part in a treaty."""

    member: Reference | None
    organisation: Reference | None
    treaty: Reference | None
    role: str | None
    status: str | None
    status_asserted_by: Reference | None


class TenureItem(Statement):
    """A person holding a post."""

    person: Reference | None
    post: Reference | None
    body: Reference | None
    role: str | None = Field(description="The office, such as foreign-minister.")
    acting: bool | None
    status: str


class ObligationItem(Statement):
    """What one state owes another under a treaty."""

    treaty: Reference | None
    article: str | None
    obligor: Reference | None
    beneficiary: Reference | None
    role: str | None = Field(description="Type of obligation.")
    trigger: str | None
    on_request: bool | None
    mandatory: bool | None
    area: str | None
    paraphrase: str | None


class TreatyItem(Reference):
    """A treaty."""

    signed: str | None
    in_force: str | None
    organisation: Reference | None
    aliases: list[str] | None = None
    obligations: list[ObligationItem] | None = None
    codes: dict[str, str] | None = None
    note: str | None = None
    sources: list[SourceReference] | None = None


class PostItem(Reference):
    """A post in a state or a body."""

    body: Reference | None
    office: str | None
    note: str | None = None


class EvidenceItem(Model):
    """Where an act is written, and in which words."""

    source: SourceReference | None
    speech: str = Field(description="direct, reported or summary; row where there are no words.")
    words: str | None = Field(description="The speaker's own words; only these are quoted.")
    passage: str | None = Field(description="Exact words of the document.")
    summary: str | None = Field(description="A paraphrase by the coder.")
    lang: str | None
    told_by: list[Reference]
    note: str | None
    row: RowItem | None = Field(description="The row, where one of a data set is the evidence.")


class StanceItem(Reference):
    """An act: who said or did what about whom."""

    date: str
    time: str | None
    kind: str
    sign: float | None
    holder: Reference
    speaker: list[Reference]
    post: Reference | None
    on_behalf_of: Reference | None
    targets: list[Reference]
    addressees: list[Reference]
    about: list[Reference]
    requested_act: str | None
    requested_toward: list[Reference]
    in_response_to: str | None
    qualified_by: str | None
    possibly_same_as: str | None
    condition: str | None
    modality: str
    venue: Reference | None
    sign_reason: str | None
    confidence: str
    note: str | None
    evidence: list[EvidenceItem]
    quote: str | None
    sources: list[SourceReference]


class Position(Model):
    """Who stands how to a claim, and where it is written."""

    actor: Reference | None
    act: str | None
    evidence: list[EvidenceItem]


class ClaimItem(Reference):
    """A claim, which is not a fact."""

    text: str
    kind: str | None
    about: list[Reference]
    asserted_by: list[Position]
    affirmed_by: list[Position]
    denied_by: list[Position]


class CasualtyItem(Model):
    """One figure: of one source, side and day. Figures are never added up."""

    id: str
    sides: list[Reference]
    measure: str | None
    group: str | None
    low: int | None
    best: int | None
    high: int | None
    as_at: str
    reporter: Reference | None
    on_authority_of: Reference | None
    final: bool | None
    confidence: str | None
    note: str | None
    evidence: list[EvidenceItem]
    sources: list[SourceReference]


class ObservationItem(Model):
    """Something seen by an instrument."""

    id: str
    kind: str | None
    date: str
    time: str | None = Field(description="Time of day, with its zone.")
    latitude: float | None = Field(description="Degrees, WGS 84, north positive.")
    longitude: float | None = Field(description="Degrees, WGS 84, east positive.")
    radiative_power: float | None = Field(description="Of heat, in megawatts.")
    observed_by: Reference | None
    note: str | None
    evidence: list[EvidenceItem]
    sources: list[SourceReference]


class Participant(Model):
    """An actor in an event, in a role."""

    actor: Reference | None
    role: str | None


class EventItem(Reference):
    """An event."""

    event_type: str | None
    event_state: str | None
    start_date: str
    end_date: str
    place: str | None
    part_of: Reference | None
    note: str | None
    row: RowItem | None = Field(None, description="The row that it was read from, of a data set.")
    participants: list[Participant] | None = None
    stances: list[Reference] | None = Field(None, description="Acts about it, by date.")
    claims: list[ClaimItem] | None = None
    casualty_reports: list[CasualtyItem] | None = None
    observations: list[ObservationItem] | None = Field(
        None, description="The first hundred near it; all are at /events/{id}/observations."
    )
    observation_count: int | None = Field(None, description="How many there are in all.")
    sources: list[SourceReference] | None = None


class FileItem(Model):
    """A file that a data set was imported from."""

    name: str
    sha256: str


class SourceItem(Reference):
    """A source document or data set."""

    kind: str | None
    document_url: str | None = Field(description="Address of the document itself.")
    publisher: str | None
    issued: str | None
    issued_note: str | None
    retrieved: str | None
    licence: str | None
    copy_of_another: bool | None
    extent_read: str | None
    coverage_start: str | None
    coverage_end: str | None
    note: str | None
    files: list[FileItem] = Field(description="What it was imported from; else empty.")


class DisagreementItem(Model):
    """One thing on which two sources differ."""

    about: Reference
    who: Reference
    differs_on: str = Field(
        description="start, end, role, member (a list lacks it), holder (of the lead of a state) or "
        "figure."
    )
    value: str = Field(description="As the better ranked source has it; of figures the lowest.")
    source: SourceReference | None
    other_value: str | None = Field(description="As the other source has it.")
    other_source: SourceReference | None
    size: int | None = Field(
        description="Days between two dates at least, or people between two figures."
    )
    covered_from: str | None = Field(description="First day on which the other says something.")
    covered_to: str | None = Field(
        description="Last such day: an open end in it is no statement about later days."
    )
    statement: str
    other_statement: str | None


class Edge(Model):
    """An edge of a network."""

    subject: str
    object: str
    relation: str
    kind: str
    sign: float | None
    count: int
    weight: float
    acts: list[str]
    statements: list[str]
    archives: list[str] = Field(description="Archives that hold its acts; see /archives.")
    kinds: dict[str, int]
    first: str | None
    last: str | None


class Node(Reference):
    """A node of a network."""

    silent: bool = Field(description="Whether it has no recorded act in the window.")


class WeighingUsed(Model):
    """How acts became weighted ties."""

    weight: str
    half_life: float | None
    sign_rule: str | None
    once: str
    agreement: str | None
    normalisation: str
    minimum_acts: int
    minimum_exposure: int
    backbone: float | None


class NetworkAnswer(Model):
    """A network."""

    nodes: list[Node]
    edges: list[Edge]
    as_of: str
    known_at: str
    since: str | None
    until: str | None
    level: str
    alliances: list[str]
    bundle: str
    weighing: WeighingUsed
    graph_version: str


class Candidate(Reference):
    """An actor that a name may mean."""

    score: float = Field(description="0 to 100.")
    matched: str = Field(description="The name it was found by.")


class Resolved(Model):
    """What one name may mean, best first."""

    name: str
    items: list[Candidate]
    known_at: str
    graph_version: str


class Names(Model):
    """Names to resolve."""

    names: list[str] = Field(max_length=500)


class ResolvedMany(Model):
    """What several names may mean, in the order given."""

    results: list[Resolved]
    known_at: str
    graph_version: str


class ConceptItem(Reference):
    """A value of a fixed list."""

    definition: str
    broader: str | None
    sign: float | None


class SchemeAnswer(Model):
    """A fixed list."""

    id: str
    items: list[ConceptItem]
    total: int


class QuestionChoice(Model):
    """A value that a parameter takes."""

    value: str
    label: str


class QuestionParameter(Model):
    """A parameter of a question."""

    name: str
    type: str
    meaning: str
    default: str | None
    required: bool
    many: bool
    minimum: int | None
    maximum: int | None
    choices: list[QuestionChoice] = Field(description="The only values allowed; empty for any.")


class QuestionItem(Model):
    """A saved question."""

    id: str
    title: str
    theme: str
    question: str
    keywords: list[str]
    parameters: list[QuestionParameter]
    one_of: list[str] = Field(description="Parameters of which one at least must be given.")
    columns: dict[str, str]
    example: dict[str, str]
    note: str
    url: str


class Cell(RootModel[Reference | str | float | bool | None]):
    """A value in an answer: a thing, a text, a number or a truth value; null for none."""


class QuestionAnswer(Model):
    """The answer to a question."""

    id: str
    title: str
    parameters: dict[str, list[str]] = Field(description="As used, defaults included.")
    columns: list[str]
    items: list[dict[str, Cell]]
    total: int
    known_at: str
    graph_version: str


class QuestionListing(Model):
    """The catalogue."""

    items: list[QuestionItem]
    total: int


class Version(Model):
    """Which software and which graph answer."""

    comity: str
    graph_version: str
    built: str
    states: int
    organisations: int
    officials: int
    acts: int
    documents: int
