"""What panel and table say, as records: acts, quotations, obligations, figures.

Every id is resolved to a name and every text is plain data, as the document has it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A source as it is cited."""

    id: str
    label: str
    url: str
    publisher: str
    issued: str


@dataclass(frozen=True, slots=True)
class Quote:
    """One piece of evidence: words, a passage, a summary or the name of a row, never two.

    Attributes:
        words: the speaker's own words; the only text that stands in quotation marks.
        passage: exact text of the document.
        summary: our paraphrase.
        lang: language of words or passage.
        speech: direct, reported, summary or row.
        told_by: names of those whose wording it is when not the speaker's.
        note: a remark of the coder.
        document: where it is written.
        row: which row of a data set, in words, where there is nothing to quote.
    """

    words: str
    passage: str
    summary: str
    lang: str
    speech: str
    told_by: tuple[str, ...]
    note: str
    document: Document | None
    row: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """An act as panel and table show it."""

    id: str
    date: str
    first: str
    last: str
    kind: str
    verb: str
    sign: float | None
    who: str
    holder: str
    speakers: tuple[str, ...]
    speaker_known: bool
    post: str
    post_of: str
    toward: tuple[str, ...]
    to: tuple[str, ...]
    about: tuple[str, ...]
    claims: tuple[str, ...]
    requested: str
    condition: str
    venue: str
    answers: str
    qualified_by: str
    confidence: str
    modality: str
    note: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Pledge:
    """An obligation as panel and table show it."""

    id: str
    treaty: str
    short: str
    signed: str
    article: str
    type: str
    verb: str
    obligor: str
    beneficiary: str
    trigger: str
    on_request: bool | None
    mandatory: bool | None
    paraphrase: str
    start: str
    end: str
    note: str
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A membership, an office or a part in an event, as panel and table show it."""

    id: str
    who: str
    what: str
    where: str
    start: str
    end: str
    status: str
    note: str
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One reported number of dead or wounded: one side, one reporter, one day."""

    id: str
    side: str
    is_of_one: bool
    measure: str
    group: str
    number: str
    date: str
    reporter: str
    authority: str
    final: bool
    documents: tuple[Document, ...]
