"""How near two names are: whatever the order of their words, with titles and initials.

Owns the distance between two spellings; it knows no graph. Words are paired, and what they
share of both names counts. 100 is the same name but for case, accents and punctuation;
names of persons may also lack or have a middle name, a title, all but the initial.
"""

from collections.abc import Sequence

from rapidfuzz import fuzz

from comity.graph.spelling import LONG, Spelling

# What the same words in another script, spelling or order are worth.
SAME_WORDS = 98.0
# One word of a longer name.
PART = 78.0
# A surname alone, and a whole name where only the surname is known: near, but never sure.
SURNAME = 88.0
WHOLE_OF_SURNAME = 85.0
# A name with more words between the first and the last, or with fewer of them.
MORE_WORDS, FEWER_WORDS, INITIALS = 94.0, 92.0, 91.0
# Arabic and Hebrew leave out vowels; two words of which all consonants are the same.
CONSONANTS = 91.0
# Words less alike than this are two words.
_ALIKE = 0.82

# These differ by little and mean the opposite.
_EXACT = frozenset(("east", "eastern", "north", "northern", "south", "southern", "west", "western"))


def nearness(one: Spelling, other: Spelling, *, abjad: bool = False) -> float:
    """How near a name is to one of any actor, 0 to 100.

    Args:
        one: the name asked for.
        other: a name of the actor.
        abjad: whether the one is written without vowels.

    Examples:
        >>> nearness(Spelling.of("Nikol Pashinian"), Spelling.of("Nikol Pashinyan"))
        97.5
    """
    if one.plain == other.plain:
        return 100.0
    if one.latin == other.latin and one.latin:
        return SAME_WORDS
    if abjad:
        same = sorted(one.consonants) == sorted(other.consonants)
        return CONSONANTS if same and len(one.words) > 1 else 0.0
    if not one.words or not other.words:
        return 0.0
    few = min(one.words, other.words, key=len)
    part = PART if len(one.words) == 1 and _is_part(one.words[0], other) else 0.0
    # One short word is an abbreviation or a short name: near it is another.
    shortest = min(map(len, (*one.words, *other.words)))
    if len(few) == 1 and min(shortest, len(few[0])) < LONG - (one.words == other.words):
        return part
    if sorted(one.words) == sorted(other.words):
        return SAME_WORDS - 0.5
    if len(one.words) == len(other.words) == 1:
        return 100 * _single(one, other)
    if one.latin.replace(" ", "") == other.latin.replace(" ", ""):
        return SAME_WORDS - 1
    return max(part, min(SAME_WORDS - 1, 100 * paired(one.words, other.words)))


def _single(one: Spelling, other: Spelling) -> float:
    """How alike two names of one word are."""
    short, long = sorted((one.words[0], other.words[0]), key=len)
    # The people of a country are not the country, nor is Iberia Liberia.
    if long == short + "n" or short[0] != long[0]:
        return 0.0
    # Chechnya only sounds like Czechia.
    return min(alike(short, long) - 0.03, fuzz.ratio(one.latin, other.latin) / 100 + 0.1)


def _is_part(word: str, other: Spelling) -> bool:
    return len(word) >= LONG - 1 and word in (other.words[0], other.words[-1])


def person_nearness(one: Spelling, other: Spelling, *, abjad: bool = False) -> float:
    """How near a name is to one of a person, 0 to 100: titles, initials, surnames.

    Examples:
        >>> aliyev = Spelling.of("Ilham Aliyev")
        >>> names = ("President Ilham Aliyev", "I. Aliyev", "H. Aliyev", "President Aliyev")
        >>> [person_nearness(Spelling.of(name), aliyev) for name in names]
        [98.0, 91.0, 62.5, 88.0]
    """
    bare = one.without_titles()
    best = nearness(bare, other, abjad=abjad)
    if bare is not one:
        one, best = bare, min(best, SAME_WORDS)
    words, known = one.words, other.words
    if best > SAME_WORDS - 1 or not words or not known or abjad:
        return best
    if len(words) == 1 or len(known) == 1:
        if len(words) == len(known):
            return best
        longer, lone = (known, words[0]) if len(words) == 1 else (words, known[0])
        worth = SURNAME if len(words) == 1 else WHOLE_OF_SURNAME
        return worth * alike(longer[-1], lone) ** 2
    if any(len(word) == 1 for word in (*words, *known)):
        return max(min(best, INITIALS), INITIALS * _with_initials(one, other))
    if len(words) == len(known):
        best = max(best, _one_differs(words, known, is_latin=one.is_latin))
    ends = min(_best(known[0], words), _best(known[-1], words))
    if len(words) > len(known) and ends:
        best = max(best, MORE_WORDS * _all_in(known, words))
    elif len(words) < len(known) and _best(known[-1], words):
        best = max(best, FEWER_WORDS * _all_in(words, known))
    return best


def _one_differs(words: Sequence[str], known: Sequence[str], *, is_latin: bool) -> float:
    """Where all words of a person's name are the same but one, that one may differ by more."""
    rest = [word for word in known if word not in words]
    left = [word for word in words if word not in known]
    if len(left) != 1 or len(rest) != 1:
        return 0.0
    degree = alike(left[0], rest[0])
    if degree:
        share = (len(left[0]) + len(rest[0])) / sum(map(len, (*words, *known)))
        return (SAME_WORDS - 1) * (1 - share * (1 - degree))
    # Given names are written as they sound: Nensi for Nancy, Sharl for Charles.
    surname_is_same = words[-1] == known[-1] and len(words[-1]) >= LONG - 1
    may_be = surname_is_same and not is_latin and fuzz.ratio(left[0], rest[0]) >= 60
    return INITIALS if may_be else 0.0


def paired(some: Sequence[str], others: Sequence[str]) -> float:
    """Which share of two names is the same words, 0 to 1; long words count more."""
    rest, left, got = list(others), [], 0.0
    for word in some:
        if word in rest:
            rest.remove(word)
            got += 2 * len(word)
        else:
            left.append(word)
    many = min(len(some), len(others)) > 2
    pairs = sorted(
        ((alike(one, two, many=many), one, two) for one in left for two in rest), reverse=True
    )
    for degree, one, two in pairs:
        if degree and one in left and two in rest:
            left.remove(one)
            rest.remove(two)
            got += degree**2 * (len(one) + len(two))
    return got / (sum(map(len, some)) + sum(map(len, others)) or 1)


def alike(one: str, two: str, *, many: bool = False) -> float:
    """How alike two words are, 0 where they are two words.

    Args:
        one: as it sounds.
        two: as it sounds.
        many: whether they stand in names of several words, where a word may be cut short.
    """
    if one == two:
        return 1.0
    if one in _EXACT or two in _EXACT or one.isdigit() or two.isdigit():
        return 0.0
    short, long = sorted((one, two), key=len)
    if many and len(short) > 2 and len(long) > len(short) + 1 and long.startswith(short):
        return 0.96
    if len(short) < 4:
        return 0.0
    degree = fuzz.ratio(one, two) / 100
    return degree if degree >= _ALIKE else 0.0


def _best(word: str, words: Sequence[str]) -> float:
    return max(alike(word, one) for one in words)


def _all_in(words: Sequence[str], others: Sequence[str]) -> float:
    degrees = [_best(word, others) for word in words]
    return sum(degrees) / len(degrees) if all(degrees) else 0.0


def _with_initials(one: Spelling, other: Spelling) -> float:
    """Whether given names and initials go together, and the surnames are alike."""
    given, known = one.latin.split()[0], other.latin.split()[0]
    is_initial = 1 in (len(given), len(known))
    goes = given[0] == known[0] if is_initial else one.words[0] == other.words[0]
    return alike(one.words[-1], other.words[-1]) if goes else 0.0
