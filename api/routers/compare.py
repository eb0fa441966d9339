"""Two days side by side."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from comity.api.asked import Asked, asked
from comity.api.compare import compared
from comity.api.compare_models import Comparison
from comity.api.items import Item
from comity.api.parameters import strict
from comity.queries.parameters import day_of

router = APIRouter(tags=["actors"], dependencies=[Depends(strict)])


@router.get(
    "/compare", operation_id="compareDays", response_model=Comparison, response_model_by_alias=True
)
def compare_days(
    found: Annotated[Asked, Depends(asked)],
    actor: Annotated[str, Query(description="Id of an actor or a body.")],
    first: Annotated[str, Query(alias="from", description="The one day.")],
    second: Annotated[str, Query(alias="to", description="The other day.")],
) -> Item:
    """What changed for an actor between two days: members, memberships, ties."""
    return compared(found, actor, day_of("from", first), day_of("to", second))
