"""What an act amounts to for somebody to whom its actor owes something.

Owns one rule, from the kind of an act and whom it is about to a behaviour. It reads no
graph and knows no treaty.

The rule, first line that fits:

| act | behaviour | reason |
|---|---|---|
| not plain (hypothetical, ironic, conditional) | other act | it says what might be, not what is |
| aid to or work together with the one owed; force or sanctions against the other side | gave help | a deed, not a word |
| the same with the sides changed | spoke for the other side | a deed for the other side says at least as much |
| signed act: for the one owed, or against the other side | spoke for it | the sign rule comity-1 |
| signed act: against the one owed, or for the other side | spoke for the other side | the same rule |
| affirms a claim of a side, or denies one of the opposite side | as speaking for that side | the trigger is such a claim |
| consult, with the one owed among the addressees | consulted | treaties ask for contact with the one owed |
| rules something out | ruled a step out | neither help nor a word for anybody |
| urges restraint, calls for settlement, offers mediation, is concerned | called for restraint | speaks to the fighting, for no side |
| everything else | other act | not enough to say |
"""

from collections.abc import Iterable
from enum import StrEnum

from comity.graph.acts import Act
from comity.ontology.namespaces import Thing as Type


class Behaviour(StrEnum):
    """What an obliged actor did, the most telling first.

    Deeds come before words; what speaks for the other side comes before contact, so that a
    call hides nothing of it. Who is itself the other party to the event is only named so: the
    question what it did for the one owed does not arise.
    """

    GAVE_HELP = "gave-help"
    SPOKE_FOR_OTHER_SIDE = "spoke-for-other-side"
    CONSULTED = "consulted"
    SPOKE_FOR_IT = "spoke-for-it"
    RULED_A_STEP_OUT = "ruled-a-step-out"
    ONLY_CALLED_FOR_RESTRAINT = "only-called-for-restraint"
    OTHER_ACT = "other-act"
    NO_RECORDED_ACT = "no-recorded-act"
    IS_THE_OTHER_SIDE = "is-the-other-side"


_HELPS = frozenset({"aid", "cooperate"})
_HARMS = frozenset({"use-force", "sanction", "coerce", "mobilise"})
_RESTRAINT = frozenset({"urge-restraint", "call-for-settlement", "offer-mediation"})
_CONCERN = "express-concern"


def behaviour_of(
    act: Act,
    owed: str,
    others: frozenset[str],
    own_claims: frozenset[str],
    other_claims: frozenset[str],
) -> Behaviour:
    """What one act amounts to.

    Args:
        act: the act.
        owed: id of the actor to whom something is owed.
        others: ids of the actors on the other side, with their bodies.
        own_claims: ids of the claims of the one owed that the other side disputes.
        other_claims: ids of the claims of the other side that stand against them.
    """
    if act.modality != "plain":
        return Behaviour.OTHER_ACT
    targets = frozenset(act.targets)
    at_owed, at_others = owed in targets, bool(others & targets)
    if act.kind in _HELPS and at_owed != at_others:
        return Behaviour.GAVE_HELP if at_owed else Behaviour.SPOKE_FOR_OTHER_SIDE
    if act.kind in _HARMS and at_owed != at_others:
        return Behaviour.GAVE_HELP if at_others else Behaviour.SPOKE_FOR_OTHER_SIDE
    if act.sign and at_owed != at_others:
        is_for_owed = (act.sign > 0) == at_owed
        return Behaviour.SPOKE_FOR_IT if is_for_owed else Behaviour.SPOKE_FOR_OTHER_SIDE
    if act.kind in ("affirm", "deny"):
        claims = frozenset(act.about_ids(Type.CLAIM))
        mine, theirs = bool(own_claims & claims), bool(other_claims & claims)
        if mine != theirs:
            is_for_owed = (act.kind == "affirm") == mine
            return Behaviour.SPOKE_FOR_IT if is_for_owed else Behaviour.SPOKE_FOR_OTHER_SIDE
    if act.kind == "consult" and owed in act.addressees:
        return Behaviour.CONSULTED
    if act.kind == "rule-out":
        return Behaviour.RULED_A_STEP_OUT
    if act.kind in _RESTRAINT or act.kind == _CONCERN:
        return Behaviour.ONLY_CALLED_FOR_RESTRAINT
    return Behaviour.OTHER_ACT


def most_telling(found: Iterable[Behaviour]) -> Behaviour:
    """The first behaviour in the order of `Behaviour`; no recorded act where there is none.

    Examples:
        >>> most_telling([Behaviour.OTHER_ACT, Behaviour.CONSULTED]).value
        'consulted'
    """
    order = list(Behaviour)
    return min(found, key=order.index, default=Behaviour.NO_RECORDED_ACT)


def besides(headline: Behaviour, found: Iterable[Behaviour]) -> tuple[Behaviour, ...]:
    """What was done besides, the most telling first; acts that amount to nothing left out.

    Examples:
        >>> besides(Behaviour.CONSULTED, [Behaviour.RULED_A_STEP_OUT, Behaviour.OTHER_ACT])
        (<Behaviour.RULED_A_STEP_OUT: 'ruled-a-step-out'>,)
    """
    others = set(found) - {headline, Behaviour.OTHER_ACT}
    return tuple(one for one in Behaviour if one in others)
