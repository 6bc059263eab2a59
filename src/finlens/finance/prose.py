"""Figures inside sentences: "rose 8.4 % to $12.3 billion", « 12,3 millions d'euros ».

Stricter than a table's cell: a year, a date, a note's number, a telephone number or a code is no amount here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from finlens.documents import Amount
from finlens.finance.amounts import parse_amount
from finlens.finance.numerals import DIGIT, NUMERAL, PLAIN, Locale, guess_locale
from finlens.finance.vocabulary import CURRENCY_SIGN, CURRENCY_WORD, SCALES, UNIT_WORDS, alternatives, word_set

_MONTHS = word_set(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sept "
    "sep oct nov dec "
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
)
_NAMED_BEFORE = _MONTHS | word_set(
    "note notes page pages p pp item items part parts section sections rule rules no nos n° numéro numéros asc asu ias ifrs "
    "ifric sfas fas fin "
    "topic level niveau form exhibit article articles art chapter chapitre volume table tableau figure schedule annexe "
    "fiscal exercice year "
    "années année class tier covid phase series step tel tél téléphone phone fax siren siret rcs iban"
)
_NAMED_AFTER = _MONTHS | word_set("er st nd rd th e ème")

_SIGN_OR_CODE = rf"(?:(?<![^\W\d_])(?:{CURRENCY_SIGN})|[$€£¥₹₩₪₺₽])\s*"
_BEFORE = re.compile(rf"(?:{_SIGN_OR_CODE})?\(?(?:(?<![\w)\]])[-–−+])?\s*(?:{_SIGN_OR_CODE})?\(?(?:(?<=[$€£¥])[-–−])?$", re.I)
_OPENERS = frozenset("$€£¥₹₩₪₺₽(-–−+.łč")
_WORDS_AFTER = [word for word in UNIT_WORDS if len(word) > 1 and word not in ("point", "pt", "action", "share")]
_SCALES_AFTER = [word for word in SCALES if len(word) > 1]
_AFTER = re.compile(
    rf"\)?\s?(?:(?:%|％|x(?![a-z])|×)\)?(?:\s?points?(?![a-z]))?|"
    rf"(?:(?:mds?|mrds?|bn|mn|mm|mio|[kmbt]) ?{CURRENCY_SIGN}(?![a-zé])|[kmb](?![a-zé0-9])|(?:{alternatives(_SCALES_AFTER)})(?![a-zé]"
    rf")\.?)?"
    rf"(?:\s?(?:of |d'|de )?(?:{CURRENCY_WORD}|{CURRENCY_SIGN}(?!\s?\d))(?![a-zé])|"
    rf"\s?(?:d'|of )?(?:{alternatives(_WORDS_AFTER)})(?![a-zé]))?)"
    r"(?:\s?(?:per|par|a|/)\s?(?:common |ordinary |diluted |basic )?(?:share|action|ADS)(?![a-z]))?",
    re.I,
)
_DIGITS = re.compile(r"\d|(?<![\w.,])\.\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_JOINED = re.compile(r"\s*(?:,|;|and|or|to|et|ou|à|-|–|—|, and|, or|, et)\s*")
_SURE_UNITS = ("percent", "bps", "points")


def find_amounts(sentence: str, *, locale: Locale | None = None) -> list[tuple[int, int, Amount]]:
    """Every figure of a sentence with its start and end offset, in order.

    A figure without currency, scale or unit counts only where it is printed as one ("12,345", "8.4"). Of figures that
    share a scale ("$1.2 and $1.5 billion", "10 to 15%") each gets it.

    Args:
        sentence: Prose, one sentence or more.
        locale: "en" or "fr"; where it is None the sentence's own figures decide.
    """
    if not DIGIT.search(sentence):
        return []
    plain = sentence.translate(_SAME_LENGTH)
    reading = locale or guess_locale([sentence]) or "en"
    found: list[tuple[int, int, Amount]] = []
    at = 0
    while match := _DIGITS.search(plain, at):
        start, end, amount = _at(sentence, plain, match.start(), reading)
        if amount is not None:
            found.append((start, end, amount))
        at = max(end, match.end())
    return [item for item in _shared(plain, found) if not _bare(item[2])]


# Offsets into the sentence must hold, so what `PLAIN` would drop becomes a space.
_SAME_LENGTH = {code: " " if new is None else new for code, new in PLAIN.items()}
_NUMERAL = re.compile(NUMERAL)
_NUMERAL_TIGHT = re.compile(r"\d+(?:[.,']\d+)*|\.\d+")


def _at(sentence: str, plain: str, start: int, locale: Locale) -> tuple[int, int, Amount | None]:
    """The figure whose digits begin at ``start``: its extent and amount, or where to go on looking."""
    # A plain space groups digits in French only; in English "in 2019 500 people" are two figures.
    spaced = locale == "fr" or not _plain_space_follows(sentence, start)
    body = (_NUMERAL if spaced else _NUMERAL_TIGHT).match(plain, start)
    if not body:
        return start, start, None
    digits_end = body.end()
    ahead = plain[max(0, start - 16) : start]
    last = ahead.rstrip()[-1:]
    begin = start
    if last in _OPENERS or last.isupper() or last == "s":
        opening = _BEFORE.search(ahead)
        begin = start - len(opening.group().lstrip()) if opening else start
    elif _YEAR.fullmatch(body.group()) and not plain.startswith(("%", " %", " m", " M"), digits_end):
        return start, digits_end, None
    after = _AFTER.match(plain, digits_end)
    end = digits_end + len(after.group().rstrip()) if after else digits_end
    text = plain[begin:end]
    if text.count("(") > text.count(")"):
        begin += text.index("(") + 1 if not text[: text.index("(")].strip() else 0
        begin += len(plain[begin:end]) - len(plain[begin:end].lstrip())
        text = plain[begin:end]
    elif text.count(")") > text.count("("):
        end = begin + text.rindex(")")
        text = plain[begin:end]
    amount = parse_amount(text, locale=locale) if "(" not in text or text.startswith(("(", "$", "€", "£")) else None
    if amount is None or amount.value is None:
        begin, end = start, digits_end
        amount = parse_amount(plain[start:digits_end], locale=locale)
    if amount is None or not _meant(plain, begin, end, start, digits_end, amount):
        return start, digits_end, None
    return begin, end, replace(amount, raw=sentence[begin:end])


def _plain_space_follows(sentence: str, start: int) -> bool:
    return sentence[start : start + 4].rstrip("0123456789").endswith(" ") or " " in sentence[start : start + 4]


def _meant(plain: str, begin: int, end: int, start: int, digits_end: int, amount: Amount) -> bool:
    """Whether these digits are a quantity rather than a name, a date or a code."""
    body = plain[start:digits_end]
    before = plain[max(0, begin - 24) : begin]
    if (_GLUED.search(before) and plain[begin] not in "$€£¥₹") or _RUNS_ON.match(plain, end):
        return False
    if amount.unit in _SURE_UNITS or amount.currency or amount.scale != 1:
        return True
    words = before.replace(".", " ").replace(",", " ").split()
    if words and words[-1].lower() in _NAMED_BEFORE:
        return False
    following = _NEXT_WORD.match(plain, end)
    if following and following.group(1).lower() in _NAMED_AFTER:
        return False
    if plain[end : end + 2].lstrip(" ")[:1].isdigit() or before[-2:].rstrip(" ")[-1:].isdigit():
        return False  # groups of digits: a telephone or an account number
    if _YEAR.fullmatch(body):
        return amount.unit == "shares"
    return True


def _bare(amount: Amount) -> bool:
    """A number that nothing says to be a quantity: "12", "5.2" (a section, perhaps)."""
    body = amount.raw.strip("+-–−() ")
    return amount.unit is None and amount.scale == 1 and (body.isdigit() or _SECTION.fullmatch(body) is not None)


_GLUED = re.compile(r"[^\W_]$|[_/#@§©]$|\w[.,:\-]$")
_RUNS_ON = re.compile(r"[-‐–/:.](?=[^\W_])|-?[^\W_]")
_NEXT_WORD = re.compile(r"\s*([^\W\d_]+)")
_SECTION = re.compile(r"\d{1,2}\.\d{1,2}")


def _shared(plain: str, found: list[tuple[int, int, Amount]]) -> list[tuple[int, int, Amount]]:
    """Give the members of "$1.2 and $1.5 billion" or "10 to 15%" what only the last one says."""
    for index in range(len(found) - 2, -1, -1):
        start, end, amount = found[index]
        next_start, _, following = found[index + 1]
        if not _JOINED.fullmatch(plain, end, next_start) or amount.value is None:
            continue
        if amount.unit is None and amount.scale == 1 and following.unit is not None and amount.value < 1000:
            found[index] = (start, end, replace(amount, unit=following.unit, scale=following.scale))
        elif (
            amount.scale == 1
            and following.scale != 1
            and amount.currency == following.currency
            and abs(amount.value) < min(Decimal(1000), 10 * abs(following.value or Decimal(0)))
        ):
            found[index] = (start, end, replace(amount, scale=following.scale))
        elif following.unit is None and following.scale != 1 and amount.currency and amount.value < 1000:
            # "€10 to 15 million": the currency is said once, in front.
            found[index + 1] = (next_start, found[index + 1][1], replace(following, unit=amount.unit))
            found[index] = (start, end, replace(amount, scale=following.scale if amount.scale == 1 else amount.scale))
    return found
