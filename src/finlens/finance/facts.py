"""Every figure of a document as a `Fact`: its labels, its amount in full, its period and its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from finlens.documents import Amount, Cell, Document, Fact, Source, Table
from finlens.finance.cell_figures import Part, RowTimes, is_unread, label_facts, parts_of, place_in_cell, times_of_rows
from finlens.finance.entities import entity_of, speaks_of_segments, speaks_of_taxes
from finlens.finance.layout import Layout, heads_from_caption, lay_out
from finlens.finance.movements import movements
from finlens.finance.numerals import Locale, guess_locale
from finlens.finance.pieces import Pieces
from finlens.finance.resolve import TableUnits, column_units, resolve, table_units
from finlens.finance.setting import Setting, in_dollars_of
from finlens.finance.surroundings import around, close_below, follows
from finlens.finance.table_time import column_pieces, is_schedule, periods_of_rows, table_time
from finlens.finance.timing import period_of
from finlens.finance.units import UnitNote


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
    of_segments = speaks_of_segments((table.caption, places.heading, *places.near[:1], *corners))
    of_taxes = speaks_of_taxes((table.caption, places.heading, *(row.label for row in layout.rows)))
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
                cell = layout.grid[row][column]
                if cell is None or not cell.text or column in layout.note_columns:
                    continue
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
                entity = entity_of(heads, labelled.headings, labelled.label, of_segments=of_segments, of_taxes=of_taxes)
                for part, source in _parts(document, layout, cell, locale):
                    amount = in_dollars_of(resolve(part.amount, row, labelled.path, columns[column], units, above.get(column)), setting)
                    path = (*heads, part.head) if part.head else heads
                    if not part.head:
                        filled[row, column] = above[column] = amount
                    facts.append(Fact(labelled.label, labelled.path, path, amount, period, source, index, row, column, entity, context))
    facts.extend(_beside_figures(document, layout, times_of_rows(facts), units, setting))
    cells = tuple(_with_amount(cell, filled.get((cell.row, cell.column)), layout) for cell in table.cells)
    return replace(table, cells=cells), facts, Carried(table, layout, units.notes, time.around)


def _beside_figures(document: Document, layout: Layout, times: RowTimes, units: TableUnits, setting: Setting) -> Iterator[Fact]:
    """Figures in labels, and in other cells that are texts."""
    for row in layout.rows:
        for column, cell in enumerate(layout.grid[row.index]):
            if cell is not None and layout.amounts[row.index][column] is None and column not in layout.note_columns:
                yield from label_facts(document, cell, row.path, times, units, setting)


def _parts(document: Document, layout: Layout, cell: Cell, locale: Locale | None) -> Iterator[tuple[Part, Source]]:
    """The figure of a cell, or its two: "0.45% - 2.25%"."""
    amount = layout.amounts[cell.row][cell.column]
    if amount is not None:
        yield Part(amount, 0, len(cell.text), ""), cell.source
        return
    for part in parts_of(cell.text, locale):
        page = next((page for page in document.pages if page.number == cell.source.page), None)
        yield part, place_in_cell(page, cell, part.start, part.end)


def _with_amount(cell: Cell, amount: Amount | None, layout: Layout) -> Cell:
    """The cell with its figure; digits that could not be read as one are marked, for a reader to look at."""
    if amount is not None:
        return replace(cell, amount=amount)
    if cell.column >= layout.label_columns and not cell.header and is_unread(cell.text) and not parts_of(cell.text, None):
        return replace(cell, amount=None, doubt="these digits could not be read as one number")
    return cell if cell.amount is None else replace(cell, amount=None)
