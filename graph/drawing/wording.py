"""Short texts on the picture: names of nodes and labels of lines.

Owns how a bundle is worded. The page words bundles by the same rule when a filter
narrows them (`static/bundles.js`).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from comity.graph.drawing.words import later, say
from comity.graph.network import Relation, Tie
from comity.graph.rows import DataRow
from comity.graph.things import Thing
from comity.ontology.terms import concepts

_LONGEST_NAME = 16
_PARTIES = re.compile(r"^\S+–\S+ (?=\S)")
_VOTED_ON = re.compile(r"\bvote on (?:resolution )?(\S*\d\S*)")
_ABBREVIATION = 5

# What a party may or shall do, as a verb in a label.
PLEDGES: Final = {
    "defence": later("assist"),
    "consultation": later("consult"),
    "neutrality": later("stay neutral"),
    "non-aggression": later("not attack"),
    "offence": later("join in"),
}
_HELP: Final = later("help")


def short_name(thing: Thing) -> str:
    """A name that fits beside a node: the label, or for a long one its abbreviation.

    Of a vote it is the number of what was voted on.
    """
    if len(thing.label) <= _LONGEST_NAME:
        return thing.label
    if thing.type == "treaty" and len(thing.id) <= _ABBREVIATION:
        return thing.id.upper()
    number = _VOTED_ON.search(thing.label)
    if number:
        return number[1]
    names = [name for name in thing.texts("skos:altLabel") if name.isascii()]
    for name in sorted(names):
        if name.casefold() == thing.id.casefold():
            return name
    fitting = [name for name in names if 3 < len(name) <= _LONGEST_NAME]
    return min(fitting, key=lambda name: (len(name), name)) if fitting else _cut(thing.label)


def event_lines(event: Thing | None) -> tuple[str, ...]:
    """The event's name in at most two lines, split where it has a comma."""
    if event is None:
        return ()
    name, _, when = event.label.partition(", ")
    # The parties stand on both sides of the box: their names need not be in it too.
    name = _PARTIES.sub("", name)
    name = name[:1].upper() + name[1:]
    return (name, when) if when else (name,)


def abbreviation(thing: Thing) -> str:
    """What a body is called in letters, such as UN or EU; empty for others."""
    names = [name for name in thing.texts("skos:altLabel") if name.isascii() and name.isupper()]
    fitting = [name for name in names if len(name) <= _ABBREVIATION]
    return min(fitting, key=lambda name: (len(name), name), default="")


def stance_label(kinds: Sequence[tuple[str, int]], count: int) -> str:
    """Verb and number of a bundle of acts.

    Examples:
        >>> stance_label((("accuse", 8), ("condemn", 1)), 9)
        'accuses ×8 +1'
        >>> stance_label((("praise", 1),), 1)
        'praises'
    """
    kind, most = kinds[0]
    text = verb_of(kind)
    if most > 1:
        text += f" ×{most}"
    return f"{text} +{count - most}" if count > most else text


def verb_of(kind: str) -> str:
    """The finite verb of a kind of act, or the kind itself."""
    concept = concepts("kind").get(kind)
    verb = concept.verb if concept and concept.verb else kind
    # On a line the object is where the line ends.
    return verb.removesuffix(" on")


def treaty_name(treaty: Thing, parties: frozenset[str]) -> str:
    """The shortest name of a treaty that still tells: its abbreviation, its place or its year.

    Args:
        treaty: the treaty.
        parties: ids of the states the obligation is between.
    """
    first = treaty.id.partition("-")[0]
    if first not in parties and not first.isdigit():
        return first.upper() if len(first) <= _ABBREVIATION - 1 else first.capitalize()
    return treaty.text("signed")[:4] or treaty.label


def obligation_label(statements: Sequence[Thing], treaties: Mapping[str, Thing]) -> str:
    """Treaties of a bundle of obligations; says so where nothing more than a possibility is owed."""
    names: dict[str, str] = {}
    for statement in statements:
        treaty = treaties.get(statement.id_of("treaty") or "")
        if treaty is not None:
            ends = frozenset({*statement.ids("obligor"), *statement.ids("beneficiary")})
            names.setdefault(treaty.id, treaty_name(treaty, ends))
    by_year = sorted(names, key=lambda key: (treaties[key].text("signed"), key))
    text = f"§ {', '.join(names[key] for key in by_year)}"
    if is_weak(statements):
        kinds = [one.id_of("obligationType") or "" for one in statements]
        if any(one.truth("mandatory") is False for one in statements):
            # Where one consults and only may do more, consulting is what is promised.
            kind = "consultation" if "consultation" in kinds else min(kinds)
            verb = say(PLEDGES.get(kind, _HELP))
            return say("%(treaties)s may %(verb)s", treaties=text, verb=verb)
    return text


def is_weak(statements: Sequence[Thing]) -> bool:
    """Whether a bundle of obligations holds no duty to help when the other is attacked."""
    return not any(
        one.id_of("obligationType") == "defence" and one.truth("mandatory") is not False
        for one in statements
    )


def other_label(tie: Tie) -> str:
    """Label of a membership, tenure or participation."""
    text = (
        tie.kind.replace("-", " ") if tie.relation is not Relation.TENURE else say("holds office")
    )
    return text if tie.count == 1 else f"{text} ×{tie.count}"


def row_text(row: DataRow) -> str:
    """The row of a data set that is the evidence, in words."""
    if row.file:
        return say("Row %(number)s of %(file)s", number=row.number, file=row.file)
    return say(
        "Row %(number)s of the file whose SHA-256 begins with %(digits)s",
        number=row.number,
        digits=row.sha256,
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME + 2 else text[: _LONGEST_NAME + 1].rstrip() + "…"
