"""Characters as PDF files print them, made into characters as people read them.

A no-break or thin space between groups of digits is part of the number ("1 234" is one word); everywhere else it
parts words like any space. Marks of no width go, symbol fonts are read through their private codes, and what has no
meaning at all is counted, because a page of it has to be read from its picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

THIN_SPACES = "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""White space of Unicode beside blank, tab and U+00A0."""
NO_BREAK = "\u00a0\u202f\u2007\u2009"
"""The spaces that printers put between groups of digits."""

_FIRST_GROUPS = re.compile(rf"(?:^|[^\d.,])\d{{1,3}}(?:[{NO_BREAK}]\d{{3}})*$")
_NEXT_GROUP = re.compile(r"\d{3}(?!\d)")
_NO_WIDTH = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f]")
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffd\ue000-\uf8ff\ufb00-\ufb06]|\\(cid:")
_GLYPH_NUMBER = re.compile(r"\(cid:\d+\)")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_UNMAPPED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
# Codes of Symbol and Wingdings that reports use for bullets and boxes; both fonts place them at U+F000 + code.
_SYMBOLS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf06e": "■", "\uf06f": "□", "\uf0a8": "☐", "\uf0d8": "➢", "\uf0e0": "→", "\uf0e8": "→",
    "\uf0fc": "✓", "\uf0fe": "☒", "\uf071": "❑", "\uf076": "❖", "\uf0ae": "→", "\uf0b0": "°", "\uf0b1": "±", "\uf0a3": "≤", "\uf0b3": "≥",
    "\uf02d": "−", "\uf0e9": "é", "\uf020": "",
}  # fmt: skip


def is_odd(text: str) -> bool:
    """Whether ``text`` holds a character that `clean` changes or that has no meaning."""
    return _ODD.search(text) is not None


def clean(text: str) -> str:
    """``text`` without marks of no width, ligatures taken apart, symbol codes read; "" where nothing is left."""
    text = _NO_WIDTH.sub("", text).translate(_LIGATURES)
    if "\u00ad" in text:  # a soft hyphen shows only where the line breaks after it
        text = text[:-1].replace("\u00ad", "") + text[-1].replace("\u00ad", "-")
    if _PRIVATE.search(text):
        text = _PRIVATE.sub(_read_private, text)
    return text


def _read_private(match: re.Match[str]) -> str:
    character = match.group()
    if character in _SYMBOLS:
        return _SYMBOLS[character]
    code = ord(character) - 0xF000
    return chr(code) if 0x21 <= code <= 0x7E else character  # a "symbolic" font that only moved ASCII up


def unmapped_share(texts: Iterable[str]) -> float:
    """Share, 0 to 1, of characters that stand for no letter: replacement and control characters, glyph numbers."""
    whole = "".join(texts)
    if not whole:
        return 0.0
    lost = len(_UNMAPPED.findall(whole)) + sum(len(number) for number in _GLYPH_NUMBER.findall(whole))
    return lost / len(whole)


def groups_digits(left: str, space: str, right: str) -> bool:
    """Whether ``space`` parts digits of one number ("1" before "234,5") and not two words."""
    return len(space) == 1 and space in NO_BREAK and _NEXT_GROUP.match(right) is not None and _FIRST_GROUPS.search(left) is not None
