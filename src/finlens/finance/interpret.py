"""A document's figures understood: `interpret` is the one door to this floor for a whole document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from finlens.documents import LISTING, Document, Fact, Table
from finlens.finance.calendars import fiscal_calendar
from finlens.finance.facts import Carried, table_facts
from finlens.finance.identities import with_checks
from finlens.finance.invoices import with_invoices
from finlens.finance.languages import guess_language
from finlens.finance.numerals import Locale, guess_locale
from finlens.finance.prose_facts import prose_facts
from finlens.finance.setting import Setting
from finlens.finance.statements import with_statements
from finlens.finance.surroundings import headings_before, running_texts
from finlens.finance.units import UnitNote, read_unit_note
from finlens.finance.vocabulary import currency_of

# Only where the text says what its own amounts are in: a hedge of Canadian dollars makes no Canadian report.
_DOLLARS = re.compile(
    r"\b(?:expressed|stated|presented|reported|amounts?|figures|(?:thousands|millions|billions) of)(?:\s+(?:are|is|all|otherwise|expressed|"
    r"stated|presented|reported|in|thousands|millions|billions|of)){0,5}\s+"
    r"(canadian|australian|hong kong|singapore|new zealand) dollars?\b(?! equivalent)",
    re.I,
)
_AMERICAN = re.compile(r"\b(?:u\.?s\.?|united states|american) dollars?\b|US\$", re.I)
_ALL_AMOUNTS = re.compile(
    r"\b(?:tabular|all (?:tabular )?(?:amounts|figures|dollar amounts)|unless otherwise (?:noted|"
    r"stated|indicated|specified)|sauf (?:indication|mention) contraire|"
    r"amounts (?:are )?(?:expressed|stated|presented|in)|montants (?:sont )?exprimés)\b",
    re.I,
)
_OF_ALL_AMOUNTS = ("tabular", "amounts", "all figures", "unless otherwise", "sauf", "montants")
_OF_TABLES = re.compile(r"\btabular\b|\btables?\b|\btableaux?\b", re.I)
_LINE = 200  # characters; a page says its scale in a line, not in a paragraph
_CURRENCY_SIGN = re.compile(r"[$€£¥₹]|\b(?:EUR|USD|GBP|CHF)\b")


def interpret(document: Document) -> Document:
    """The document with an amount in every cell that is one, and a fact for every figure.

    Idempotent: an interpreted document comes back as it is.
    """
    if document.interpreted:
        return document
    language = document.language or guess_language(" ".join(_sample(document)))
    setting = _setting(document, "fr" if language == "fr" else "en")
    headings = headings_before(document)
    tables: list[Table] = []
    facts: list[Fact] = []
    carried: Carried | None = None
    for index, table in enumerate(document.tables):
        if table.finder == LISTING:
            tables.append(table)
            continue
        interpreted, found, carried = table_facts(document, index, setting, headings.get(table.page, ""), carried)
        tables.append(interpreted)
        facts.extend(found)
    facts.extend(prose_facts(document, setting))
    understood = replace(document, tables=tuple(tables), found_facts=tuple(facts), language=language, interpreted=True)
    return with_checks(with_statements(with_invoices(understood)))


def _sample(document: Document, characters: int = 40_000) -> Iterator[str]:
    """Text enough to tell the language: blocks of pages, then cells of tables."""
    for page in document.pages:
        text = page.text
        yield text
        characters -= len(text)
        if characters < 0:
            return
    for table in document.tables:
        for cell in table.cells:
            yield cell.text


def _setting(document: Document, usual: Locale) -> Setting:
    locale = guess_locale(cell.text for table in document.tables for cell in table.cells if cell.column) or usual
    signs: Counter[str] = Counter()
    dollars: Counter[str] = Counter()
    note = UnitNote()
    pages: dict[int, Decimal] = {}
    for number, text in _texts(document):
        for sign in _CURRENCY_SIGN.findall(text):
            signs[sign] += 1
        if "ollar" in text or "US$" in text:
            dollars.update(found.lower() for found in _DOLLARS.findall(text))
            dollars["american"] += len(_AMERICAN.findall(text))
        lowered = text.lower()
        if any(words in lowered for words in _OF_ALL_AMOUNTS) and _ALL_AMOUNTS.search(text):
            said = read_unit_note(text)
            note = said if note.scale is None else note
            if said.scale is not None and len(text) < _LINE and not _OF_TABLES.search(text):
                pages[number] = said.scale
    for table in document.tables:
        signs.update(sign for cell in table.cells for sign in _CURRENCY_SIGN.findall(cell.text))
    common = signs.most_common(1)
    currency = currency_of(common[0][0]) if common else None
    most = dollars.most_common(1)
    dollar = currency_of(f"{most[0][0]} dollars") if most and most[0][0] != "american" and most[0][1] > 1 else None
    calendar = fiscal_calendar(document, usual)
    return Setting(locale, calendar, dollar if dollar and currency == "USD" else currency, note, dollar, running_texts(document), pages)


def _texts(document: Document) -> Iterator[tuple[int, str]]:
    """Every text that is no table, with the number of its page."""
    for page in document.pages:
        for block in page.blocks:
            if block.role != "table":
                yield page.number, block.text
