"""Bank accounts and VAT ids: long codes with check digits, which tell a misread or mistyped one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stdnum import iban as stdnum_iban
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError
from stdnum.gb import vat as gb_vat

from finlens.finance.invoices.prints import Row

_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![A-Z0-9])")
_IBAN_LABEL = re.compile(r"\bIBAN\b[^A-Z]{0,8}", re.I)
_VAT = re.compile(r"(?<![A-Z0-9])(?:[A-Z]{2}|CHE) ?-?[A-Z0-9](?:[ .]?[A-Z0-9]){6,12}(?![A-Z0-9])")
VAT_LABEL = re.compile(
    r"(?:u\.?st\.?|umsatzsteuer|mwst\.?)[ -]?\.?-?(?:ident\.?-?|id\.?)[ -]?\.?(?:nr|nummer|no)?\.?|"
    r"vat (?:reg(?:istration)?\.?|id|no|number|identification)"
    r"[^:]{0,16}|(?:n°|numéro|num\.?) (?:de )?(?:tva|identification)[^:]{0,24}|tva(?: intracommunautaire)? ?:|(?:^|"
    r" )vat ?:|tax registration",
    re.I,
)


class Code(NamedTuple):
    """A code as printed, with its place in the row, and whether its check digits are right."""

    text: str
    row: Row
    start: int
    end: int
    valid: bool
    label: str


def find_ibans(rows: Sequence[Row]) -> Iterator[Code]:
    """Accounts, each once: those whose check digits are right, and those that are labelled "IBAN" though they are wrong."""
    seen: set[str] = set()
    for number, row in enumerate(rows):
        for found in _IBAN.finditer(row.text):
            text, valid = _longest_valid(found.group())
            labelled = _labelled(rows, number, row, found.start(), _IBAN_LABEL)
            compact = text.replace(" ", "")
            if (valid or labelled) and compact not in seen:
                seen.add(compact)
                yield Code(text, row, found.start(), found.start() + len(text), valid, "IBAN")


def _longest_valid(text: str) -> tuple[str, bool]:
    """The IBAN that the text begins with: what follows it after a space ("BIC") is none of it."""
    tried = text
    while tried:
        if stdnum_iban.is_valid(tried):
            return tried, True
        tried = tried.rpartition(" ")[0]
    return re.sub(r" [A-Z]{3,4}$", "", text), False


def find_vat_ids(rows: Sequence[Row]) -> Iterator[Code]:
    """VAT ids: labelled as such, or right by their check digits and a country's letters."""
    for number, row in enumerate(rows):
        for found in _VAT.finditer(row.text):
            text = found.group()
            if not any(char.isdigit() for char in text) or stdnum_iban.is_valid(text):
                continue
            if not (text.startswith("GB") or _country(text)):
                continue
            valid = vat_is_valid(text)
            label = _labelled(rows, number, row, found.start(), VAT_LABEL)
            if label or (valid and len(text) > 10 and " " not in text and not row.text[: found.start()].rstrip().endswith(("IBAN", "BIC"))):
                yield Code(text, row, found.start(), found.end(), valid, label or "")


def vat_is_valid(text: str) -> bool:
    """Whether the check digits of a European or British VAT id are right."""
    compact = re.sub(r"[ .-]", "", text)
    if compact.startswith("GB"):
        return bool(gb_vat.is_valid(compact))
    return bool(eu_vat.is_valid(compact))


def _country(text: str) -> bool:
    try:
        return bool(eu_vat.compact(text))
    except ValidationError:
        return False


def _labelled(rows: Sequence[Row], number: int, row: Row, start: int, label: re.Pattern[str]) -> str | None:
    """The label just before a code on its row, or above it."""
    before = row.text[max(0, start - 48) : start]
    found = list(label.finditer(before))
    if found and not re.search(r"[A-Z0-9]{8,}", before[found[-1].end() :]):
        return before[found[-1].start() :].strip()
    box = row.box_of(start, start + 1)
    for above in rows[max(0, number - 2) : number][::-1]:
        if above.page != row.page:
            continue
        for run in above.runs:
            if label.search(run.text) and run.box.x0 <= box.x1 and box.x0 <= run.box.x1 + 4:
                return run.text
    return None
