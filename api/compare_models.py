"""What a comparison of two days holds."""

from pydantic import Field

from comity.api.models import MembershipItem, Model, Reference


class Changes(Model):
    """Memberships on two days."""

    came: list[MembershipItem] = Field(description="On the second day only.")
    left: list[MembershipItem] = Field(description="On the first day only.")
    stayed: list[Reference] = Field(description="Who or what was there on both.")


class TieThen(Model):
    """A tie as known on a day."""

    sign: float | None = Field(description="Of the sum of its acts; null where none has a sign.")
    acts: int


class ChangedTie(Model):
    """A tie that came, grew, or changed its sign."""

    subject: Reference
    object: Reference
    before: TieThen | None
    after: TieThen | None


class Comparison(Model):
    """Two days side by side."""

    actor: Reference
    from_: str = Field(alias="from")
    to: str
    members: Changes = Field(description="Of the body, if it is one.")
    memberships: Changes = Field(description="Of the actor in bodies and treaties.")
    ties: list[ChangedTie]
    graph_version: str
