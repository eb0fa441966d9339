"""The sign rules `comity-1` and `goldstein`: what an act says of its target, as a number.

Kind, sign and words are separate: the kind is coded, the sign follows from it by a named
rule, so that any measure can be run again under another rule. The values stand in
`schemes.ttl`, on the kinds, and in `cameo.ttl`, on the codes of event data.
"""

from decimal import Decimal

from comity.ontology.terms import concepts


def sign_of(kind: str, *, has_actor_target: bool) -> Decimal | None:
    """The sign of an act under rule comity-1.

    Args:
        kind: id of the kind, such as `condemn`.
        has_actor_target: whether the act judges at least one actor. Condemning fighting,
            or rejecting an idea, signs no actor.

    Returns:
        A number from -1 to 1; None where the act has no sign, which is not 0.

    Examples:
        >>> sign_of("condemn", has_actor_target=True)
        Decimal('-1.0')
        >>> sign_of("condemn", has_actor_target=False) is None
        True
    """
    concept = concepts("kind").get(kind)
    if concept is None or concept.sign is None:
        return None
    if concept.needs_actor_target and not has_actor_target:
        return None
    return concept.sign


def goldstein_of(code: str) -> Decimal | None:
    """The score of a CAMEO code on Goldstein's scale, from -10 (conflict) to 10 (cooperation).

    Args:
        code: such as `040`.

    Returns:
        The score; None where there is no such code.

    Examples:
        >>> goldstein_of("112"), goldstein_of("057")
        (Decimal('-2.0'), Decimal('8.0'))
        >>> goldstein_of("40") is None
        True
    """
    concept = concepts("cameo").get(code)
    return concept.goldstein if concept else None
