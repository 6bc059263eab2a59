"""Every figure of a document as a `Fact`: its labels, its amount in full, its period and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from finlens.documents import Amount, Block, Cell, Document, Fact, Line, Page, Source, Table, union
from finlens.finance.layout import Layout, heads_from_caption, lay_out
from finlens.finance.movements import movements
from finlens.finance.numerals import DIGIT, Locale, guess_locale
from finlens.finance.periods import FiscalCalendar, parse_period
from finlens.finance.pieces import Pieces, read_pieces
from finlens.finance.prose import find_amounts
from finlens.finance.resolve import column_units, resolve, table_units
from finlens.finance.surroundings import around, close_below, follows
from finlens.finance.table_time import column_pieces, is_schedule, periods_of_rows, table_time
from finlens.finance.timing import period_of
from finlens.finance.units import UnitNote


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for a whole document."""

    locale: Locale
    calendar: FiscalCalendar
    currency: str | None
    unit_note: UnitNote
    dollar: str | None
    """Which dollar a bare "$" is, where the document says another than the American one."""
    furniture: frozenset[str] = frozenset()
    """Running heads and the like, by their text."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What one table hands on to the next when they are parts of one."""

    table: Table
    layout: Layout
    notes: tuple[UnitNote, ...]
    around: tuple[Pieces, ...]


def table_facts(
    document: Document, index: int, setting: Setting, last_heading: str, before: Carried | None
) -> tuple[Table, list[Fact], Carried]:
    """The table with amounts in its cells, a fact for every figure in its body, and what holds for a part that follows."""
    table = document.tables[index]
    locale = guess_locale(cell.text for cell in table.cells if cell.column) or setting.locale
    layout = lay_out(table, locale)
    places = around(document, table, setting.furniture, last_heading)
    if before is not None and not (
        follows(document, table, before.table, setting.furniture) or (layout.headless and close_below(table, before.table))
    ):
        before = None
    if before is not None and layout.headless and table.column_count == before.table.column_count and before.layout.bands:
        for band in layout.bands:
            band.heads = before.layout.bands[-1].heads
    if layout.headless:
        heads_from_caption(layout, table.caption)
    farther = (*(before.notes if before else ()), setting.unit_note)
    notes = f"{' '.join(word.text for word in table.unplaced)}\n{table.notes}" if table.unplaced else table.notes
    units = table_units(layout, table.caption, notes, places.near, places.page, setting.currency, farther)
    corners = [head for band in layout.bands[:1] for path in band.heads[: layout.label_columns] for head in path]
    time = table_time(table.caption, places.heading, places.near, corners, setting.calendar, setting.locale)
    if before is not None and not time.around:
        time = replace(time, around=before.around)
    time = replace(time, schedule=is_schedule(layout, setting.calendar))
    row_times = periods_of_rows(layout, time)
    column_times = {band.first: column_pieces(layout, band, time) for band in layout.bands}
    moved = movements(layout, column_times, time)
    context = table.caption or places.heading
    filled: dict[tuple[int, int], Amount] = {}
    facts: list[Fact] = []
    rows = {row.index: row for row in layout.rows if not row.subheading}
    above: dict[int, Amount] = {}
    for band in layout.bands:
        columns, times = column_units(layout, band), column_times[band.first]
        for row in range(band.first, band.last + 1):
            labelled = rows.get(row)
            if labelled is None:
                continue
            for column in range(layout.label_columns, len(layout.texts[row])):
                amount, cell = layout.amounts[row][column], layout.grid[row][column]
                if amount is None or cell is None or column in layout.note_columns:
                    continue
                amount = _dollars(resolve(amount, row, labelled.path, columns[column], units, above.get(column)), setting)
                filled[row, column] = above[column] = amount
                heads = band.heads[column]
                raw = " ".join(heads) or labelled.label
                period = period_of(
                    raw,
                    labelled.label,
                    heads,
                    times[column],
                    row_times[row],
                    time,
                    moved.columns.get((band.first, column)) or moved.rows.get(row) or moved.within_year.get(row),
                )
                facts.append(Fact(labelled.label, labelled.path, heads, amount, period, cell.source, index, row, column, context=context))
    cells = tuple(_with_amount(cell, filled.get((cell.row, cell.column))) for cell in table.cells)
    return replace(table, cells=cells), facts, Carried(table, layout, units.notes, time.around)


def _with_amount(cell: Cell, amount: Amount | None) -> Cell:
    return cell if cell.amount is None and amount is None else replace(cell, amount=amount)


def _dollars(amount: Amount, setting: Setting) -> Amount:
    """A bare "$" of a Canadian company is a Canadian dollar."""
    if setting.dollar is None or not (amount.unit or "").startswith("USD") or re.search(r"US|U\.S", amount.raw):
        return amount
    return replace(amount, unit=setting.dollar + (amount.unit or "")[3:])


_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+(?=[A-ZÀ-Ý«“\"(])")
_LABEL_WORDS = 9


def prose_facts(document: Document, setting: Setting) -> Iterator[Fact]:
    """Figures of sentences that have a unit; running heads, tables and pictures are no sentences."""
    for page in document.pages:
        for block in page.blocks:
            if block.role in ("table", "header", "footer") or not block.lines:
                continue
            text = block.text
            if len(text) < 12 or not DIGIT.search(text):
                continue
            start = 0
            for end in [*(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]:
                sentence = text[start:end].strip()
                offset = start + (len(text[start:end]) - len(text[start:end].lstrip()))
                yield from _sentence_facts(document, page, block, sentence, offset, setting)
                start = end


def _sentence_facts(document: Document, page: Page, block: Block, sentence: str, offset: int, setting: Setting) -> Iterator[Fact]:
    found = [item for item in find_amounts(sentence, locale=setting.locale) if item[2].unit is not None]
    if not found:
        return
    period = (
        parse_period(sentence, calendar=setting.calendar, locale=setting.locale) if read_pieces(sentence, setting.locale).timed else None
    )
    for start, end, amount in found:
        label = " ".join(sentence[:start].split()[-_LABEL_WORDS:])
        source = _place(document, page, block, offset + start, offset + end)
        yield Fact(label, (label,), (), _dollars(amount, setting), period, source, context=sentence)


def _place(document: Document, page: Page, block: Block, start: int, end: int) -> Source:
    """The words of a block that cover the characters ``start`` to ``end`` of its text."""
    reader = page.words[0].origin.reader if page.words else "parts"
    boxes, at = [], 0
    for position, line in enumerate(block.lines):
        length = _length_in_text(block, position, line)
        if at < end and start < at + length:
            boxes.extend(_word_boxes(page, line, start - at, end - at) or ([line.box] if line.box else []))
        at += length
    return Source(document.sha256, page.number, union(boxes), reader)


def _length_in_text(block: Block, position: int, line: Line) -> int:
    """How many characters a line takes in `Block.text`, which mends words cut at a line's end."""
    following = block.lines[position + 1].text[:1] if position + 1 < len(block.lines) else ""
    cut = line.text.endswith("-") and line.text[-2:-1].islower() and following.islower()
    return len(line.text) - 1 if cut else len(line.text) + 1


def _word_boxes(page: Page, line: Line, start: int, end: int) -> list:  # type: ignore[type-arg]
    found, at = [], 0
    for word in page.words[line.first : line.last]:
        where = line.text.find(word.text, at)
        if where < 0:
            return []
        if where < end and start < where + len(word.text):
            found.append(word.box)
        at = where + len(word.text)
    return found
