"""Number, dates and currency of an invoice: a label, and its value to the right of it or below."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from finlens.documents import Box, Fact, Word
from finlens.finance.invoices import labels
from finlens.finance.invoices.days import Day, Order, find_days, read_day
from finlens.finance.invoices.facts import day_fact, text_fact
from finlens.finance.invoices.money import currencies_of
from finlens.finance.invoices.prints import Row, Run, below

_GLUE = re.compile(r"(?:\s|[:#.=|]|\((?:\d{3}|[A-Z]{3}|[^()]{0,40})\))*")
# A number: digits in it, letters and the usual separators; "RE 2024-001" has its letters apart.
_CODE = re.compile(r"(?:[A-Z]{1,4} (?=[\d-]))?(?=[\w./-]*\d)[A-Za-z0-9](?:[\w./_-]*\w)?")
_TITLE_NUMBER = re.compile(
    rf"{labels.TITLE.pattern}(?P<between>[^\d:]{{0,45}}?(?:\(\d{{3}}\))?[^\d:]{{0,12}}?)(?:\b(?:nr\.?|no\.?|n°|nº|"
    rf"num(?:ber|mer|éro)?\.?)|#) {{0,2}}:?"
    rf" {{0,2}}(?P<code>{_CODE.pattern})",
    re.I,
)
_TITLE_CODE = re.compile(rf"(?:{labels.TITLE.pattern})\s{{1,2}}(?P<code>{_CODE.pattern})", re.I)
_TIME = re.compile(r" {0,2}\d{1,2}:\d\d")
_DOWN = 3.2  # label heights that a value may stand below its label


@dataclass(frozen=True)
class _Value:
    """A value as printed: ``start`` and ``end`` count characters of the row's text."""

    text: str
    row: Row
    start: int
    end: int
    label: str
    weight: float

    def words(self) -> tuple[Word, ...]:
        return self.row.between(self.start, self.end)


def find_number(rows: Sequence[Row], title: Run | None) -> Fact | None:
    """The invoice's own number; None where nothing says so, or two numbers are named as plainly."""
    found: list[_Value] = []
    for number, row in enumerate(rows):
        if row.page > rows[0].page + 1:
            break
        found.extend(_labelled_codes(rows, number, labels.NUMBER_LABEL, 5))
        found.extend(_labelled_codes(rows, number, labels.NUMBER_LABEL_LOOSE, 3 if title else 2))
        found.extend(_title_codes(row, title))
    best = max((value.weight for value in found), default=0.0)
    top = [value for value in found if value.weight == best]
    if not top:
        return None
    first = top[0]
    if best < (3 if title else 4) or (len({_squeezed(value.text) for value in top}) > 1 and best < 4):
        return None
    return text_fact("invoice_number", first.label, first.text, first.words(), context=first.row.text)


def _squeezed(text: str) -> str:
    return text.replace(" ", "").lower()


def _labelled_codes(rows: Sequence[Row], number: int, pattern: re.Pattern[str], weight: float) -> Iterable[_Value]:
    row = rows[number]
    for label in pattern.finditer(row.text):
        if labels.REFERS.search(row.text[max(0, label.start() - 24) : label.start()].rpartition("  ")[2]):
            continue
        value = _right_or_below(rows, number, label, _code_at)
        if value:
            yield _Value(value[0], value[1], value[2], value[3], label.group(), weight)


def _title_codes(row: Row, title: Run | None) -> Iterable[_Value]:
    for pattern, weight in ((_TITLE_NUMBER, 4.5), (_TITLE_CODE, 4.0)):
        for found in pattern.finditer(row.text):
            code, start = found["code"], found.start("code")
            before = row.text[: found.start()].rpartition("  ")[2]
            between = found.groupdict().get("between") or ""
            if labels.REFERS.search(before) or labels.REFERS.search(between) or _starts_with_day(row.text[start:]):
                continue
            own = title is not None and row is title.row
            yield _Value(
                code,
                row,
                start,
                start + len(code),
                found.group()[: start - found.start()],
                weight + (0.4 if own else -2 if before.strip() else -0.5),
            )


def _starts_with_day(text: str) -> bool:
    days = find_days(text[:30], "day first")
    return bool(days) and days[0].start == 0


def _code_at(text: str, at: int) -> tuple[str, int] | None:
    found = _CODE.match(text, at)
    if not found or _starts_with_day(text[at:]):
        return None
    return found.group(), found.start()


def _day_at(text: str, at: int) -> tuple[str, int] | None:
    days = find_days(text[at : at + 40], "day first")
    return (days[0].text, at + days[0].start) if days and days[0].start <= 2 else None


def _right_or_below(
    rows: Sequence[Row], number: int, label: re.Match[str], value_at: Callable[[str, int], tuple[str, int] | None]
) -> tuple[str, Row, int, int] | None:
    row = rows[number]
    glue = _GLUE.match(row.text, label.end())
    at = glue.end() if glue else label.end()
    found = value_at(row.text, at)
    if found:
        text, start = found
        return text, row, start, start + len(text)
    if at < len(row.text) and not row.text[label.end() : at].endswith("  ") and row.text[at - 1 : at] != " ":
        return None
    box = row.box_of(label.start(), label.end())
    for run in below(rows, number, box, within=_DOWN * row.height):
        found = value_at(run.text, 0)
        if found:
            start = run.start + found[1]
            return found[0], run.row, start, start + len(found[0])
        break
    return None


def find_day(rows: Sequence[Row], pattern: re.Pattern[str], concept: str, order: Order | None) -> Fact | None:
    """The date with such a label; None where there is none, or where two differ."""
    found: list[_Value] = []
    for number, row in enumerate(rows):
        for label in pattern.finditer(row.text):
            if labels.REFERS.search(row.text[: label.start()].rpartition("  ")[2]):
                continue
            value = _right_or_below(rows, number, label, _day_at)
            if value:
                found.append(_Value(value[0], value[1], value[2], value[3], label.group(), 1))
    return _one_day(found, concept, order)


def _one_day(found: Sequence[_Value], concept: str, order: Order | None) -> Fact | None:
    days = {read_day(value.text, order) for value in found}
    if len(days) != 1:
        return None
    first = found[0]
    return day_fact(concept, first.label, first.text, read_day(first.text, order), first.words(), context=first.row.text)


def find_issued(rows: Sequence[Row], title: Run | None, order: Order | None, others: Sequence[Fact] = ()) -> Fact | None:
    """The day of issue: labelled, or in the title's line ("Rechnung Nr. 5 vom 1.2.2024"), or alone at the head of the first page.

    Args:
        rows: Of the whole invoice.
        title: Its title.
        order: Of day and month in its dates.
        others: Dates that are known to be something else.
    """
    first = _first_pages(rows)
    return (
        find_day(first, labels.ISSUED, "invoice_date", order)
        or _beside_title(rows, title, order)
        or find_day(first, labels.ISSUED_LOOSE, "invoice_date", order)
        or find_day(first, labels.BARE_DATE, "invoice_date", order)
        or _alone(rows, title, order, {fact.source.box for fact in others})
    )


def _first_pages(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.page <= rows[0].page + 1]


def _beside_title(rows: Sequence[Row], title: Run | None, order: Order | None) -> Fact | None:
    for number, row in enumerate(_first_pages(rows)):
        named = _TITLE_NUMBER.search(row.text) or _TITLE_CODE.search(row.text)
        if title is None or not (row is title.row or named):
            continue
        if named and labels.REFERS.search(row.text[: named.end()]):
            continue
        at = named.end() if named else title.start
        days = find_days(row.text[at:], order)
        dated = labels.DATED_TITLE.search(row.text, at)
        if days and (dated or row is title.row):
            day = days[0]
            words = row.between(at + day.start, at + day.end)
            return day_fact("invoice_date", row.text[: at + day.start], day.text, day.value, words, context=row.text)
        if named and not days and number + 1 < len(rows):
            after = _gone_on(row, rows[number + 1], order)
            if after:
                return after
    return None


def _gone_on(row: Row, following: Row, order: Order | None) -> Fact | None:
    """The date of a title that goes on in the next line: "Rechnung Nr. 5 vom", or "vom" there as well."""
    days = find_days(following.text, order)
    if not days:
        return None
    said = f"{row.text.rstrip()[-12:]} {following.text[: days[0].start]}"
    if days[0].start > 8 or not re.search(r"\b(?:vom|von|du|le|dated|of)\W*$", said, re.I):
        return None
    words = following.between(days[0].start, days[0].end)
    return day_fact("invoice_date", row.text, days[0].text, days[0].value, words, context=f"{row.text} {following.text}")


def _alone(rows: Sequence[Row], title: Run | None, order: Order | None, taken: Collection[Box | None]) -> Fact | None:
    """The only date that stands by itself, or after a place ("München, den 1.2.2024"), in the upper half of the first page; else
    the only date of the page, wherever it stands with a time of day: receipts are printed so.

    The print date of a program above the letterhead is as much alone; it is taken only with a title and nothing else.
    """
    page_bottom = max(row.box.bottom for row in rows if row.page == rows[0].page)
    found: list[tuple[Row, Day]] = []
    for row in rows:
        if row.page != rows[0].page or row.box.top > page_bottom / 2:
            break
        for run in row.runs:
            days = find_days(run.text, order)
            before = run.text[: days[0].start].strip() if len(days) == 1 else "x"
            if len(days) == 1 and days[0].end == len(run.text) and re.fullmatch(r"(?:[\w. -]+, ?)?(?:den|le|the|on)?", before, re.I):
                day = Day(days[0].text, days[0].value, run.start + days[0].start, run.start + days[0].end)
                if row.box_of(day.start, day.end) not in taken:
                    found.append((row, day))
    if not found:
        found = _timed(rows, order)
    if len({day.value for _, day in found}) != 1 or title is None:
        return None
    row, day = found[0]
    return day_fact("invoice_date", row.text[: day.start], day.text, day.value, row.between(day.start, day.end), context=row.text)


def _timed(rows: Sequence[Row], order: Order | None) -> list[tuple[Row, Day]]:
    """Dates of a page that has no others than these, each with a time of day beside it."""
    found: list[tuple[Row, Day]] = []
    for row in rows:
        for day in find_days(row.text, order):
            if not _TIME.match(row.text, day.end):
                return []
            found.append((row, day))
    return found


def find_currency(rows: Sequence[Row]) -> Fact | None:
    """The currency: labelled, else the only one that the document prints, else the one beside its last amounts."""
    for row in rows:
        for label in labels.CURRENCY.finditer(row.text):
            glue = _GLUE.match(row.text, label.end())
            at = glue.end() if glue else label.end()
            found = currencies_of([row.text[at : at + 4]])
            if found and row.text.startswith(found[0][2], at):
                return _currency(found[0], row, at)
    texts = [row.text for row in rows]
    found = currencies_of(texts)
    codes = [code for code, _, _ in found]
    if not codes:
        return None
    usual = max(dict.fromkeys(codes), key=codes.count)
    if codes.count(usual) < 0.8 * len(codes):
        return None
    printed = [item for item in found if item[0] == usual]
    written = [item for item in printed if len(item[2]) == 3] or printed
    chosen = written[-1]
    return _currency(chosen, rows[chosen[1]], rows[chosen[1]].text.rfind(chosen[2]))


def _currency(found: tuple[str, int, str], row: Row, at: int) -> Fact:
    code, _, printed = found
    return text_fact("currency", row.text[max(0, at - 40) : at], printed, row.between(at, at + len(printed)), unit=code, context=row.text)
