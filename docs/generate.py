"""Writes the documents that are made from the code: questions.md and openapi.json.

Run by `make docs`; a test compares what is committed with what this writes.
"""

import json
from pathlib import Path

from comity.api.app import create_app
from comity.queries.catalogue import THEMES, Question, catalogue

DOCS = Path(__file__).parent


def questions_page() -> str:
    """The page of all questions, by theme."""
    lines = [
        "# Questions",
        "",
        f"{len(catalogue())} questions come with Comity. Each is one `.rq` file in `queries/`; "
        "the same file is the command `comity ask <id>`, the address `/queries/<id>` and this "
        "entry. Parameters are bound as RDF terms. Dates are `YYYY-MM-DD`, inclusive.",
        "",
        "This page is written by `make docs` from the headers of the files.",
    ]
    for theme, title in THEMES.items():
        lines += ["", f"## {title}"]
        for one in catalogue().values():
            if one.theme == theme:
                lines += _entry(one)
    return "\n".join(lines) + "\n"


def _entry(one: Question) -> list[str]:
    example = " ".join(f"--{name.replace('_', '-')} {value}" for name, value in one.example.items())
    lines = ["", f"### `{one.id}`: {one.title}", "", one.question, ""]
    if one.note:
        lines += [one.note, ""]
    lines += [f"    comity ask {one.id} {example}".rstrip(), ""]
    for parameter in one.parameters:
        default = f", default `{parameter.default}`" if parameter.default else ""
        optional = "" if parameter.required or default else ", optional"
        lines.append(
            f"* `{parameter.name}` ({parameter.type}{default}{optional}): {parameter.meaning}"
        )
    lines += [
        "",
        "Columns: " + "; ".join(f"`{name}` {text}" for name, text in one.columns.items()) + ".",
    ]
    return lines


def openapi() -> str:
    """The OpenAPI description of the service."""
    return json.dumps(create_app().openapi(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (DOCS / "questions.md").write_text(questions_page(), encoding="utf-8")
    (DOCS / "openapi.json").write_text(openapi(), encoding="utf-8")
    print("docs/questions.md and docs/openapi.json written")
