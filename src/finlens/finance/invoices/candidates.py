"""What may be net, tax, gross or due: every amount of an invoice that words beside it, or a head above it, name as one of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from itertools import product

from finlens.documents import Fact, TaxLine
from finlens.finance.invoices.amount_labels import TAX_WORD, AmountKind, meaning_of, meaning_of_runs
from finlens.finance.invoices.facts import figure_fact, text_fact
from finlens.finance.invoices.labels import NO_TAX
from finlens.finance.invoices.money import Figure, figures_of
from finlens.finance.invoices.prints import Row
from finlens.finance.numerals import Locale

CENT = Decimal("0.01")
_HUNDRED = Decimal(100)
_HEAD_WITHIN = 12  # rows
_HIGHEST_RATE = 30
_PLAIN_LABEL = re.compile(
    r"(?:\s|[-:.,()%=]|\d|\b(?:summe|gesamt|total|sum|eur|usd|gbp|chf|von|auf|of|sur|de|in|[a-z]|ust|mwst|vat|tva|tax|umsatzsteuer|steuer|"
    r"taxe|collectée|vente|achat|normal|standard|reduced|réduit|taux|rate|satz|zzgl|plus|incl|inkl|s|z|e|k)\b\.?)*",
    re.I,
)


_IN_SENTENCE = re.compile(
    r" ?[,;]? (?!(?:von|auf|of|de|sur)\b)[a-zäöüàéè]{2,} [^\d\s]"
)  # words of a sentence that goes on after the amount


@dataclass(frozen=True)
class Candidate:
    """An amount that may be one of the totals."""

    kind: AmountKind
    weight: float
    value: Decimal
    fact: Fact
    by_head: bool = False
    """Known by the head of its column only, so arithmetic must confirm it."""


@dataclass
class Foot:
    """Everything that may be one of the totals."""

    candidates: list[Candidate] = field(default_factory=list)
    taxes: list[TaxLine] = field(default_factory=list)

    def of(self, *kinds: AmountKind) -> list[Candidate]:
        return [candidate for candidate in self.candidates if candidate.kind in kinds]


def find_foot(rows: Sequence[Row], locale: Locale, currency: str | None) -> Foot:
    """The candidates among the rows of a whole invoice, and its tax by rate."""
    foot = Foot()
    figures = cache(lambda number: figures_of(rows[number], locale))
    seen: set[tuple[Decimal | None, ...]] = set()
    for number, row in enumerate(rows):
        here = figures(number)
        if not here:
            continue
        head = _head_of(rows, number, figures)
        taxed = _tax_line(row, here, head, currency)
        if taxed is not None:
            key = tuple(fact.amount.value if fact else None for fact in (taxed.rate, taxed.base, taxed.tax))
            if key not in seen:
                seen.add(key)
                foot.taxes.append(taxed)
        foot.candidates.extend(_candidates(row, here, head, taxed, currency))
    if any(line.base for line in foot.taxes):  # rows of discounts name a rate as well, but no base
        foot.taxes = [line for line in foot.taxes if line.base]
    return foot


def _candidates(row: Row, figures: Sequence[Figure], head: Row | None, taxed: TaxLine | None, currency: str | None) -> Iterator[Candidate]:
    start = 0
    before = ""
    base = taxed.base.source.box if taxed and taxed.base else None
    for figure in figures:
        if figure.percent:
            continue
        label = row.text[start : figure.start]
        before += label
        if _IN_SENTENCE.match(row.text, figure.end):
            start = figure.end
            continue
        if figure.money or (figure.grouped and currency) or (figure.decimals == 1 and figure.currency):
            by_head = list(_by_head(row, figure, head, currency)) if head is not None and _PLAIN_LABEL.fullmatch(before) else []
            found = None if by_head else meaning_of_runs([run for run in label.split("  ") if run.strip()])
            if found and row.box_of(figure.start, figure.end) != base:  # what tax is reckoned from is no tax
                (kind, weight), words = found
                yield Candidate(kind, weight, figure.value, _amount(kind, words, figure, row, currency))
            yield from by_head
        start = figure.end


def _by_head(row: Row, figure: Figure, head: Row, currency: str | None) -> Iterator[Candidate]:
    label = _over(head, row, figure)
    meaning = meaning_of(label) if label else None
    if meaning and meaning.kind not in ("rate", "price"):
        yield Candidate(meaning.kind, 1, figure.value, _amount(meaning.kind, label, figure, row, currency), by_head=True)


_CONCEPTS: dict[AmountKind, str] = {"net": "invoice_net", "tax": "invoice_tax", "gross": "invoice_gross", "due": "amount_due"}


def _amount(kind: AmountKind, label: str, figure: Figure, row: Row, currency: str | None) -> Fact:
    return figure_fact(_CONCEPTS.get(kind, f"invoice_{kind}"), label, figure, row, unit=figure.currency or currency)


def _over(head: Row, row: Row, figure: Figure) -> str:
    """The head whose place, from left to right, is the figure's."""
    box = row.box_of(figure.start, figure.end)
    best, share = "", 0.0
    for run in head.runs:
        overlap = min(run.box.x1, box.x1) - max(run.box.x0, box.x0)
        if overlap > share:
            best, share = run.text, overlap
    return best


def _head_of(rows: Sequence[Row], number: int, figures: Callable[[int], list[Figure]]) -> Row | None:
    """The nearest row above whose words name amounts before and after tax, side by side."""
    for above in range(number - 1, max(-1, number - 1 - _HEAD_WITHIN), -1):
        row = rows[above]
        if row.page != rows[number].page:
            return None
        if len(row.runs) < 2:
            continue
        kinds = [meaning.kind for run in row.runs if (meaning := meaning_of(run.text))]
        amounts = sum(figure.money for figure in figures(above))  # of a table that stands beside this one
        if "tax" in kinds and {"net", "base", "gross"} & set(kinds) and len(set(kinds)) > amounts:
            return row
    return None


def _tax_line(row: Row, figures: Sequence[Figure], head: Row | None, currency: str | None) -> TaxLine | None:
    """Tax at one rate, where the row has a rate, and an amount that is that share of another one."""
    if not TAX_WORD.search(row.text) and head is None:
        return None
    rates = [figure for figure in figures if figure.percent and 0 <= figure.value <= _HIGHEST_RATE]
    if not rates and head is not None:
        rates = [
            figure
            for figure in figures
            if figure.currency is None and 0 <= figure.value <= _HIGHEST_RATE and "rate" in _kinds(_over(head, row, figure))
        ]
    if not rates and head is not None:
        rates = [figure for figure in figures if figure.currency is None and figure.decimals < 2 and 0 <= figure.value <= _HIGHEST_RATE]
    amounts = [figure for figure in figures if figure.money or (figure.grouped and not figure.percent)]
    fitting = [
        (rate, base, tax)
        for rate in rates
        for base, tax in product(amounts, amounts)
        if base is not tax and base is not rate and tax is not rate and _is_share(tax.value, rate.value, base.value)
    ]
    for rate, base, tax in sorted(fitting, key=lambda found: not (_kinds(_over(head, row, found[1])) & {"base", "net"}) if head else False):
        upto = max(rate.end, base.end, tax.end)
        if TAX_WORD.search(row.text[:upto]) or (head is not None and _PLAIN_LABEL.fullmatch(_without(row.text[:upto], figures))):
            return _taxed(row, rate, base, tax, currency)
    if len(rates) == 1 and len(amounts) == 1 and amounts[0] is not rates[0]:
        found = meaning_of(_without(row.text, figures).strip())
        if found and found.kind == "tax":
            return _taxed(row, rates[0], None, amounts[0], currency)
    return None


def _is_share(tax: Decimal, rate: Decimal, base: Decimal) -> bool:
    """Whether ``tax`` is ``rate`` percent of ``base``, to the cent."""
    if (rate == 0 and tax != 0) or (base == 0 and rate != 0) or abs(tax) > abs(base):
        return False
    return abs(base * rate / _HUNDRED - tax) <= CENT / 2 + CENT / 10


def _kinds(label: str) -> set[AmountKind]:
    found = meaning_of(label)
    return {found.kind} if found else set()


def _taxed(row: Row, rate: Figure, base: Figure | None, tax: Figure, currency: str | None) -> TaxLine:
    label = row.text[: min(rate.start, tax.start)].replace("  ", " ") or row.text
    return TaxLine(
        figure_fact("tax_rate", label, rate, row, unit="percent"),
        base and figure_fact("tax_base", label, base, row, unit=base.currency or currency),
        figure_fact("tax_amount", label, tax, row, unit=tax.currency or currency),
    )


def _without(text: str, figures: Sequence[Figure]) -> str:
    for figure in reversed([figure for figure in figures if figure.end <= len(text)]):
        text = f"{text[: figure.start]} {text[figure.end :]}"
    return text


def no_tax_said(rows: Sequence[Row]) -> Candidate | None:
    """The sentence that says that no tax is charged, as a tax of nil."""
    for row in rows:
        found = NO_TAX.search(row.text)
        if found:
            fact = text_fact("invoice_tax", found.group(), found.group(), row.between(*found.span()), context=row.text)
            nil = type(fact.amount)(fact.amount.raw, Decimal(0), nil=True)
            return Candidate("tax", 1.5, Decimal(0), replace(fact, amount=nil))
    return None
