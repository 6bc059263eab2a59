"""A bank statement: movements in order, opening and closing balance, and whether one follows from the other."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from finlens.documents import Account, Check, Document, Fact, Term, Transaction, Word
from finlens.finance.invoices import labels
from finlens.finance.invoices.checks import term
from finlens.finance.invoices.days import Order, date_order, find_days
from finlens.finance.invoices.facts import CHECKSUM_FAILS, day_fact, figure_fact, text_fact
from finlens.finance.invoices.fields import find_currency
from finlens.finance.invoices.iban import find_ibans
from finlens.finance.invoices.money import Figure, figures_of
from finlens.finance.invoices.prints import Row, rows_of
from finlens.finance.invoices.statement_days import Printed, day_at_start, period_of
from finlens.finance.invoices.statement_heads import Columns, heads_of
from finlens.finance.numerals import Locale, guess_locale

_NIL = Decimal(0)
_OPENS = re.compile(
    r"ancien solde|solde (?:précédent|initial|d'ouverture|antérieur|de départ)|solde (?:en )?début|opening balance|previous balance|"
    r"(?:beginning|start(?:ing)?) balance|balance (?:at start|last statement)|alter (?:konto)?saldo|anfangssaldo",
    re.I,
)
_CLOSES = re.compile(
    r"nouveau solde|solde (?:final|de clôture|de fin)|solde (?:en )?fin|closing balance|ending balance|new balance|balance at end|"
    r"neuer (?:konto)?saldo|endsaldo|kontostand am",
    re.I,
)
_CARRIED = re.compile(
    r"report(?:er|é)?\b|(?:brought|carried) (?:forward|over|down)|\bb/?f\b|\bc/?f\b|übertrag|solde intermédiaire|sous-total|subtotal", re.I
)
_BALANCE = re.compile(r"\bsoldes?\b|\bbalance\b|saldo", re.I)
_TOTALS = re.compile(r"^\W*(?:totaux|total|summe|gesamt)\b", re.I)
_NEGATIVE = re.compile(r"débiteur|overdrawn|\bOD\b|\bDR\b|(?<=\d) ?D\b|\bsoll\b", re.I)
_OUT = re.compile(
    r"withdrawals?|checks?(?: paid)?|payments|fees|debits?|subtractions|débits?|retraits|prélèvements|paiements|dépenses", re.I
)
_IN = re.compile(r"deposits?|credits?|additions|crédits?|versements|virements reçus|encaissements|recettes", re.I)
_SECTION_WORDS = 6
_FOLLOWS = 2.2  # row heights: text this close below a movement goes on with its label


@dataclass
class _Reading:
    """One account while its rows are read."""

    opening: Fact | None = None
    closing: Fact | None = None
    movements: list[Transaction] = field(default_factory=list)
    total_out: Fact | None = None
    total_in: Fact | None = None
    section: int = 0
    """-1 under "Withdrawals", 1 under "Deposits", where amounts have no sign."""

    @property
    def account(self) -> Account:
        return Account(None, self.opening, self.closing, tuple(self.movements))


@dataclass(frozen=True)
class _Setting:
    locale: Locale
    order: Order | None
    currency: str | None
    period: tuple[datetime.date | None, datetime.date | None]


def with_accounts(document: Document) -> Document:
    """The document with the accounts that it states; as it was where it states no movements between two balances."""
    rows = [row for page in document.pages for row in rows_of(page)]
    if not any(heads_of(row) for row in rows):
        return document
    readings = [reading for reading in _read(rows, _setting(document, rows)) if reading.movements and (reading.opening or reading.closing)]
    if not readings:
        return document
    ibans = [
        text_fact("iban", code.label, code.text, code.row.between(code.start, code.end), mark="" if code.valid else CHECKSUM_FAILS)
        for code in find_ibans(rows)
    ]
    accounts = tuple(
        replace(reading.account, iban=ibans[at] if len(ibans) >= len(readings) else None) for at, reading in enumerate(readings)
    )
    checks = [check for reading in readings for check in _checks(reading)]
    warnings = [
        f"bank statement: {check.says}: printed {check.total.value}, computed {check.computed}" for check in checks if not check.holds
    ]
    facts = [fact for account in accounts for fact in _facts(account)]
    return replace(
        document,
        accounts=(*document.accounts, *accounts),
        found_facts=(*document.found_facts, *facts),
        checks=(*document.checks, *checks),
        warnings=(*document.warnings, *warnings),
    )


def _setting(document: Document, rows: Sequence[Row]) -> _Setting:
    texts = [row.text for row in rows]
    language = labels.language_of(" ".join(texts)) or document.language
    currency = find_currency(rows)
    unit = currency.amount.unit if currency else None
    order = date_order(texts, language=language, currency=unit)
    short = [tuple(map(int, found.groups())) for row in rows if (found := re.match(r"(\d\d)[/.](\d\d)(?![/.\d])", row.text))]
    if any(first > 12 for first, _ in short) != any(second > 12 for _, second in short):
        order = "day first" if any(first > 12 for first, _ in short) else "month first"
    return _Setting(guess_locale(texts) or ("en" if language == "en" else "fr"), order, unit, period_of(rows, order))


def _read(rows: Sequence[Row], setting: _Setting) -> Iterator[_Reading]:
    """Accounts one after another: a second opening balance after a closing one begins the next."""
    reading = _Reading()
    columns: Columns | None = None
    day: tuple[Printed, tuple[Word, ...]] | None = None
    before: Row | None = None
    for row in rows:
        heads = heads_of(row)
        if heads:
            columns, before = heads, None
            continue
        figures = [figure for figure in figures_of(row, setting.locale) if not figure.percent]
        stated = _balance(row, figures, columns, setting)
        if stated is not None:
            before = None
            kind, fact = stated
            if kind == "opening" and reading.closing is not None and reading.movements:
                yield reading
                reading = _Reading()
            _put_balance(reading, kind, fact)
            continue
        if not figures and len(row.text.split()) <= _SECTION_WORDS and (sign := _section(row.text)):
            reading.section = sign
            continue
        if columns is None:
            continue
        money = [figure for figure in figures if figure.money and columns.of(row, figure)]
        if _TOTALS.search(row.text) and money:
            _put_totals(reading, row, money, columns, setting)
            before = None
            continue
        printed = _day(row, columns, setting)
        if printed:
            day = (printed, row.between(0, printed.end))
        moved = _movement(row, money, columns, day, printed, reading, setting) if day and not _CARRIED.search(row.text) else None
        if moved is not None:
            reading.movements.append(moved)
            before = row
        elif before is not None and not money and _goes_on(row, before, columns):
            last = reading.movements[-1]
            reading.movements[-1] = replace(last, label=f"{last.label} {' '.join(row.text.split())}")
            before = row
    yield reading


def _day(row: Row, columns: Columns, setting: _Setting) -> Printed | None:
    head = columns.box("date")
    if head is None or row.box.x0 > head.x1 + 25:
        return None
    return day_at_start(row.text, setting.order, setting.period)


def _balance(row: Row, figures: Sequence[Figure], columns: Columns | None, setting: _Setting) -> tuple[str, Fact] | None:
    """An opening, closing or other balance that a row states, with its sign."""
    money = [figure for figure in figures if figure.money]
    if not money or len(money) > 1:
        return None
    figure = money[0]
    label = row.text[: figure.start]
    kind = "opening" if _OPENS.search(label) else "closing" if _CLOSES.search(label) else ""
    if not kind and (_CARRIED.search(label) or _BALANCE.search(label)):
        kind = "stated"
    if not kind:
        return None
    value = figure.value
    under = columns.of(row, figure) if columns else None
    after = row.text[figure.end : figure.end + 4]
    if under == "out" or _NEGATIVE.search(label) or re.match(r" ?(?:D\b|DR\b|OD\b|S\b)", after):
        value = -abs(value)
    fact = figure_fact("balance", label, figure, row, unit=figure.currency or setting.currency)
    days = find_days(label, setting.order)
    fact = replace(fact, amount=replace(fact.amount, value=value))
    if days and days[-1].value:
        dated = day_fact("balance", label, days[-1].text, days[-1].value, row.between(days[-1].start, days[-1].end))
        fact = replace(fact, period=dated.period)
    return kind, fact


def _put_balance(reading: _Reading, kind: str, fact: Fact) -> None:
    """A balance that only says "solde" or "brought forward": before any movement it opens, after them the last one closes."""
    if kind == "opening":
        reading.opening = reading.opening or replace(fact, concept="opening_balance")
    elif kind == "closing":
        reading.closing = replace(fact, concept="closing_balance")
    elif not reading.movements and reading.opening is None:
        reading.opening = replace(fact, concept="opening_balance")
    elif (
        _BALANCE.search(fact.label)
        and not _CARRIED.search(fact.label)
        and (reading.closing is None or reading.closing.concept == "balance")
    ):
        reading.closing = fact if not reading.movements else replace(fact, concept="closing_balance")


def _put_totals(reading: _Reading, row: Row, money: Sequence[Figure], columns: Columns, setting: _Setting) -> None:
    for figure in money:
        fact = figure_fact("total", row.text[: money[0].start], figure, row, unit=setting.currency)
        if columns.of(row, figure) == "out":
            reading.total_out = fact
        elif columns.of(row, figure) == "in":
            reading.total_in = fact


def _movement(
    row: Row,
    money: Sequence[Figure],
    columns: Columns,
    day: tuple[Printed, tuple[Word, ...]],
    printed: Printed | None,
    reading: _Reading,
    setting: _Setting,
) -> Transaction | None:
    amounts = [(columns.of(row, figure), figure) for figure in money]
    moved = next(((column, figure) for column, figure in amounts if column in ("out", "in", "amount")), None)
    if moved is None:
        return None
    column, figure = moved
    label = _label(row, printed, money[0])
    if not printed and not label:
        return None
    value = -abs(figure.value) if column == "out" else abs(figure.value) if column == "in" else _signed(row, figure)
    balance = next((figure for column, figure in amounts if column == "balance"), None)
    stated = figure_fact("balance", "balance", balance, row, unit=balance.currency or setting.currency) if balance else None
    if stated and balance and _NEGATIVE.search(row.text[balance.end : balance.end + 4]):
        stated = replace(stated, amount=replace(stated.amount, value=-abs(balance.value)))
    if column == "amount" and value > 0:
        value = _by_balance(value, stated, reading) if stated is not None else -value if reading.section < 0 else value
    fact = figure_fact("transaction", label, figure, row, unit=figure.currency or setting.currency)
    fact = replace(fact, amount=replace(fact.amount, value=value))
    at, words = day
    return Transaction(day_fact("transaction_date", "date", at.text, at.value, words, context=row.text), label, fact, stated)


def _section(text: str) -> int:
    """The sign that a heading over movements gives them: 0 where it says nothing, or both."""
    return bool(_IN.match(text)) - bool(_OUT.match(text))


def _signed(row: Row, figure: Figure) -> Decimal:
    after = row.text[figure.end : figure.end + 4]
    return -abs(figure.value) if re.match(r" ?(?:D|DR|S)\b", after) else figure.value


def _by_balance(value: Decimal, balance: Fact, reading: _Reading) -> Decimal:
    """Where amounts have no sign, the balances before and after tell it."""
    before = next((m.balance.amount.value for m in reversed(reading.movements) if m.balance), None)
    if before is None and not reading.movements and reading.opening:
        before = reading.opening.amount.value
    if before is not None and balance.amount.value is not None and before - value == balance.amount.value:
        return -value
    return value


def _label(row: Row, printed: Printed | None, first: Figure) -> str:
    """The words between the day and the first amount, without the value date."""
    text = row.text[printed.end if printed else 0 : first.start].strip()
    valued = re.match(r"(?:\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?)(?=\s|$)", text)
    text = text[valued.end() :] if valued else text
    return " ".join(re.sub(r"  +\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?$", "", text).split())


def _goes_on(row: Row, before: Row, columns: Columns) -> bool:
    label, amounts = columns.box("label"), [box for name, box in columns.places if name in ("out", "in", "amount", "balance")]
    if row.page != before.page or row.box.top - before.box.bottom > _FOLLOWS * before.height:
        return False
    left = label.x0 - 15 if label else before.box.x0
    return row.box.x0 >= left and row.box.x1 <= min(box.x0 for box in amounts) + 10 and not _BALANCE.search(row.text)


def _checks(reading: _Reading) -> Iterator[Check]:
    """Each printed balance follows from the one before it; opening and movements make the closing; totals are sums."""
    start = reading.opening
    since: list[Fact] = []
    for movement in reading.movements:
        since.append(movement.amount)
        if movement.balance is not None:
            if start is not None:
                yield _follows(movement.balance, start, since, f"balance after {movement.label} = balance before + movements")
            start, since = movement.balance, []
    if reading.closing is not None and start is not None and start is not reading.closing:
        yield _follows(reading.closing, start, since, "closing balance = balance before + movements")
    for total, sign, name in ((reading.total_out, -1, "money out"), (reading.total_in, 1, "money in")):
        parts = [m.amount for m in reading.movements if (m.amount.amount.value or _NIL) * sign > 0]
        if total is not None and parts:
            terms = tuple(replace(term(part), factor=Decimal(sign)) for part in parts)
            yield Check("sum", term(total), terms, _NIL, says=f"total of {name} = sum of movements")


def _follows(balance: Fact, start: Fact, since: Sequence[Fact], says: str) -> Check:
    terms: tuple[Term, ...] = (term(start), *(term(fact) for fact in since))
    return Check("running balance", term(balance), terms, _NIL, says=says)


def _facts(account: Account) -> Iterator[Fact]:
    yield from (fact for fact in (account.iban, account.opening, account.closing) if fact)
    for movement in account.transactions:
        yield from (fact for fact in (movement.date, movement.amount, movement.balance) if fact)
