"""The view that opens when nothing else is asked for, with the reasons for its choices.

Owns values only. It knows how to draw nothing and reads no graph.
"""

from datetime import date
from typing import Final

from comity.graph.network import Bundle, Level, NetworkQuery, Relation

DEFAULT_QUERY: Final = NetworkQuery(
    event="attack-on-armenia-2022-09",
    # The parties, then bodies, then states: all whose words on these days were found, and
    # the parties to the Collective Security Treaty, whose silence is part of the picture.
    # `un` stands for its Security Council too, because organs roll up at level state.
    actors=(
        *("arm", "aze"),
        *("csto", "un", "eu", "osce", "coe", "nato", "ots"),
        *("rus", "usa", "fra", "chn", "ind", "tur", "irn", "geo", "ukr", "grc"),
        *("blr", "kaz", "kgz", "tjk"),
    ),
    # Only ties among these; one step more would bring in some hundred other states.
    depth=0,
    relations=(Relation.STANCE, Relation.OBLIGATION),
    # The treaties by which a third state owed one of the parties help or consultation.
    treaties=("cst", "rus-arm-1997", "rus-arm-2010", "tur-aze-2010", "shusha-2021", "rus-aze-2022"),
    # From the night of the first shots (still 12 September in UTC) to the statements before
    # the General Assembly ten days later.
    since=date(2022, 9, 12),
    until=date(2022, 9, 22),
    # Who owed what on the morning of the attack.
    as_of=date(2022, 9, 13),
    # Officials speak for their states; a line per official would hide who stood with whom.
    level=Level.STATE,
    # One line per pair and sign: fewer would add opposite signs up, more would not be legible.
    bundle=Bundle.SIGN,
)

# The act that is open at first sight: a treaty is invoked in plain words, and every other
# line of the picture can be read as an answer to it.
OPENING_ACT: Final = "arm-appeal-for-help-2022-09-14"
