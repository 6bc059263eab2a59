"""The unit and scale of one figure, from everything that stands around it.

A unit in the cell beats the column's head, that beats the row's label, then a sub-heading, the table's own notes, the
text around the table, its page, and the document. What a figure is (a per-share amount, a count, a percentage) comes
first: "in millions" never reaches the line "Earnings per share".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from finlens.documents import Amount
from finlens.finance.bands import Band
from finlens.finance.heads import is_change, names_period
from finlens.finance.kinds import UNIT_OF_KIND, Kind, kind_of_label
from finlens.finance.layout import Layout
from finlens.finance.units import UnitNote, read_unit_note

ONE, ZERO = Decimal(1), Decimal(0)
_KIND_OF_UNIT = {unit: kind for kind, unit in UNIT_OF_KIND.items()}
_GENERIC_SHARE_ROW = re.compile(
    r"^\W*(?:basic|diluted|de base|dilué|continuing|discontinued|total|net|from |before|as reported|"
    r"pro forma|high|low|first|second|third|fourth)",
    re.I,
)
_GOES_ON = re.compile(r"\W*(?:basic|diluted|assuming dilution|de base|diluée?s?)\W*", re.I)
_BALANCE = re.compile(
    r"\btotal (?:assets|liabilities|equity|actif|passif)|\bcapitaux propres|\b(?:stock|share)holders['’]{0,2} (?:equity|deficit)", re.I
)
_WEAK_SHARES = re.compile(
    r"\b(?:common|ordinary|treasury|preferred|preference) shares\b|\bactions (?:propres|ordinaires)\b|^\W*shares\b", re.I
)
# What a company has millions of, so that a table's "(in thousands)" holds for it; of stores and sites it has not.
_COUNTED_IN_BULK = re.compile(r"\b(?:memberships?|subscri\w+|users?|visitors?|passengers?|abonnés|utilisateurs)\b", re.I)
# In a column of money these are what awards and issuances were worth: "Shares issued under employee stock plans, net".
_PAID_IN_SHARES = re.compile(
    r"^\W*shares (?:issued|withheld|vested|granted|reserved) (?:under|for|in|upon|on|to|pursuant|related|as)\b|"
    r"\b(?:units|awards|options|rsus|psus)\W*$",
    re.I,
)
_EQUITY_LINE = re.compile(
    r"^\W*(?:(?:class \w+ )?(?:common|preferred|preference|ordinary|treasury|capital) (?:stock|shares))\b(?!.*\(in shares\))", re.I
)
_MOST_PER_SHARE = Decimal(10**6)
_MOST_SHARES = Decimal(10**12)  # nobody has issued as many: the count was printed in full


@dataclass(frozen=True, slots=True)
class TableUnits:
    """What holds for a whole table: notes from the nearest to the farthest, and the currency of its signs."""

    notes: tuple[UnitNote, ...]
    signs: str | None
    """The currency that most figures of the table are printed with."""
    currency: str | None
    """The currency of the document, for a table that says a scale but no currency."""
    balance_sheet: bool = False
    told_of_shares: bool = False
    """Whether the title says that the table counts shares, and no figure of it is printed as money."""

    @property
    def of_shares(self) -> bool:
        """Whether the notes speak of counts of shares only: "Shares in thousands"."""
        return self.told_of_shares or (self.scale is None and any((note.share_scale or ZERO) > 1 for note in self.notes))

    @property
    def scale(self) -> Decimal | None:
        return next((note.scale for note in self.notes if note.scale is not None), None)

    @property
    def money(self) -> str | None:
        """The currency of figures that show none; None where nothing near says that they are money."""
        said = next((note.currency for note in self.notes if note.currency), None)
        if said or self.signs:
            # A bare "$" in a head may be a Canadian one, as the document says.
            return self.signs or said
        return self.currency if self.scale is not None else None


def table_units(
    layout: Layout,
    caption: str,
    notes: str,
    near: Iterable[str],
    page: Iterable[str],
    currency: str | None,
    farther: Iterable[UnitNote],
) -> TableUnits:
    """Gather the notes that hold for all of a table, the nearest first.

    ``farther`` are those of the table that it continues, and of the document.
    """
    labels = [text for row in layout.rows[:3] if row.subheading for text in row.path[-1:]]
    corners = [" ".join(path) for band in layout.bands for path in band.heads[: max(layout.label_columns, 1)] if path]
    shared = [head for band in layout.bands[:1] for head in _shared_heads(band, layout)]
    texts = [*corners, *shared, *labels, caption, *notes.split("\n")]
    # A title speaks of shares or barrels, but its "(in millions)" holds for every figure under it.
    found = [replace(note, kind=None) for note in map(read_unit_note, texts) if not note.empty and note.kind != "percent"]
    signs = _signs(layout)
    of_shares = any((note.share_scale or ZERO) > 1 for note in found)
    if not of_shares and all(note.scale is None for note in found):
        for group in (near, page):
            for text in group:
                note = read_unit_note(text)
                if note.scale is not None:
                    found.append(replace(note, kind=None))
                    break
            if any(note.scale is not None for note in found):
                break
        else:
            found.extend(note for note in farther if not note.empty)
    money = signs or any(note.currency for note in found)
    told_of_shares = not money and any(kind_of_label(line) == "shares" for line in caption.split("\n")[-2:])
    return TableUnits(tuple(found), signs, currency, any(_BALANCE.search(row.label) for row in layout.rows), told_of_shares)


def _shared_heads(band: Band, layout: Layout) -> list[str]:
    """Heads that stand over all columns of figures."""
    columns = [path for path in band.heads[layout.label_columns :] if path]
    return [head for head in columns[0] if all(head in path for path in columns)] if len(columns) > 1 else []


def _signs(layout: Layout) -> str | None:
    seen = Counter(
        currency
        for row, line in enumerate(layout.amounts)
        for amount in line
        if amount is not None and (currency := amount.currency) and layout.band_of(row)
    )
    return seen.most_common(1)[0][0] if seen else None


@dataclass(slots=True)
class ColumnUnits:
    """What the heads of one column say, and whether a "%" on its first figure holds for those below."""

    note: UnitNote
    kind: Kind | None
    """By the column's own head."""
    upper_kind: Kind | None
    """By a head that spans several columns."""
    change: bool
    signed: bool = False
    """Whether figures of the column are printed with a currency sign."""
    percent_from: int = -1
    percent_to: int = -1


def column_units(layout: Layout, band: Band) -> list[ColumnUnits]:
    shared = set(_shared_heads(band, layout))
    found: list[ColumnUnits] = []
    for column, path in enumerate(band.heads):
        note = UnitNote()
        kinds: list[Kind | None] = []
        for head in reversed(path):
            said = read_unit_note(head)
            if head not in shared or len(band.heads) - layout.label_columns == 1:
                note = _filled(note, said)  # a head over all columns speaks for the table
            kind = said.kind or kind_of_label(head)
            if kind is not None or (said.empty and not names_period(head)):
                kinds.append(kind)
        upper = next((kind for kind in kinds[1:] if kind), None)
        signed = any(
            (amount := layout.amounts[row][column]) is not None and amount.currency and not (amount.unit or "").endswith("share")
            for row in range(band.first, band.last + 1)
        )
        units = ColumnUnits(note, kinds[0] if kinds else None, upper, any(is_change(head) for head in path), signed)
        _percent_run(layout, band, column, units)
        found.append(units)
    return found


def _filled(note: UnitNote, by: UnitNote) -> UnitNote:
    return UnitNote(
        note.scale if note.scale is not None else by.scale,
        note.currency or by.currency,
        note.kind or by.kind,
        note.share_scale if note.share_scale is not None else by.share_scale,
        note.bare_dollar or by.bare_dollar,
    )


def _percent_run(layout: Layout, band: Band, column: int, units: ColumnUnits) -> None:
    """A rate reconciliation prints "%" on its first and last line only."""
    if column < layout.label_columns:
        return
    rows = [
        row for row in range(band.first, band.last + 1) if (amount := layout.amounts[row][column]) is not None and amount.value is not None
    ]
    signed = [row for row in rows if layout.amounts[row][column].unit is not None]  # type: ignore[union-attr]
    if len(rows) > 1 and signed and signed[0] == rows[0] and all(layout.amounts[row][column].unit == "percent" for row in signed):  # type: ignore[union-attr]
        shapes = {layout.amounts[row][column].decimals for row in rows if not layout.amounts[row][column].nil}  # type: ignore[union-attr]
        small = all(abs(layout.amounts[row][column].value or ZERO) <= 1000 for row in rows)  # type: ignore[union-attr]
        if small and (len(shapes) == 1 or shapes == {0, 1}):
            units.percent_from, units.percent_to = rows[0], rows[-1]


def resolve(amount: Amount, row: int, path: Sequence[str], column: ColumnUnits, table: TableUnits, above: Amount | None = None) -> Amount:
    """The amount with the unit and scale that its surroundings give it; ``above`` is the resolved figure on the line over it."""
    label = path[-1] if path else ""
    row_note = read_unit_note(label) if label else UnitNote()
    kind = _kind(amount, row, path, column, table)
    if kind == "money" and amount.unit is None and above is not None and above.unit == "shares" and _GOES_ON.fullmatch(label):
        kind = "shares"  # "Diluted" under the shares that dilute
    above_notes = [note for text in reversed(path[:-1]) if not (note := read_unit_note(text)).empty]
    order = (column.note, row_note, *above_notes, *table.notes)
    own_scale = amount.scale if amount.scale != 1 else None
    if kind in ("money", "per share"):
        code = (
            amount.currency or next((note.currency for note in (column.note, row_note, *above_notes) if note.currency), None) or table.money
        )
        if kind == "per share":
            return replace(amount, unit=f"{code}/share" if code else "share" if amount.unit == "share" else None, scale=own_scale or ONE)
        scale = own_scale or next((note.scale for note in order if note.scale is not None and note.kind in (None, "money")), ONE)
        return replace(amount, unit=code, scale=scale)
    if kind == "shares":
        return replace(amount, unit="shares", scale=own_scale or _share_scale(amount, row_note, order))
    if kind in ("count", "physical"):
        # A scale that is said of money does not reach a count; "(in thousands)" alone does.
        said = next((note for note in (column.note, row_note, *above_notes) if note.scale is not None), None)
        if said is None and (not table.signs or _COUNTED_IN_BULK.search(label)):
            said = next((note for note in table.notes if note.scale is not None and note.currency is None), None)
        unit = amount.unit or UNIT_OF_KIND.get(kind)
        return replace(amount, unit=unit, scale=own_scale or (said.scale if said and said.scale is not None else ONE))
    unit = UNIT_OF_KIND[kind]
    return replace(amount, unit=unit, scale=own_scale or (row_note.scale if kind == "employees" and row_note.scale else ONE))


def _share_scale(amount: Amount, row_note: UnitNote, order: Sequence[UnitNote]) -> Decimal:
    if row_note.scale is not None:
        return row_note.scale
    said = next((note.share_scale for note in order if note.share_scale is not None), None)
    general = next((note.scale for note in order if note.scale is not None), ONE)
    # A fraction of a share is none: "except share data" cannot have meant this row.
    scale = general if said is None or (said == 1 and amount.decimals) else said
    return ONE if amount.value is not None and abs(amount.value) * scale > _MOST_SHARES else scale


def _kind(amount: Amount, row: int, path: Sequence[str], column: ColumnUnits, table: TableUnits) -> Kind:
    label = path[-1] if path else ""
    row_kind = kind_of_label(label) if label else None
    unit = amount.unit
    if unit is not None and unit.endswith("share"):
        return "per share"
    if amount.currency:
        per_share = row_kind == "per share" or column.kind == "per share" or _under_per_share(amount, path)
        return "per share" if per_share and amount.scale == 1 else "money"
    if unit is not None:
        return _KIND_OF_UNIT.get(unit, "money" if unit == "share" else "points" if unit in ("bps", "points") else "count")
    if column.percent_from <= row <= column.percent_to:
        return "percent"
    of_shares = column.kind == "shares" and column.signed  # "Common shares" over dollars: what they were paid in at
    if column.kind not in (None, "money") and not of_shares and _plausible(column.kind, amount, "", table):
        return column.kind
    if row_kind not in (None, "money") and _plausible(row_kind, amount, label, table, signed=column.signed):
        return row_kind
    if row_kind == "money":
        return "money"
    upper = column.upper_kind
    fits = (upper in ("percent", "shares") and not column.signed) or (upper == "per share" and (amount.decimals >= 2 or amount.nil))
    if upper is not None and fits and _plausible(upper, amount, "", table):
        return upper
    for text in reversed(path[:-1]):
        kind = kind_of_label(text) or _half_of_ratio(text)
        if kind == "money":
            return kind
        if kind == "per share":
            return "per share" if _under_per_share(amount, path) else "money"
        fits = amount.decimals > 0 if kind == "percent" else not table.balance_sheet
        if kind in ("shares", "percent") and fits and _plausible(kind, amount, text, table):
            return kind
        if kind in ("years", "days", "months") and abs(amount.value or ZERO) < 100:
            return kind
    return "shares" if table.of_shares else "money"


def _under_per_share(amount: Amount, path: Sequence[str]) -> bool:
    """A line under the sub-heading "Earnings per share:" that can be one: "Basic", or a figure with cents."""
    if any(_half_of_ratio(text) for text in path[:-1]):
        return False
    above = any(kind_of_label(text) == "per share" for text in path[:-1])
    return above and (
        amount.decimals >= 2 or amount.nil or (_GENERIC_SHARE_ROW.match(path[-1]) is not None and abs(amount.value or ZERO) < 100)
    )


def _half_of_ratio(text: str) -> Kind | None:
    """Earnings per share are worked out under "Numerator" (money) and "Denominator" (shares)."""
    plain = text.strip(" :").lower()
    return "money" if plain in ("numerator", "numérateur") else "shares" if plain in ("denominator", "dénominateur") else None


def _plausible(kind: Kind, amount: Amount, label: str, table: TableUnits, *, signed: bool = False) -> bool:
    """Whether a figure can be of the kind that ``label`` (or a head, where it is "") announces.

    ``signed``: other figures of its column are printed with a currency sign.
    """
    value = abs(amount.value or ZERO)
    if kind == "per share":
        return amount.decimals > 0 or value < _MOST_PER_SHARE
    if kind == "percent":
        return value <= 1000 or "%" in label
    if kind == "ratio":
        return value < 1000 and amount.decimals > 0
    if kind in ("days", "years", "months"):
        return value < 10_000
    if kind == "shares" and label:
        if signed and (_PAID_IN_SHARES.search(label) or (table.balance_sheet and _EQUITY_LINE.match(label))):
            return False
        weak = _WEAK_SHARES.search(label) is not None and not re.search(
            r"outstanding|issued|authorized|number|weighted|average|circulation|nombre", label, re.I
        )
        return not weak or ((amount.value or ZERO) >= 0 and not table.balance_sheet)
    return True
