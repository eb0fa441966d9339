"""Makes the application: routers, middleware, errors, static files.

`create_app` is the only way to one; tests and the command use it alike.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.staticfiles import StaticFiles

from comity import __version__
from comity.api import description, openapi, problems, protocol_operations
from comity.api import measures as described_measures
from comity.api.http import Exchange, Zipped
from comity.api.jobs import Jobs
from comity.api.questions import operations
from comity.api.routers import (
    actors,
    archives,
    compare,
    disagreements,
    events,
    export,
    graphs,
    jobs,
    measures,
    network,
    organisations,
    panel,
    queries,
    service,
    sources,
    sparql,
    stances,
    stories,
    treaties,
    workbench,
)
from comity.api.service import Service
from comity.api.settings import Settings
from comity.api.views.routes import PAGES
from comity.graph.drawing.page import STATIC_FOLDER, vis_file
from comity.graph.drawing.words import edition, use

_DESCRIPTION = (
    "Who was bound to whom, who said what, and where it is written. Every answer names the "
    "day it is about; every act leads to a document."
)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application.

    The graph is opened when the application starts, not here: its description can be
    made without one. Starting raises `GraphMissingError` when nothing was built yet.

    Args:
        settings: where the graph is and what is allowed; the environment's when None.

    Raises:
        InputError: the translation that the settings name cannot be used.
    """
    with openapi.MAKING:
        return _made(settings or Settings())


def _made(used: Settings) -> FastAPI:
    # One language for the whole process.
    use(used.translation)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        def serve(service: Service) -> None:
            app.state.service = service
            # Only a server knows its own address.
            if visits := getattr(app.state, "visits", None):
                visits.again()

        app.state.service = Service.open(used, serve)
        app.state.jobs = Jobs()
        await app.state.service.start()
        # Before the first request: the framework cannot describe its models in one thread
        # while it answers in another.
        openapi.described(app)
        yield
        await app.state.jobs.close()
        await app.state.service.close()

    app = FastAPI(
        title="Comity",
        version=__version__,
        description=_DESCRIPTION,
        license_info={"name": "Apache-2.0"},
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    for part in (
        service, actors, organisations, treaties, stances, events, sources, disagreements, archives, network,
        measures, panel, jobs, queries, export, stories, compare, workbench,
    ):  # fmt: skip
        app.include_router(part.router)
    # First, because every route before them is looked at for every small query.
    app.router.routes[:0] = [*sparql.ROUTES, *graphs.ROUTES, *description.ROUTES, *PAGES]
    problems.install(app)
    openapi.install(
        app,
        [
            protocol_operations.operations,
            operations(used.questions),
            described_measures.operations(app),
        ],
    )
    _mount_static(app)
    app.add_middleware(Zipped, minimum_size=1024)
    app.add_middleware(
        Exchange,
        # Pages in another language are other pages, and so are those of another Comity.
        version=lambda: (tag := app.state.service.tag) and f"{tag} {__version__} {edition()}",
        max_body=used.max_body,
        max_upload=used.max_upload,
        frame_ancestors=tuple(used.origins(used.embed_origins)),
    )
    if used.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=used.origins(used.cors_origins),
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=["Accept", "Accept-Language", "Content-Type", "If-None-Match"],
            expose_headers=["ETag", "Link", "Retry-After", "Comity-Cut", "Comity-Rows"],
        )
    return app


def _mount_static(app: FastAPI) -> None:
    vis = vis_file()
    app.mount("/static/comity", StaticFiles(directory=str(STATIC_FOLDER)), name="comity")
    app.mount("/static/vis", StaticFiles(directory=str(vis.parent)), name="vis")
    own = files("comity.api") / "static"
    app.mount("/static/pages", StaticFiles(directory=str(own)), name="pages")
