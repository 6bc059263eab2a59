"""An answer as one plain sentence, English or French: value, unit, scale, period and page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from finlens.ask.compute import Figure, evaluate, figures, rounded, scale_of, shown, unit_of
from finlens.ask.drafts import Draft
from finlens.ask.model import period_text
from finlens.ask.question import Question
from finlens.ask.series import Series
from finlens.documents import Fact
from finlens.documents.names import unit_in_words

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SCALES = {
    "en": {Decimal(1000): "thousand", Decimal(10**6): "million", Decimal(10**9): "billion"},
    "fr": {Decimal(1000): "milliers", Decimal(10**6): "millions", Decimal(10**9): "milliards"},
}


def sentence(question: Question, draft: Draft, value: Decimal | bool | None, unit: str | None, scale: Decimal, spans: Sequence[str]) -> str:
    """What a person reads first."""
    french = question.language == "fr"
    label = _label(draft.series[0], french=french) if draft.series else ""
    when = _when(draft, french=french)
    pages = _pages(draft, french=french)
    if isinstance(value, bool):
        verdict = ("Oui" if value else "Non") if french else ("Yes" if value else "No")
        return f"{verdict}{' :' if french else ':'} {label}{when}, {_both(draft, french=french)}, {pages}."
    if value is None:
        listed = ", ".join(spans)
        return f"{label}{when} : {listed}, {pages}." if french else f"{label}{when}: {listed}, {pages}."
    told = amount_text(value, unit, scale, french=french, decimals=question.decimals)
    subject = _subject(draft, label, french=french)
    return f"{subject}{when} : {told}, {pages}." if french else f"{subject}{when}: {told}, {pages}."


def amount_text(value: Decimal, unit: str | None, scale: Decimal, *, french: bool = False, decimals: int | None = None) -> str:
    """An amount as a person says it: USD 1,577 million, 24.41 %, 36,5 jours."""
    if decimals is None and (unit in ("percent", "ratio", "days") or value != rounded(value, 4)):
        decimals = 2 if unit != "ratio" or abs(value) >= 1 else 4
    number = shown(value, decimals, french=french)
    if unit == "percent":
        return f"{number} %"
    if unit in (None, "ratio"):
        told = number
    elif unit in ("days", "shares"):
        told = f"{number} {({'days': 'jours', 'shares': 'actions'} if french else {'days': 'days', 'shares': 'shares'})[unit]}"
    elif french:
        told = f"{number} {unit.replace('/share', ' par action')}"
    elif "/share" in unit:
        told = f"{unit.partition('/')[0]} {number} per share"
    elif unit.islower():  # a counted thing
        told = f"{number} {unit}"
    else:
        told = f"{unit} {number}"
    worded = _SCALES["fr" if french else "en"].get(scale)
    if not worded:
        return told
    if french and unit not in (None, "ratio", "shares"):
        return f"{number} {worded} {unit}"
    return f"{told} {worded}"


def _both(draft: Draft, *, french: bool) -> str:
    """The two figures that a yes or no compares."""
    terms = [term for one in draft.series for term in one.terms]
    told: list[str] = []
    for term in (terms[0], terms[-1]):
        percent = draft.series[0].unit == "percent"
        unit = "percent" if percent else unit_of(term)
        scale = Decimal(1) if unit in ("percent", "ratio", "days") else scale_of(term)
        told.append(amount_text(evaluate(term) / scale, unit, scale, french=french))
    return " → ".join(told) if len(draft.series) == 1 else f"{told[0]} / {told[1]}"


def _subject(draft: Draft, label: str, *, french: bool) -> str:
    names = [_label(one, french=french) for one in draft.series]
    first, last = names[0], names[-1]
    two = len(names) > 1
    if french:
        forms = {
            "difference": f"Écart entre {first} et {last}" if two else f"Variation de {label}",
            "percentage change": f"Écart relatif entre {first} et {last}" if two else f"Variation en pourcentage de {label}",
            "ratio": f"Ratio {first} / {last}" if two else f"Ratio de {label}",
            "share": f"{first} en pourcentage de {last}",
            "sum": f"Somme de {' et '.join(names)}",
            "average": f"Moyenne de {' et '.join(names)}",
            "growth rate a year": f"Taux de croissance annuel moyen de {label}",
            "count periods": f"Nombre de périodes où {label} satisfait la condition",
        }
    else:
        forms = {
            "difference": f"Difference between {first} and {last}" if two else f"Change in {label}",
            "percentage change": f"{first} relative to {last}" if two else f"Percentage change in {label}",
            "ratio": f"Ratio of {first} to {last}" if two else f"Ratio of {label}",
            "share": f"{first} as a percentage of {last}",
            "sum": f"Sum of {' and '.join(names)}",
            "average": f"Average {' and '.join(names)}",
            "growth rate a year": f"Compound annual growth rate of {label}",
            "count periods": f"Number of periods in which {label} meets the condition",
        }
    return forms.get(draft.operation, label[:1].upper() + label[1:])


def _label(series: Series, *, french: bool = False) -> str:
    if french and series.ratio:
        return series.ratio.french[0].capitalize()
    label = " ".join(series.label.split()).rstrip(" :")
    head = " ".join(dict.fromkeys(_heads(series)))
    return f"{label} ({head})" if head else label


def _heads(series: Series) -> list[str]:
    """Column heads that are no period, where the line needs them to be told apart."""
    if series.line is None or not series.line.beside:
        return []
    path = series.line.facts[0].column_path  # a head that names a year too would name that of another column
    return [part for part in path if set(part.lower().split()) & series.line.beside and part != series.label and not _YEAR.search(part)]


def _when(draft: Draft, *, french: bool) -> str:
    periods = [period_text(period) for one in draft.series for period in one.periods]
    told = list(dict.fromkeys(text for text in periods if text))
    if not told:
        return ""
    if len(told) == 1:
        return f" ({told[0]})"
    if draft.operation in ("difference", "change in points", "percentage change", "comparison", "growth rate a year") and len(told) == 2:
        return f" ({told[0]} → {told[1]})"
    return f" ({', '.join(told)})"


def _facts(draft: Draft) -> list[Fact]:
    terms = [term for term in (draft.term, *draft.values) if term is not None]
    found = [figure.fact for term in terms for figure in figures(term)]
    return [*found, *draft.chosen] or [figure.fact for one in draft.series for term in one.terms for figure in figures(term)]


_BASES = {
    "en": {"reported": "as reported", "restated": "as restated", "pro forma": "pro forma", "forecast": "as forecast"},
    "fr": {"reported": "tel que publié", "restated": "retraité", "pro forma": "pro forma", "forecast": "prévisionnel"},
}


def _pages(draft: Draft, *, french: bool) -> str:
    """Where the figures stand and as what: "as reported on page 60", "from USD millions as restated on pages 58, 60"."""
    facts = _facts(draft)
    pages = sorted({fact.source.page for fact in facts})
    word = "page" if len(pages) == 1 else "pages"
    if not pages:
        return word
    told = _BASES["fr" if french else "en"]
    bases = " / ".join(dict.fromkeys(told[fact.period.basis if fact.period else "reported"] for fact in facts))
    listed = f"{word} {', '.join(map(str, pages))}"
    return f"{_from(draft, french=french)}{bases}{', ' if french else ' on '}{listed}"


def _from(draft: Draft, *, french: bool) -> str:
    """What a percentage or a ratio was computed from, as the result does not say it."""
    if draft.term is None or isinstance(draft.term, Figure) or (draft.unit or unit_of(draft.term)) not in ("percent", "ratio", "days"):
        return ""
    amounts = (figure.fact.amount for figure in figures(draft.term))
    units = dict.fromkeys(unit_in_words(amount.unit, amount.scale) for amount in amounts)
    said = " / ".join(filter(None, units))
    return f"{'de' if french else 'from'} {said} " if said and said != "percent" else ""
