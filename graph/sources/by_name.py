"""Actors of sources that name them in words only: found in the graph by name, or made once.

Owns the rule that the importers of such sources share. A name means the one actor that
bears it on the day. A name that the graph has, but for nobody or for several on that day,
is refused and not made anew: a state that has ended would come to life again. Any other
name becomes an actor of the batch, one for each spelling that is not the same but for case
and accents. Nothing is remembered of a row before all its names are known to be good.
"""

from datetime import date

from comity.graph.resolve import folded
from comity.graph.sources.importer import Importer, RowError, slug_of
from comity.graph.sources.record import Record
from comity.graph.sources.world import Spell, World

__all__ = ["ByName"]


class ByName(Importer):
    """An importer that finds actors by name."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        # Whom a name means, and the days on which it surely does: a name is looked up once.
        self._spells: dict[str, Spell] = {}

    def found(self, name: str, day: date, prefix: str = "") -> str:
        """The id of the actor of a name, empty where one must be made.

        Args:
            name: as it is written.
            day: on which it is meant.
            prefix: of those among which it was made, as for `made`.

        Raises:
            RowError: the name stands for nobody or for several on that day, or no id can
                be made of it.
        """
        known = self.memory.setdefault("actors", {}).get(prefix + name)
        if known is not None:
            return str(known)
        found = self.in_graph(name, day)
        if found is not None:
            return found
        plain = folded(name)
        # Who was decided to be nobody in the graph is somebody else.
        if plain in self.world.names and plain not in self.world.decided:
            raise RowError(f"the graph has '{name}' for nobody or for several on {day}")
        # Fails where no id can be made.
        slug_of(name)
        return ""

    def in_graph(self, name: str, day: date) -> str | None:
        """Whom the graph means by a name on a day, as `World.by_name` has it, but faster."""
        spell = self._spells.get(name)
        if spell is not None and spell.start <= day <= spell.end:
            return spell.actor
        found = self.world.by_name(name, day)
        if found is not None:
            span, plain = (day, day), folded(name)
            if plain in self.world.decided:
                span = (date.min, date.max)
            elif len(self.world.names[plain]) == 1:
                span = self.world.lifetimes.get(found, (date.min, date.max))
            self._spells[name] = Spell(*span, found)
        return found

    def made(
        self, name: str, shape: str, prefix: str = "", **values: str
    ) -> tuple[str, Record | None]:
        """The id of an actor that `found` did not find, and its record where it is new.

        Args:
            name: as it is written.
            shape: of the record.
            prefix: begins its id; the same name under two prefixes is two actors.
            values: of the record beside the label.
        """
        known = self.memory.setdefault("actors", {})
        key = prefix + name
        if key in known:
            return known[key], None
        slug, record = self._free_slug(prefix + slug_of(name), folded(name)), None
        if self.is_new("made", slug):
            record = self.record(shape, slug, label=name, **values)
        known[key] = self.mint(slug)
        return known[key], record

    def _free_slug(self, slug: str, plain: str) -> str:
        """The slug, with a number where it already stands for another name."""
        taken = self.memory.setdefault("slugs", {})
        free, number = slug, 1
        while taken.setdefault(free, plain) != plain:
            number += 1
            free = f"{slug}-{number}"
        return free
