"""Networks from files of one's own: CSV, GraphML, GEXF. Owns what such a file must hold."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx

from comity.errors import InputError
from comity.graph.measures.signed import sign_of

_OF_NODES = ("source", "target", "source_group", "target_group")


def read_network(path: Path) -> "nx.Graph[Any]":
    """The network in a file, by the ending of its name.

    A CSV file has the columns `source` and `target`, and `sign` or `weight`; each row is a
    directed edge, and rows of one pair are all kept. `source_group` and `target_group` give
    a node its `group` (several joined by `|`); every other column stays on the edge.

    Raises:
        InputError: there is no such file, it is no such network, a sign is no number, or two
            rows give one node different groups.
    """
    if not path.is_file():
        raise InputError(f"There is no file {path}; name one that is there.")
    try:
        graph = _READERS[path.suffix.lower()](path)
    except KeyError:
        raise InputError(
            f"{path} ends in none of {', '.join(_READERS)}; write the network as one of these."
        ) from None
    except UnicodeDecodeError:
        raise InputError(f"{path} is not in UTF-8; save it as UTF-8.") from None
    except (nx.NetworkXError, SyntaxError, ValueError, csv.Error) as error:
        raise InputError(f"{path} cannot be read as a network: {error}.") from error
    for source, target, edge in graph.edges(data=True):
        try:
            sign_of(source, target, edge)
        except InputError as error:
            raise InputError(f"{path}: {error}") from None
    return graph


def _read_csv(path: Path) -> "nx.MultiDiGraph[str]":
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        columns = set(rows.fieldnames or ())
        for name in columns:
            if list(rows.fieldnames or ()).count(name) > 1:
                raise InputError(f"{path} has the column '{name}' twice; keep one of them.")
        value = "sign" if "sign" in columns else "weight"
        if not {"source", "target", value} <= columns:
            raise InputError(
                f"{path} has the columns {', '.join(rows.fieldnames or ()) or 'none'}; "
                "give source, target and sign (or weight)."
            )
        for row in rows:
            if not row["source"] or not row["target"]:
                raise InputError(f"{path}, line {rows.line_num}: name both source and target.")
            if None in row:
                raise InputError(f"{path}, line {rows.line_num}: more cells than columns.")
            edge = {name: text or "" for name, text in row.items() if name not in _OF_NODES}
            graph.add_edges_from([(row["source"], row["target"], edge)])
            for end in ("source", "target"):
                if group := row.get(f"{end}_group"):
                    known = graph.nodes[row[end]].setdefault("group", group)
                    if known != group:
                        raise InputError(
                            f"{path}, line {rows.line_num}: {row[end]} is in '{group}' here and "
                            f"in '{known}' before; name the same groups in each row."
                        )
    return graph


_READERS: dict[str, Callable[[Path], "nx.Graph[Any]"]] = {
    ".csv": _read_csv,
    ".graphml": nx.read_graphml,
    ".gexf": nx.read_gexf,
}
