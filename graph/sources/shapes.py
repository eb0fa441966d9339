"""The declared forms of all records: which column or key becomes which property.

The user's description of the same is `docs/data-format.md`; a test keeps the two equal.
"""

from typing import Final

from comity.graph.sources.record import Field, Shape, Time, Value
from comity.ontology.namespaces import Thing

_ACTOR = (Thing.ACTOR,)
_DATED = ("start_date", "end_date")
_STATED = (*_DATED, "observed", "alternative_to", "unsourced_part", "sources")
ABOUT: Final = (Thing.EVENT, Thing.ISSUE, Thing.CLAIM, Thing.TREATY, Thing.TERRITORY)


def _text(name: str, prop: str, *, required: bool = False) -> Field:
    return Field(name, prop, Value.TEXT, required=required)


def _ref(name: str, prop: str, *things: Thing, many: bool = False, required: bool = False) -> Field:
    return Field(name, prop, Value.REF, things=things, many=many, required=required)


def _concept(name: str, prop: str, scheme: str, *, required: bool = False) -> Field:
    return Field(name, prop, Value.CONCEPT, scheme=scheme, required=required)


def _names(name: str, prop: str) -> Field:
    return Field(name, prop, Value.NAMES, many=True)


_LABEL = _text("label", "skos:prefLabel", required=True)
_ALIASES = _names("aliases", "skos:altLabel")
_HIDDEN = _names("hidden_labels", "skos:hiddenLabel")
_NOTE = _text("note", "skos:note")
_CONFIDENCE = _concept("confidence", "confidence", "confidence")
# WGS 84, degrees.
_PLACED = (
    Field("latitude", "schema:latitude", Value.DECIMAL),
    Field("longitude", "schema:longitude", Value.DECIMAL),
)

SOURCES: Final = Shape(
    "sources",
    Thing.SOURCE,
    ("Source",),
    (
        _LABEL,
        _concept("kind", "sourceKind", "source-kind", required=True),
        Field("url", "url", Value.URL),
        Field("publisher", "dcterms:publisher"),
        Field("issued", "dcterms:issued", Value.EDTF),
        Field("retrieved", "retrieved", Value.EDTF),
        Field("licence", "dcterms:license"),
        Field("copy", "copy", Value.BOOLEAN),
        Field("extent_read", "extentRead", choices=("all", "part", "none")),
        Field("issued_note", "issuedNote"),
        Field("text_sha256", "textSha256"),
        Field("text_length", "textLength", Value.INTEGER),
        Field("version", "schema:version"),
        Field("may_pass_on", "mayBePassedOn", Value.BOOLEAN),
        Field("importer", "importer"),
        Field("files", "readFile", many=True),
        Field("content_sha256", "contentSha256"),
        Field("rows", "rowCount", Value.INTEGER),
        Field("rejected", "rejectCount", Value.INTEGER),
        Field("statements", "statementCount", Value.INTEGER),
        Field("archived", "archivedActCount", Value.INTEGER),
        _NOTE,
    ),
    reference=True,
    names=(
        *("id", "coverage_start", "coverage_end"),
        *("acts", "reports", "claims", "casualty_reports", "observations"),
    ),
)

ORGANISATION_CLASSES: Final[dict[str, tuple[str, ...]]] = {
    "alliance": ("Alliance", "InternationalOrganisation", "Organisation", "Actor"),
    "international-organisation": ("InternationalOrganisation", "Organisation", "Actor"),
    "government-body": ("GovernmentBody", "Organisation", "Actor"),
    "organ": ("Organ", "Organisation", "Actor"),
    "party": ("Party", "Organisation", "Actor"),
    "non-governmental-organisation": ("NonGovernmentalOrganisation", "Organisation", "Actor"),
    "media-outlet": ("MediaOutlet", "Organisation", "Actor"),
    "armed-group": ("ArmedGroup", "Organisation", "Actor"),
    "group": ("Group", "Actor"),
}
TERRITORY_CLASSES: Final[dict[str, tuple[str, ...]]] = {
    "territory": ("Territory",),
    "member-territory": ("MemberTerritory", "Actor"),
}

TABLES: Final[dict[str, Shape]] = {
    shape.name: shape
    for shape in (
        SOURCES,
        Shape(
            "coverage",
            Thing.COVERAGE,
            ("Coverage",),
            (
                _ref("source", "coveringSource", Thing.SOURCE, required=True),
                _ref("organisation", "organisation", Thing.ACTOR, Thing.TREATY, required=True),
                Field("complete", "complete", Value.BOOLEAN),
                Field("stated_count", "statedCount", Value.INTEGER),
                _NOTE,
            ),
            Time.VALIDITY,
            id_from=("source", "organisation"),
            names=_DATED,
        ),
        Shape(
            "states",
            Thing.ACTOR,
            ("State", "Actor"),
            (_LABEL, _text("official_name", "officialName"), _ALIASES, _HIDDEN, _NOTE),
            Time.VALIDITY,
            reference=True,
            names=("id", *_DATED, "sources"),
        ),
        Shape(
            "territories",
            Thing.ACTOR,
            ("Territory",),
            (_LABEL, _ALIASES, _NOTE),
            class_field="kind",
            class_map=TERRITORY_CLASSES,
            thing_map={"territory": Thing.TERRITORY},
            reference=True,
            names=("id", "sources"),
        ),
        Shape(
            "codes",
            Thing.CODE,
            ("CodeAssignment",),
            (
                _ref("actor", "codeOf", Thing.ACTOR, Thing.TREATY, Thing.TERRITORY, required=True),
                _concept("scheme", "codeScheme", "code-scheme", required=True),
                Field("code", "skos:notation", required=True),
            ),
            Time.VALIDITY,
            id_from=("scheme", "code", "actor", "start_date"),
            names=(*_DATED, "sources"),
        ),
        Shape(
            "successions",
            Thing.SUCCESSION,
            ("StateSuccession",),
            (
                _ref("predecessor", "predecessor", *_ACTOR, required=True),
                _ref("successor", "successor", *_ACTOR, required=True),
                _concept("kind", "successionKind", "succession-kind", required=True),
                _NOTE,
            ),
            Time.MOMENT,
            names=("id", "date", "sources", "unsourced_part"),
        ),
        Shape(
            "recognitions",
            Thing.RECOGNITION,
            ("Recognition",),
            (
                _ref("recogniser", "recogniser", *_ACTOR, required=True),
                _ref("recognised", "recognised", *_ACTOR, required=True),
                _NOTE,
            ),
            Time.VALIDITY,
            names=("id", *_STATED),
        ),
        Shape(
            "organisations",
            Thing.ACTOR,
            ("Organisation", "Actor"),
            (
                _LABEL,
                _ALIASES,
                _HIDDEN,
                _ref("part_of", "partOf", *_ACTOR),
                _ref("country", "country", *_ACTOR),
                _NOTE,
            ),
            Time.VALIDITY,
            class_field="type",
            class_map=ORGANISATION_CLASSES,
            reference=True,
            names=("id", *_DATED, "sources"),
        ),
        Shape(
            "memberships",
            Thing.MEMBERSHIP,
            ("Membership",),
            (
                _ref("organisation", "organisation", *_ACTOR, required=True),
                _ref("member", "member", *_ACTOR, required=True),
                _concept("role", "role", "role", required=True),
                _NOTE,
            ),
            Time.VALIDITY,
            names=("id", *_STATED),
        ),
        Shape(
            "statuses",
            Thing.MEMBERSHIP_STATUS,
            ("MembershipStatus",),
            (
                _ref("membership", "ofMembership", Thing.MEMBERSHIP, required=True),
                _concept("status", "status", "status", required=True),
                _ref("asserted_by", "assertedBy", *_ACTOR),
                _NOTE,
            ),
            Time.VALIDITY,
            names=("id", *_DATED, "sources", "unsourced_part", "alternative_to"),
        ),
        Shape(
            "treaties",
            Thing.TREATY,
            ("Treaty",),
            (
                _LABEL,
                _ALIASES,
                Field("signed", "signed", Value.EDTF),
                Field("in_force", "inForce", Value.EDTF),
                _ref("organisation", "constitutes", *_ACTOR),
                _NOTE,
            ),
            Time.VALIDITY,
            reference=True,
            names=("id", "end_date", "codes", "sources"),
        ),
        Shape(
            "parties",
            Thing.MEMBERSHIP,
            ("Membership",),
            (
                _ref("treaty", "treaty", Thing.TREATY, required=True),
                _ref("member", "member", *_ACTOR, required=True),
                _concept("role", "role", "role", required=True),
                _NOTE,
            ),
            Time.VALIDITY,
            names=("id", *_STATED),
        ),
        Shape(
            "obligations",
            Thing.OBLIGATION,
            ("Obligation",),
            (
                _ref("treaty", "treaty", Thing.TREATY),
                Field("article", "article"),
                _concept("type", "obligationType", "obligation-type", required=True),
                _ref("obligor", "obligor", *_ACTOR, required=True),
                _ref("beneficiary", "beneficiary", *_ACTOR, required=True),
                _concept("trigger", "trigger", "trigger"),
                Field("on_request", "onRequest", Value.BOOLEAN),
                Field("mandatory", "mandatory", Value.BOOLEAN),
                Field("area", "area"),
                _text("paraphrase", "paraphrase"),
                _NOTE,
            ),
            Time.VALIDITY,
            names=("id", *_DATED, "alternative_to", "unsourced_part", "sources"),
        ),
        Shape(
            "people",
            Thing.ACTOR,
            ("Person", "Actor"),
            (_LABEL, _ALIASES, _HIDDEN, _ref("country", "country", *_ACTOR), _NOTE),
            reference=True,
            names=("id", "sources"),
        ),
        Shape(
            "posts",
            Thing.POST,
            ("Post",),
            (
                _LABEL,
                _concept("office", "office", "office"),
                _ref("body", "body", *_ACTOR, required=True),
                _NOTE,
            ),
            reference=True,
            names=("id", "sources"),
        ),
        Shape(
            "tenures",
            Thing.TENURE,
            ("Tenure",),
            (
                _ref("person", "person", *_ACTOR, required=True),
                _ref("post", "post", Thing.POST, required=True),
                Field("acting", "acting", Value.BOOLEAN),
                _NOTE,
            ),
            Time.VALIDITY,
            names=("id", *_STATED),
        ),
        Shape(
            "events",
            Thing.EVENT,
            ("Event",),
            (
                _LABEL,
                _ALIASES,
                _concept("type", "eventType", "event-type", required=True),
                Field("place", "place"),
                *_PLACED,
                _ref("part_of", "partOfEvent", Thing.EVENT),
                _ref("about", "about", Thing.ISSUE, many=True),
                _concept("state", "eventState", "event-state"),
                _NOTE,
            ),
            Time.VALIDITY,
            reference=True,
            names=("id", *_DATED, "sources"),
        ),
        Shape(
            "participations",
            Thing.PARTICIPATION,
            ("Participation",),
            (
                _ref("event", "event", Thing.EVENT, required=True),
                _ref("participant", "participant", *_ACTOR, required=True),
                _concept("role", "participantRole", "participant-role", required=True),
            ),
            id_from=("event", "participant", "role"),
            names=("sources",),
        ),
        Shape(
            "issues",
            Thing.ISSUE,
            ("Issue",),
            (_LABEL, _ALIASES, _NOTE),
            reference=True,
            names=("id", "sources"),
        ),
        Shape(
            "claims",
            Thing.CLAIM,
            ("Claim",),
            (
                _text("text", "text", required=True),
                _ref("about", "about", *ABOUT, many=True),
                _concept("kind", "claimKind", "claim-kind"),
                _NOTE,
            ),
            reference=True,
            names=("id", "sources", "positions"),
        ),
    )
}

EVIDENCE: Final = Shape(
    "evidence",
    Thing.EVIDENCE,
    ("Evidence",),
    (
        _concept("speech", "speech", "speech", required=True),
        _text("words", "words"),
        _text("passage", "passage"),
        _text("summary", "summary"),
        _ref("told_by", "toldBy", *_ACTOR, many=True),
        Field("start", "start", Value.INTEGER),
        Field("end", "end", Value.INTEGER),
        Field("prefix", "prefix"),
        Field("suffix", "suffix"),
        Field("sha256", "sha256"),
        Field("row", "codingRow", many=True),
        _NOTE,
    ),
    names=("lang", "position", "act"),
)

ACTS: Final = Shape(
    "acts",
    Thing.STANCE,
    ("StanceAct",),
    (
        _concept("kind", "kind", "kind", required=True),
        _concept("cameo", "cameoCode", "cameo"),
        _ref("holder", "holder", *_ACTOR, required=True),
        _ref("speakers", "speaker", *_ACTOR, many=True),
        _ref("post", "fromPost", Thing.POST),
        _ref("on_behalf_of", "onBehalfOf", *_ACTOR),
        _ref("targets", "target", *_ACTOR, many=True),
        _ref("addressees", "addressee", *_ACTOR, many=True),
        _ref("about", "about", *ABOUT, many=True),
        _text("requested_act", "requestedAct"),
        _ref("requested_toward", "requestedToward", *_ACTOR, many=True),
        _ref("in_response_to", "inResponseTo", Thing.STANCE),
        _ref("qualified_by", "qualifiedBy", Thing.STANCE),
        _ref("same_words_as", "possiblySameAs", Thing.STANCE),
        _text("condition", "condition"),
        _concept("modality", "modality", "modality"),
        _ref("venue", "venue", *_ACTOR),
        Field("sign", "sign", Value.DECIMAL),
        _text("sign_reason", "signReason"),
        _CONFIDENCE,
        _NOTE,
        Field("row", "codingRow", many=True),
    ),
    Time.MOMENT,
    names=("id", "date", "time", "locator", "evidence", "asserts", "affirms", "denies"),
)

POSITIONS: Final = Shape(
    "positions",
    Thing.CLAIM_POSITION,
    ("ClaimPosition",),
    (
        _ref("claim", "claim", Thing.CLAIM, required=True),
        _ref("actor", "actor", *_ACTOR, required=True),
        _concept("position", "position", "claim-position", required=True),
        _ref("act", "throughAct", Thing.STANCE),
        _CONFIDENCE,
        _NOTE,
    ),
)

CASUALTY_REPORTS: Final = Shape(
    "casualty_reports",
    Thing.CASUALTY_REPORT,
    ("CasualtyReport",),
    (
        _ref("event", "event", Thing.EVENT, required=True),
        _ref("side", "side", *_ACTOR, many=True, required=True),
        _concept("measure", "measure", "casualty-measure", required=True),
        _concept("group", "group", "casualty-group"),
        Field("low", "low", Value.INTEGER),
        Field("best", "best", Value.INTEGER),
        Field("high", "high", Value.INTEGER),
        _ref("reporter", "reporter", *_ACTOR),
        _ref("on_authority_of", "onAuthorityOf", *_ACTOR),
        Field("final", "final", Value.BOOLEAN),
        _CONFIDENCE,
        _NOTE,
    ),
    Time.MOMENT,
    names=("id", "as_at", "evidence"),
)

OBSERVATIONS: Final = Shape(
    "observations",
    Thing.OBSERVATION,
    ("Observation",),
    (
        _concept("kind", "observationKind", "observation-kind", required=True),
        _ref("observed_by", "observedBy", *_ACTOR),
        _ref("event", "event", Thing.EVENT),
        *_PLACED,
        # Fire radiative power, in megawatts.
        Field("power", "radiativePower", Value.DECIMAL),
        _NOTE,
    ),
    Time.MOMENT,
    names=("id", "date", "time", "evidence"),
)
