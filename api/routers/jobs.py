"""Jobs over HTTP: how far a measure is, its end, and its cancelling."""

import json
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse

from comity.api.items import Item
from comity.api.jobs import Job, Jobs, State, moments
from comity.api.measure_models import JobAnswer
from comity.api.measures import answer
from comity.api.parameters import none_taken
from comity.api.service import Service, service_of

router = APIRouter(prefix="/jobs", tags=["measures"], dependencies=[Depends(none_taken)])


def jobs_of(request: Request) -> Jobs:
    """The jobs of the application that a request came to."""
    jobs: Jobs = request.app.state.jobs
    return jobs


def job_item(base: str, job: Job) -> Item:
    """A job as the API's JSON."""
    return {
        "id": job.id,
        "state": job.state.value,
        "measure": job.query.measure,
        "begun": job.begun.isoformat(timespec="seconds"),
        "seconds": round(job.seconds, 3),
        "error": str(job.error) if job.error else None,
        "url": f"{base}/jobs/{job.id}",
        "answer": answer(job) if job.state is State.DONE else None,
    }


@router.get("/{id}", operation_id="getJob", response_model=JobAnswer)
async def get_job(
    request: Request, id: str, service: Annotated[Service, Depends(service_of)]
) -> Item:
    """How far a job is, and its answer when it is done."""
    return job_item(service.base_url(request), jobs_of(request).find(id))


@router.delete("/{id}", operation_id="cancelJob", response_model=JobAnswer)
async def cancel_job(
    request: Request, id: str, service: Annotated[Service, Depends(service_of)]
) -> Item:
    """Stops a job for everybody who waits for it; one that has ended stays as it is."""
    job = jobs_of(request).find(id)
    await job.cancel()
    return job_item(service.base_url(request), job)


@router.get("/{id}/events", operation_id="watchJob", response_class=StreamingResponse)
async def watch_job(
    request: Request, id: str, service: Annotated[Service, Depends(service_of)]
) -> StreamingResponse:
    """How far a job is, each second, as server-sent events; the last one has the answer.

    Source: HTML Living Standard, 9.2 Server-sent events.
    """
    job = jobs_of(request).find(id)
    base = service.base_url(request)

    async def events() -> AsyncIterator[str]:
        async for moment in moments(job):
            data = json.dumps(job_item(base, moment), ensure_ascii=False, default=str)
            yield f"event: {moment.state.value}\ndata: {data}\n\n"

    return StreamingResponse(
        events(), media_type="text/event-stream", headers={"cache-control": "no-store"}
    )
