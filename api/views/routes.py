"""Every page of a thing or a list, with its address."""

from typing import Final

from comity.api.views.comparing import compare_page
from comity.api.views.events import act_page, claim_page, event_page, source_page, statement_page
from comity.api.views.lists import (
    actors_page,
    events_page,
    organisations_page,
    posts_page,
    sources_page,
    treaties_page,
)
from comity.api.views.reading import page
from comity.api.views.things import actor_page, post_page, treaty_page
from comity.ontology.namespaces import Thing as Type

PAGES: Final = [
    page("/actors", "list.html", actors_page, "q", "type"),
    page("/organisations", "list.html", organisations_page, "q"),
    page("/treaties", "list.html", treaties_page, "q"),
    page("/posts", "list.html", posts_page, "q"),
    page("/events", "list.html", events_page, "q"),
    page("/sources", "list.html", sources_page, "q"),
    page("/actors/{id}", "actor.html", actor_page),
    page("/organisations/{id}", "actor.html", actor_page),
    page("/alliances/{id}", "actor.html", actor_page),
    page("/treaties/{id}", "treaty.html", treaty_page),
    page("/events/{id}", "event.html", event_page),
    page("/sources/{id}", "source.html", source_page),
    page("/stances/{id}", "act.html", act_page),
    page("/claims/{id}", "claim.html", claim_page),
    page("/memberships/{id}", "statement.html", statement_page(Type.MEMBERSHIP)),
    page("/tenures/{id}", "statement.html", statement_page(Type.TENURE)),
    page("/posts/{id}", "post.html", post_page),
    page("/compare", "compare.html", compare_page, "actor", "from", "to"),
]
