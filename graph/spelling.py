"""The forms in which names are compared: folded, in Latin letters, as they sound.

Owns what counts as the same word. Every name is romanised (anyascii), its abbreviations are
written out, words that tell nothing are left out, and each word is brought to a form in
which the usual ways to write a sound in Latin letters are one: Aliyev is Aliev, Pashinyan is
Pashinian. Imports use the folded form only; the others are for those who look for a name.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

# Stand before a name and are no part of it.
_TITLES = frozenset((
    "ambassador", "ayatollah", "chancellor", "commissioner", "deputy", "dr", "emir",
    "excellency", "fm", "foreign", "gen", "general", "her", "his", "king", "minister", "mr",
    "mrs", "ms", "pm", "pope", "president", "prime", "prince", "queen", "secretary", "senator",
    "sheikh", "sir", "speaker", "spokesman", "spokesperson", "spokeswoman", "sultan",
))  # fmt: skip
_TELL_NOTHING = frozenset((
    "a", "an", "and", "at", "d", "de", "der", "du", "et", "for", "in", "la", "le", "les", "of",
    "on", "the", "to", "und",
))  # fmt: skip
_WRITTEN_OUT = {
    "afr": "african", "ag": "agriculture", "am": "american", "assn": "association",
    "assoc": "association", "centre": "center", "conf": "conference", "coop": "cooperation",
    "defence": "defense", "dem": "democratic", "dept": "department", "dev": "development",
    "devel": "development", "econ": "economic", "eight": "8", "eleven": "11", "euro": "european",
    "fed": "federal", "fifteen": "15", "five": "5", "gov": "government", "govt": "government",
    "int": "international", "intl": "international", "labour": "labor", "min": "ministry",
    "natl": "national", "nine": "9", "org": "organization", "organisation": "organization",
    "programme": "program", "rep": "republic", "seven": "7", "st": "saint",
    "telecom": "telecommunication", "ten": "10", "three": "3", "twenty": "20",
    "cumhuriyeti": "republic", "hanrapetutyun": "republic", "republica": "republic",
    "republik": "republic", "republique": "republic", "respublika": "republic",
    "respublikasi": "republic", "respublikasy": "republic",
    # Given names, short for long.
    "anthony": "antony", "bill": "william", "bob": "robert", "jim": "james", "joe": "joseph",
    "josep": "joseph", "liz": "elizabeth", "mike": "michael", "tom": "thomas", "tony": "antony",
}  # fmt: skip
_JOINED = frozenset(("co", "inter", "non"))
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("dsch|dzh|dj|zh", "j"), ("tsch|tch|sch|ch|sh|ts|tz|c(?=[eiyz])|z", "s"), ("kh", "h"),
        ("gh", "g"), ("ph", "f"), ("th", "t"), ("ck|q|c", "k"), ("w", "v"), ("x", "ks"),
        ("ou|oo", "u"), ("gu(?=[ei])", "g"), ("(?<=[aeou])y(?=e)", ""), ("y", "i"),
        ("(?<=[aei])j$", "i"), ("^ie", "e"),
        (r"(.)\1+", r"\1"), ("ei$", "i"), ("(?<=.{5})i$", ""),
    )
)  # fmt: skip
# Letters that anyascii writes otherwise than names are written: Azerbaijani, Armenian and
# Turkish ones; the joiner of Persian is no letter.
_AS = {"ə": "a", "Ə": "A", "ու": "u", "Ու": "U", "ç": "ch", "Ç": "Ch", "\u200c": ""}
_LETTERS = re.compile("|".join(_AS))
# A word shorter than this is too short to leave sounds out of it, or to be near another.
LONG = 6


# An import asks for the same name several times in a row.
@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A name without case, accents and punctuation.

    Examples:
        >>> folded("Türkiye"), folded("Çavuşoğlu, Mevlüt")
        ('turkiye', 'cavusoglu mevlut')
    """
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i"))
    kept = "".join(
        char if char.isalnum() else " " for char in plain if not unicodedata.combining(char)
    )
    return " ".join(kept.casefold().split())


def romanised(name: str) -> list[str]:
    """The words of a name in plain Latin letters, abbreviations written out.

    Examples:
        >>> romanised("Իլհամ Ալիև"), romanised("Int'l Labour Org."), romanised("Group of Seven")
        (['ilham', 'aliev'], ['international', 'labor', 'organization'], ['group', '7'])
    """
    latin = anyascii(_LETTERS.sub(lambda found: _AS[found[0]], name))
    latin = re.sub("['`]", "", latin).replace("&", " and ").lower()
    words: list[str] = []
    for word in re.findall("[a-z]+|[0-9]+", latin):
        # U.S.S.R. and G-7 are words, co-operation is one.
        if words and _goes_on(words[-1], word, ran_on=len(words[-1]) == 1 or words[-1] in _JOINED):
            words[-1] += word
        else:
            words.append(word)
    told = [_WRITTEN_OUT.get(word, word) for word in words if word not in _TELL_NOTHING]
    # Its bodies are as often named without the last word.
    return re.sub("united states america", "united states", " ".join(told)).split()


def _goes_on(before: str, word: str, *, ran_on: bool) -> bool:
    if before in _JOINED:
        return len(word) > 1
    return ran_on and (len(word) == 1 or word.isdigit())


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A romanised word as it sounds, roughly.

    Examples:
        >>> [sound(one) for one in ("aliyev", "aliev", "pashinyan", "pachinian", "zelenskyy")]
        ['aliev', 'aliev', 'pasinian', 'pasinian', 'selensk']
    """
    if word.isdigit():
        return word
    for pattern, text in _SOUNDS:
        word = pattern.sub(text, word)
    return word.replace("h", "") if len(word) >= LONG else word


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name in the forms in which it is compared.

    Attributes:
        plain: folded.
        latin: its words in Latin letters, as one text.
        words: how they sound.
        consonants: what is left of them without vowels.
        is_latin: whether it was written in Latin letters.
    """

    plain: str
    latin: str
    words: tuple[str, ...]
    consonants: tuple[str, ...]
    is_latin: bool = True

    @classmethod
    def of(cls, name: str) -> "Spelling":
        """The forms of a name."""
        latin = romanised(name)
        words = tuple(sound(word) for word in latin)
        # There w inside a word stands for o and u.
        bare = [re.sub("(?<=.)w", "", word) for word in latin] if is_abjad(name) else latin
        consonants = tuple(_bare(sound(word)) for word in bare)
        return cls(folded(name), " ".join(latin), words, consonants, is_latin(name))

    def without_titles(self) -> "Spelling":
        """The same without what stands before it, such as `President`."""
        latin = self.latin.split()
        last = max((at for at, word in enumerate(latin) if word in _TITLES), default=-1)
        if last < 0 or last + 1 == len(latin):
            return self
        return self._kept(range(last + 1, len(latin)))

    def without(self, word: str) -> "Spelling":
        """The same without a word."""
        return self._kept([at for at, one in enumerate(self.latin.split()) if one != word])

    def _kept(self, at: Sequence[int]) -> "Spelling":
        latin = self.latin.split()
        rest = " ".join(latin[index] for index in at)
        words = tuple(self.words[index] for index in at)
        consonants = tuple(self.consonants[index] for index in at)
        return Spelling(rest, rest, words, consonants, self.is_latin)


def is_abjad(name: str) -> bool:
    """Whether a name is written in a script that leaves vowels out: Arabic, Hebrew."""
    return any("\u0590" <= char <= "\u06ff" for char in name)


def is_latin(name: str) -> bool:
    """Whether a name is written in Latin letters, accents included."""
    return all(char < "\u0370" or char > "\u1dff" for char in name)


def _bare(word: str) -> str:
    bare = re.sub("[aeiouh]", "", word)
    return bare.replace("v", "f").replace("p", "b").replace("j", "s")
