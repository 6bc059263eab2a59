"""Tagged facts of a report as facts of the document, each on the cell that prints it: the tag wins, differences are loud."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from finlens.documents import Amount, Check, Document, Fact, Period, Source, Table, Term
from finlens.extract.structured.html_pages import HtmlPages
from finlens.extract.structured.places import put
from finlens.extract.structured.xbrl import TaggedFact
from finlens.finance.concepts import concept_of_element

READER = "xml"
_LONGEST = 500  # characters of a text that is kept as a value: the rest stands on the page
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_SLACK_DAYS = 10  # a year of 52 weeks ends on another day each year


def with_tagged_facts(document: Document, tagged: Iterable[TaggedFact], read: HtmlPages) -> Document:
    """The document with its tagged facts: one for each tag, in place of the fact that was read from the print of the same cell."""
    facts = list(tagged)
    calendar = Calendar.of(facts)
    by_cell: dict[tuple[int | None, int | None, int | None], list[Fact]] = defaultdict(list)
    for found in document.found_facts:
        if found.table is not None:
            by_cell[found.table, found.row, found.column].append(found)
    replaced: dict[int, Fact] = {}
    added: list[Fact] = []
    checks: list[Check] = []
    cells: dict[tuple[int, int, int], Amount] = {}
    for one in facts:
        place = read.cell_of.get(one.anchor)
        printed = _fitting(one, by_cell.get(place, ())) if place else None
        fact = _fact(one, document, read, printed, calendar)
        if printed is not None and one.number is not None:
            printed_alike = _in_the_tags_unit(printed.amount, fact.amount)
            if (check := _check(fact, dataclasses.replace(printed, amount=printed_alike))) is not None:
                checks.append(check)
            if place is not None:
                cells.setdefault(place, printed_alike)
            if id(printed) not in replaced:
                replaced[id(printed)] = fact
                continue
        added.append(fact)
    spoken_of = bool(document.invoices or document.accounts)  # their facts must stay in the list
    in_prose = {(fact.source.page, fact.amount.absolute) for fact in added if fact.table is None and fact.amount.value is not None}
    kept = [
        replaced.get(id(fact), fact)
        for fact in document.found_facts
        if spoken_of or fact.table is not None or (fact.source.page, fact.amount.absolute) not in in_prose
    ]
    statements = put(document.statements, replaced)
    failing = [check for check in checks if not check.holds]
    warnings = (_warning(failing, len(checks)),) if failing else ()
    return dataclasses.replace(
        document,
        found_facts=(*kept, *added),
        tables=tuple(_with_amounts(table, index, cells) for index, table in enumerate(document.tables)),
        statements=statements,
        invoices=put(document.invoices, replaced),
        accounts=put(document.accounts, replaced),
        checks=(*document.checks, *checks),
        warnings=(*warnings, *document.warnings),
        metadata={**document.metadata, **_identity(facts)},
    )


def _fact(one: TaggedFact, document: Document, read: HtmlPages, printed: Fact | None, calendar: Calendar) -> Fact:
    label = humanised(one.element)
    cell, around = read.cell_of.get(one.anchor), read.text_of.get(one.anchor)
    page = document.tables[cell[0]].page if cell else around[0] if around else 1
    said = document.tables[cell[0]].caption.replace("\n", " ") if cell else around[1] if around else ""
    marks = "; ".join(
        part
        for part in (
            f"#{one.anchor}" if one.anchor else "",
            "hidden" if one.hidden else "",
            one.context,
            f"decimals {one.decimals}" if one.decimals else "",
        )
        if part
    )
    concept = concept_of_element(one.element)
    return Fact(
        label=printed.label if printed else label,
        label_path=printed.label_path if printed else (label,),
        column_path=printed.column_path if printed else (),
        amount=dataclasses.replace(amount_of(one), raw=printed.amount.raw) if printed else amount_of(one),
        period=calendar.period(one),
        source=Source(document.sha256, page, printed.source.box if printed else None, READER),
        table=cell[0] if cell else None,
        row=cell[1] if cell else None,
        column=cell[2] if cell else None,
        entity="; ".join(humanised(member) for _, member in one.dimensions) or None,
        context=f"{said[:_LONGEST]} [{marks}]".strip(),
        concept=concept,
        concept_confidence=1.0 if concept else 0.0,
        element=one.element,
    )


def humanised(element: str) -> str:
    """The name of an element in words: "us-gaap:EarningsPerShareBasic" is "Earnings per share basic"."""
    words = _WORD.findall(re.sub(r"(?:Member|Axis)$", "", element.rpartition(":")[2]))
    spoken = [word if word.isupper() and len(word) > 1 else word.lower() for word in words]
    text = " ".join(spoken) or element
    return text[:1].upper() + text[1:]


def amount_of(one: TaggedFact) -> Amount:
    """The tag's value with the scale that it is printed in: 1,234 with scale 6 is 1234 millions; its sign is that of the concept."""
    raw = one.printed if one.numeric or len(one.value) > _LONGEST else one.value
    raw = raw if len(raw) <= _LONGEST else f"{raw[: _LONGEST - 1]}…"
    if one.number is None:
        return Amount(raw, None)
    value = Decimal(one.number)
    unit = _unit(one.unit)
    if one.unit == "pure" and one.scale == -2:
        value, unit, scale = value * 100, "percent", Decimal(1)
    else:
        scale = Decimal(10) ** one.scale if one.scale > 0 else Decimal(1)
        value = value / scale
    shown = f"{value.normalize():f}"
    decimals = len(shown.partition(".")[2])
    printed_decimals = len(found[1]) if (found := re.search(r"\d[.,](\d{1,2}|\d{4,})$", one.printed)) else 0
    return Amount(raw, Decimal(shown), scale, unit, max(decimals, printed_decimals), nil=not value and not re.search(r"\d", one.printed))


def _unit(said: str) -> str | None:
    if said in ("", "pure"):
        return None
    above, _, below = said.partition("/")
    return f"{above}/share" if below == "shares" else said


@dataclasses.dataclass(frozen=True, slots=True)
class Calendar:
    """How the report counts its fiscal years: the year in focus, the day that it ends on, and the day the report goes to."""

    focus: int | None = None
    month_day: tuple[int, int] | None = None
    reported_to: datetime.date | None = None

    @classmethod
    def of(cls, facts: Iterable[TaggedFact]) -> Calendar:
        """From the cover page's tags (dei); ESEF has none, and its years are those that they end in."""
        said = {fact.element.rpartition(":")[2]: fact.value for fact in facts if fact.element.startswith("dei:") and not fact.dimensions}
        focus, end = said.get("DocumentFiscalYearFocus", ""), re.fullmatch(r"--(\d\d)-?(\d\d)", said.get("CurrentFiscalYearEndDate", ""))
        day = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", said.get("DocumentPeriodEndDate", ""))
        try:
            to = datetime.date(*(int(part) for part in day.groups())) if day else None
        except ValueError:
            to = None
        month_day = (
            (int(end[1]), int(end[2]))
            if end
            else (to.month, to.day)
            if to and said.get("DocumentType", "10-K").startswith("10-K")
            else None
        )
        return cls(int(focus) if focus.isdigit() else None, month_day, to)

    def year_end(self, day: datetime.date) -> datetime.date:
        """The end of the fiscal year that a day lies in."""
        month, last = self.month_day or (12, 31)
        for year in (day.year - 1, day.year):
            end = _day_of(year, month, last)
            if day <= end + datetime.timedelta(days=_SLACK_DAYS):
                return end
        return _day_of(day.year + 1, month, last)

    def period(self, one: TaggedFact) -> Period | None:
        """The period of a fact's context."""
        if one.end is None:
            return None
        year = one.end.year
        if self.month_day is not None:
            year = self.year_end(one.end).year
            if self.focus is not None and self.reported_to is not None:
                year += self.focus - self.year_end(self.reported_to).year
        if one.start is None:
            return Period(one.end.isoformat(), year=year, end=one.end, instant=True)
        months = round(((one.end - one.start).days + 1) / 30.44)
        quarter = None
        if months == 3 and self.month_day is not None:
            quarter = 4 - round((self.year_end(one.end) - one.end).days / 91.3)
            quarter = quarter if 1 <= quarter <= 4 else None
        return Period(f"{one.start.isoformat()} to {one.end.isoformat()}", year, one.end, one.start, months=months or None, quarter=quarter)


def _day_of(year: int, month: int, day: int) -> datetime.date:
    while True:  # a year that ends on the 29th of February ends on the 28th in others
        try:
            return datetime.date(year, month, day)
        except ValueError:
            if day <= 28:
                return datetime.date(year, 12, 31)
            day -= 1


def _fitting(one: TaggedFact, printed: Sequence[Fact]) -> Fact | None:
    """Of the figures of a cell ("0.45% - 2.25%"), that with the tag's digits; the first where none has them."""
    value = amount_of(one).value
    same = [fact for fact in printed if value is not None and fact.amount.value is not None and abs(fact.amount.value) == abs(value)]
    return next(iter((*same, *printed)), None)


def _in_the_tags_unit(printed: Amount, tagged: Amount) -> Amount:
    """The printed amount with the scale and the unit of its tag, where the print says none: its sign and digits stay."""
    if printed.value is None or tagged.value is None:
        return printed
    # Rates and prices of a share stand unscaled in tables "in thousands", which only their tag says for sure.
    silent = printed.scale == 1 or tagged.unit == "percent" or (tagged.unit or "").endswith("/share")
    same = abs(printed.value) == abs(tagged.value)
    if not same or not (silent or printed.scale == tagged.scale):
        return printed
    return dataclasses.replace(printed, scale=tagged.scale, unit=tagged.unit or printed.unit)


def _with_amounts(table: Table, index: int, amounts: dict[tuple[int, int, int], Amount]) -> Table:
    changed = tuple(
        dataclasses.replace(cell, amount=amounts[index, cell.row, cell.column]) if (index, cell.row, cell.column) in amounts else cell
        for cell in table.cells
    )
    return dataclasses.replace(table, cells=changed)


def _check(fact: Fact, printed: Fact) -> Check | None:
    """Printed = tagged, as far as the print can be compared: signs follow other rules in each."""
    said, shown = fact.amount.absolute, printed.amount.absolute
    if said is None or shown is None:
        return None
    tolerance = Decimal(10) ** -printed.amount.decimals * printed.amount.scale / 2 if said else Decimal(0)
    source = dataclasses.replace(printed.source, reader="print")
    label = f"{fact.label} ({fact.element})"
    return Check(
        "xml",
        Term(abs(shown), source, f"{fact.label}, printed"),
        (Term(abs(said), fact.source, f"{fact.label}, tagged"),),
        tolerance,
        says=f"{label}: printed = tagged",
    )


def _warning(failing: list[Check], count: int) -> str:
    first = failing[0]
    which = first.says.removesuffix(": printed = tagged")
    return (
        f"XBRL and print differ in {len(failing)} of {count} figures; the first: {which} is printed as "
        f"{first.total.value:f} and tagged as {first.terms[0].value:f} (page {first.total.source.page})."
    )


def _identity(facts: Iterable[TaggedFact]) -> dict[str, str]:
    """Who reports, for the document's metadata."""
    entity = next((fact.entity for fact in facts if fact.entity), "")
    return {"entity": entity} if entity else {}
