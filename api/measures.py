"""Measures as the API describes and answers them: items, operations, answers in each format.

Owns what is told about a measure over HTTP. Running one is in `jobs`.
"""

import copy
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI

from comity.api.items import Item
from comity.api.jobs import Job
from comity.api.loading import load_measures
from comity.api.network import times_used
from comity.api.openapi import Part, Paths, described
from comity.errors import InputError
from comity.graph.engine import Engine

if TYPE_CHECKING:
    from comity.graph.measures.registry import Measure

PATH = "/measures/{name}"
# A request waits so long for a proof where it does not say how long.
_SECONDS = 5.0
_TYPES = {float: "number", int: "integer"}


def measure_item(base: str, one: "Measure") -> Item:
    """A measure as the list has it.

    Args:
        base: this server's address.
        one: the measure.
    """
    return {
        "id": one.id,
        "group": one.group.value,
        "title": one.title,
        "description": one.description,
        "parameters": [
            {
                "name": parameter.name,
                "default": str(parameter.default),
                "allowed": list(parameter.allowed),
                "meaning": parameter.meaning,
            }
            for parameter in one.parameters
        ],
        "page": one.page,
        "url": f"{base}/measures/{one.id}",
    }


def parameters_of(asked: "Measure", texts: Mapping[str, str]) -> tuple[tuple[str, Any], ...]:
    """The options of a measure; one that looks for a proof gets some seconds for it.

    Raises:
        ParameterError: one is unknown, or is no value of its type.
    """
    given = asked.read(texts)
    if any(one.name == "seconds" for one in asked.parameters):
        given.setdefault("seconds", _SECONDS)
    return tuple(sorted(given.items()))


def answer(job: Job) -> Item:
    """What a job that is done says, as JSON."""
    # Imported here: measures need libraries that a start does not wait for.
    load_measures()
    from comity.graph.measures.registry import find_measure

    if job.result is None:
        raise InputError(f"Job {job.id} has no result.")
    asked = find_measure(job.query.measure)
    return {
        "id": asked.id,
        "title": asked.title,
        "parameters": dict(job.query.parameters),
        "groups": list(job.query.groups),
        "all_rules": job.query.all_rules,
        "result": job.result.result,
        "explained": [asdict(one) for one in job.result.explained],
        "nodes": job.result.nodes,
        "ties": job.result.ties,
        **times_used(job.query.network, job.known_at),
        "weighing": asdict(job.query.network.weighing),
        "graph_version": job.version,
    }


def operations(app: FastAPI) -> Part:
    """What the description of the service says about each measure.

    Args:
        app: whose operation for any measure says how a network is chosen.
    """

    def paths(engine: Engine | None) -> Paths:
        load_measures()
        from comity.graph.measures.registry import measures

        general = described(app)["paths"][PATH]["get"]
        return {
            f"/measures/{one.id}": {"get": _operation(general, one)} for one in measures().values()
        }

    return paths


def _operation(general: Mapping[str, Any], one: "Measure") -> dict[str, Any]:
    made = copy.deepcopy(dict(general))
    name = "".join(word.capitalize() for word in one.id.split("-"))
    made |= {"operationId": f"measure{name}", "summary": one.title, "description": one.description}
    made["parameters"] = [item for item in made["parameters"] if item["in"] == "query"]
    for parameter in one.parameters:
        schema: dict[str, Any] = {"type": _TYPES.get(parameter.type, "string")}
        if parameter.allowed:
            schema["enum"] = list(parameter.allowed)
        default = parameter.default
        schema["default"] = default if schema["type"] != "string" else str(default)
        made["parameters"].append(
            {
                "name": parameter.name,
                "in": "query",
                "required": False,
                "description": parameter.meaning,
                "schema": schema,
            }
        )
    return made
