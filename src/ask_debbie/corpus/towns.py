"""Towns with their state or country, as resumes set them beside what was there."""

from __future__ import annotations

import re

_WORD = r"[A-ZÀ-Þ][\w.'’-]*(?: (?:[A-ZÀ-Þ][\w.'’-]*|de|la|of|am|upon|und)){0,3}"
TOWN = re.compile(
    rf"(?:(?:[Gg]reater )?{_WORD}(?: [Aa]rea| [Rr]egion)?(?:, ?{_WORD}){{1,3}}|[Rr]emote|[Hh]ybrid|[Oo]n-?site)"
    r"\W*(?:[Rr]emote|[Hh]ybrid)?\W*"
)
_HOW = re.compile(r"\W*(?:remote|hybrid|on-?site)\W*$", re.IGNORECASE)
_COUNTRIES = frozenset(
    "argentina|australia|austria|bangladesh|belgium|brazil|bulgaria|canada|chile|china|colombia|costa rica|croatia|"
    "cyprus|czechia|czech republic|denmark|ecuador|egypt|england|estonia|ethiopia|finland|france|germany|ghana|greece|"
    "hong kong|hungary|iceland|india|indonesia|iran|iraq|ireland|israel|italy|japan|jordan|kenya|kuwait|latvia|lebanon|"
    "lithuania|luxembourg|malaysia|malta|mexico|morocco|nepal|netherlands|the netherlands|new zealand|nigeria|norway|"
    "pakistan|peru|philippines|poland|portugal|qatar|romania|russia|saudi arabia|scotland|serbia|singapore|slovakia|"
    "slovenia|south africa|south korea|spain|sri lanka|sweden|switzerland|taiwan|tanzania|thailand|tunisia|turkey|"
    "uganda|uk|united kingdom|u.k.|uae|ukraine|united arab emirates|united states|usa|us|u.s.|uruguay|venezuela|"
    "vietnam|wales|california|texas|new york|florida|illinois|washington|massachusetts|ontario|quebec|"
    "al|ak|az|ar|ca|co|ct|dc|de|fl|ga|hi|ia|id|il|in|ks|ky|la|ma|md|me|mi|mn|mo|ms|mt|nc|nd|ne|nh|nj|nm|nv|ny|oh|ok|or|pa|"
    "ri|sc|sd|tn|tx|ut|va|vt|wa|wi|wv|wy|on|qc|bc|ab".split("|")
)


def in_known_country(text: str) -> bool:
    """Whether a text ends with a country, or a state of one that names them."""
    last = _HOW.sub("", text.rsplit(",", 1)[-1])
    return last.strip(" ()").casefold() in _COUNTRIES


def is_surely_place(text: str) -> bool:
    """Whether a text is a town with a known country or state, or says that the work is remote."""
    bare = text.strip(" ()[]")
    return bool(TOWN.fullmatch(bare)) and (is_town(bare) or "," not in bare)


def is_town(text: str) -> bool:
    """Whether a text with a known country is no more than a town: not "Lumen Tide, Bristol, UK"."""
    pieces = text.split(",")
    return in_known_country(text) and (len(pieces) < 3 or in_known_country(",".join(pieces[:-1])))
