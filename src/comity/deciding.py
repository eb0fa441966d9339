"""`comity decide`: whom names in outside sources mean, on the command line.

Owns what is typed and read: one decision, many at once, what was decided, what is near. The
records are the business of `comity.graph.decisions`.
"""

from typing import Annotated

import typer

from comity.asking import HERE, Data, out, print_table
from comity.errors import InputError
from comity.graph.home import GraphHome
from comity.importing import Who, user


def decide(
    name: Annotated[str, typer.Argument(help="The name, as sources write it.")] = "",
    actor: Annotated[str, typer.Option("--is", help="Id of the actor that it means.")] = "",
    nobody: Annotated[
        bool, typer.Option("--nobody", help="It means nobody that is in the graph.")
    ] = False,
    taken_back: Annotated[
        str, typer.Option("--withdraw", help="Id of a decision that no longer counts.")
    ] = "",
    why: Annotated[str, typer.Option(help="The reason.")] = "",
    source: Annotated[str, typer.Option("--in", help="Only in this source.")] = "",
    suggest: Annotated[
        bool, typer.Option("--suggest", help="List names in imports that are near an actor.")
    ] = False,
    at_least: Annotated[
        float, typer.Option(help="With --suggest: how near, of 100.", min=72, max=100)
    ] = 90.0,
    accept_above: Annotated[
        float | None,
        typer.Option(
            help="With --suggest: record those that are at least as near as this.", min=90, max=100
        ),
    ] = None,
    data: Data = HERE,
    who: Who = "",
) -> None:
    """Record whom a name in outside sources means; without a name, list what was decided."""
    from comity.graph import decisions as records

    home = GraphHome(data)
    if accept_above is not None and not suggest:
        raise InputError("--accept-above goes with --suggest.")
    if suggest:
        if name or actor or nobody or taken_back:
            raise InputError("--suggest goes without a name and what it means.")
        _suggest(home, source, at_least, accept_above, who or user(), why)
        return
    if taken_back:
        records.withdraw(home, taken_back, who=who or user(), why=why)
        out.print(f"{taken_back} no longer counts; import the sources concerned again")
        return
    if name:
        if bool(actor) == nobody:
            raise InputError("Say whom the name means: --is ID, or --nobody.")
        records.decide(home, name, actor or None, source=source, who=who or user(), why=why)
        out.print(f"Recorded: {name} is {actor or 'nobody'}; import the sources concerned again")
        return
    rows = [
        (
            one.id,
            one.name,
            f"withdraws {one.withdraws}" if one.withdraws else one.actor or "nobody",
            one.source or "all",
            one.who,
            one.when,
            one.why,
            "yes" if one.counts else "no",
        )
        for one in records.decisions(home.engine())
    ]
    columns = ("id", "name", "means", "in", "who", "when", "why", "counts")
    print_table("Whom names mean, as decided", columns, rows)


def _suggest(
    home: GraphHome, source: str, at_least: float, accept_above: float | None, who: str, why: str
) -> None:
    """Lists names that are near an actor, or records those that are near enough."""
    from comity.graph.decisions import decide_all
    from comity.graph.suggesting import suggestions

    if accept_above is not None and not why.strip():
        raise InputError("Decisions need a reason: --why TEXT.")
    found = suggestions(home, source, at_least if accept_above is None else accept_above)
    columns = ("name", "in", "was", "may be", "label", "score", "nearest name")
    rows = [
        (
            one.name,
            one.source,
            "made anew" if one.was_made else "refused",
            one.actor,
            one.label,
            f"{one.score:.1f}",
            one.matched,
        )
        for one in found
    ]
    print_table("Names that are near an actor of the graph", columns, rows)
    if accept_above is None:
        for one in found:
            out.print(one.command, markup=False, highlight=False, soft_wrap=True)
        return
    if found:
        decide_all(home, [(one.name, one.actor, one.scope) for one in found], who=who, why=why)
    out.print(
        f"Recorded: {len(found)} decision(s); import the sources concerned again", highlight=False
    )
