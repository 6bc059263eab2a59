"""What units, scales, statements and kinds of checks are called, in the words that heads and sheets are printed with."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from finlens.documents.checks import Check, Doubt
from finlens.documents.model import Table
from finlens.documents.statements import Statement, StatementKind

_SCALES = {
    Decimal(100): "hundreds",
    Decimal(1000): "thousands",
    Decimal(100_000): "lakhs",
    Decimal(10**6): "millions",
    Decimal(10**7): "crores",
    Decimal(10**9): "billions",
    Decimal(10**12): "trillions",
}
_ENGLISH: dict[StatementKind, str] = {
    "income": "Income statement",
    "balance sheet": "Balance sheet",
    "cash flow": "Cash flow statement",
    "comprehensive income": "Comprehensive income",
    "equity": "Changes in equity",
}
_FRENCH: dict[StatementKind, str] = {
    "income": "Compte de résultat",
    "balance sheet": "Bilan",
    "cash flow": "Tableau des flux de trésorerie",
    "comprehensive income": "Résultat global",
    "equity": "Variation des capitaux propres",
}


def scale_in_words(scale: Decimal) -> str:
    """The word "millions" for 1000000; "" for 1."""
    if scale == 1:
        return ""
    return _SCALES.get(scale, f"× {scale:f}")


def unit_in_words(unit: str | None, scale: Decimal = Decimal(1)) -> str:
    """The words "USD millions", "percent", "USD per share"; "" where neither is said."""
    return " ".join(filter(None, ((unit or "").replace("/", " per "), scale_in_words(scale))))


def unit_of_table(table: Table) -> str:
    """The unit and scale that most figures of the table carry, in words; "" where none says any."""
    counts = Counter((c.amount.unit, c.amount.scale) for c in table.cells if c.amount and c.amount.value is not None and not c.header)
    said = (unit_in_words(*key) for key, _ in counts.most_common())
    return next((words for words in said if words), "")


def pages_in_words(table: Table) -> str:
    """The words "page 45", or "pages 45–47"."""
    pages = [page for page, _ in table.places]
    return f"page {pages[0]}" if len(set(pages)) == 1 else f"pages {min(pages)}–{max(pages)}"


def statement_name(kind: StatementKind, language: str = "") -> str:
    """What a statement of that kind is called in a document of that language: "Balance sheet", « Bilan »."""
    return (_FRENCH if language == "fr" else _ENGLISH)[kind]


def name_of(statement: Statement, language: str = "") -> str:
    """The statement's usual name, with the number of the form that it is printed on."""
    name = statement_name(statement.kind, language)
    return f"{name} ({statement.form})" if statement.form else name


def check_in_words(check: Check) -> str:
    """What came out: "does not foot: A = B + C; printed 10, computed 9, difference 1"."""
    verdict = "foots" if check.holds else "does not foot"
    figures = f"printed {plain_number(check.total.factor * check.total.value)}, computed {plain_number(check.computed)}"
    return f"{verdict}: {equation(check)}; {figures}" + (f", difference {plain_number(check.difference)}" if check.difference else "")


def equation(check: Check) -> str:
    """The equation in words, made of its labels where it has none of its own."""
    if check.says:
        return check.says
    sign = " × " if check.product else " + "
    return f"{check.total.label or 'total'} = {sign.join(term.label or plain_number(term.value) for term in check.terms)}"


def doubt_in_words(doubt: Doubt) -> str:
    """Why a figure is probably wrong, and what it may be instead."""
    return doubt.why + (f"; {plain_number(doubt.proposal)} would mend it" if doubt.proposal is not None else "")


def plain_number(value: Decimal) -> str:
    """All of its digits, in groups of three, no trailing noughts after the decimal point: "1,234.5"."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
