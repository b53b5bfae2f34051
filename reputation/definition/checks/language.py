"""Whether a page lists the languages that she speaks, no more and no fewer; English goes without saying."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reputation.definition.authority import Check, held_against
from reputation.model import Finding, Mention, Outcome, Profile, Severity
from reputation.normalize import fold

CHECK = Check(code="language_wrong", field="language", severity=Severity.LOW, about="languages")

_SPELT = """
english en eng anglais ingles englisch;spanish es spa espanol castilian castellano espagnol spanisch;french fr fra fre francais franzosisch frances;german de deu ger deutsch allemand
italian it ita italiano;portuguese pt por portugues;russian ru rus русскии русский;ukrainian uk ukr;polish pl pol polski;arabic ar ara العربية;hebrew he heb ivrit;persian fa fas per farsi dari
hindi hi hin;urdu ur urd;punjabi pa pan panjabi;gujarati gu guj gujrati;bengali bn ben bangla;tamil ta tam;telugu te tel telegu;marathi mr mar;kannada kn kan;malayalam ml mal;nepali ne nep;sinhala si sin sinhalese
chinese zh zho chi 中文;mandarin cmn putonghua 普通话;cantonese yue;taiwanese nan hokkien;japanese ja jpn 日本語;korean ko kor 한국어;vietnamese vi vie;tagalog tl tgl filipino fil pilipino;thai th tha;khmer km khm cambodian
burmese my mya myanmar;indonesian id ind;malay ms msa;hmong hmn;lao lo laotian;greek el ell gre;turkish tr tur;armenian hy hye;romanian ro ron rum moldovan;hungarian hu hun magyar;czech cs ces cze;slovak sk slk;serbian sr srp
croatian hr hrv;bosnian bs bos;bulgarian bg bul;albanian sq sqi;dutch nl nld dut flemish;swedish sv swe;danish da dan;norwegian no nor;finnish fi fin;lithuanian lt lit;latvian lv lav;yiddish yi yid;swahili sw swa kiswahili
amharic am amh;somali so som;yoruba yo yor;igbo ig ibo;hausa ha hau;haitian ht hat kreyol creole;asl sign ase
"""
_CODES = {
    word: names.split()[0]
    for line in _SPELT.strip().splitlines()
    for names in line.split(";")
    for word in names.split()
}
"""Every spelling and code of a language to its English name."""

_UMBRELLAS = {"chinese": frozenset(("mandarin", "cantonese", "taiwanese"))}
"""Languages that people name by a wider word."""

_ASIDE_WORDS = (
    "language languages spoken speaks fluent native basic conversational some medical american brazilian mexican european latin"
    " standard modern simplified traditional"
)
_ASIDE = frozenset(_ASIDE_WORDS.split())


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the languages that `mention` claims, if both it and the profile have any."""
    printed = mention.claimed("language")
    said, mine = _folded(printed), _folded(profile.languages)
    if not said or not mine:
        return
    expected = ", ".join(profile.languages)
    yield held_against(
        CHECK,
        profile,
        mention,
        ["languages"],
        Outcome.CONFORMS if _differing(said, mine) <= {"english"} else Outcome.DIFFERS,
        observed=", ".join(printed),
        expected=expected,
        remedy=f"Have the page list {expected}.",
    )


def _differing(said: set[str], mine: set[str]) -> set[str]:
    """Return the languages that only one side has; "Chinese" on one is any Chinese on the other."""
    met = {
        word
        for wide, narrow in _UMBRELLAS.items()
        for one, other in ((said, mine), (mine, said))
        if wide in one and other & narrow
        for word in (wide, *narrow)
    }
    return (said ^ mine) - met


def _folded(texts: Iterable[str]) -> set[str]:
    """Return the languages in texts such as "English, Spanish", "es-MX", "Chinese (Mandarin)" or "Speaks Farsi"."""
    found = set()
    for part in (part for text in texts for part in re.split(r"[,;/|&()]|\band\b|\by\b", fold(text))):
        code = re.fullmatch(r"([a-z]{2,3})[-_][a-z]{2,4}", part.strip())
        words = [code[1]] if code else [word for word in re.findall(r"[^\W\d_]+", part) if word not in _ASIDE]
        known = {_CODES[word] for word in words if word in _CODES}
        found |= known or ({" ".join(words)} if words else set())
    return found - {"chinese"} if found & _UMBRELLAS["chinese"] else found
