"""rdflib-endpoint on a file of N-Quads, to be measured beside Comity; run by `service`."""

import sys

import rdflib
import uvicorn
from rdflib_endpoint import SparqlEndpoint


def main() -> None:
    """Loads the file and serves it: `python -m benchmarks.peer FILE PORT`."""
    graph = rdflib.Dataset(default_union=True)
    graph.parse(sys.argv[1], format="nquads")
    app = SparqlEndpoint(graph=graph, path="/sparql", cors_enabled=False)
    print("ready", flush=True)
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="warning")


if __name__ == "__main__":
    main()
