"""Stories: views told in steps, as JSON, as a page, and as files."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from comity.api.explorer import view_page
from comity.api.formats import MEDIA_TYPES, chosen_format
from comity.api.network import view_parameters
from comity.api.pages import render
from comity.api.parameters import Format, strict
from comity.api.service import Service, service_of
from comity.api.story_models import StoryAnswer, StoryListing
from comity.graph.drawing.files import StoryFormat, story_file
from comity.graph.drawing.telling import story_values

router = APIRouter(tags=["stories"], dependencies=[Depends(strict)])


@router.get("/stories", operation_id="listStories", response_model=StoryListing)
def list_stories(
    request: Request, service: Annotated[Service, Depends(service_of)], format: Format = None
) -> Response:
    """The stories that ship, then those of the data directory."""
    base = service.base_url(request)
    stories = service.stories.all()
    if chosen_format(request, ("json", "html")) == "html":
        return HTMLResponse(render("stories.html", stories=stories))
    items = [
        {
            "id": one.id,
            "title": one.title,
            "summary": one.summary,
            "steps": len(one.steps),
            "url": f"{base}/stories/{one.id}",
        }
        for one in stories
    ]
    version = service.engine.version
    return JSONResponse({"items": items, "total": len(items), "graph_version": version})


@router.get(
    "/stories/{id}",
    operation_id="getStory",
    response_model=StoryAnswer,
    dependencies=[Depends(view_parameters)],
)
def get_story(
    request: Request,
    service: Annotated[Service, Depends(service_of)],
    id: str,
    step: Annotated[int | None, Query(ge=1, description="Step that the page opens at.")] = None,
    embed: str | None = None,
    format: Format = None,
) -> Response:
    """A story with its numbers and documents; also as page and as PDF, one step a page."""
    wanted = chosen_format(request, ("json", "html", "pdf", "file"))
    told = service.stories.told(service.engine, id)
    if wanted == "json":
        return JSONResponse({**story_values(told), "graph_version": service.engine.version})
    if wanted == "html":
        view = told.story.view
        return view_page(request, service, view, embedded=embed == "1", story=told)
    ending: StoryFormat = "pdf" if wanted == "pdf" else "html"
    headers = {"content-disposition": f'attachment; filename="{id}.{ending}"'}
    body = story_file(service.engine, told, ending)
    return Response(body, media_type=MEDIA_TYPES[ending], headers=headers)
