"""Measures as series: a line's figures, a sentence's, or a formula over several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from finlens.ask.compute import Constant, Figure, Operation, Term, Uncomputable, average, difference, figures, unit_of
from finlens.ask.finder import Finder, Match
from finlens.ask.formula import Binary, Call, Expression, NotAnExpression, Number, parse_expression, references
from finlens.ask.lines import Line
from finlens.ask.question import Question
from finlens.ask.readings import Readings
from finlens.ask.series import Series, doubt
from finlens.ask.when import When
from finlens.documents import Period
from finlens.finance.concepts import catalogue
from finlens.finance.ratios import Ratio, RatioUnit, find_ratio
from finlens.finance.words import words

_TABLE_ENOUGH = 0.8
_PRINTED = 0.8  # a line this near to a ratio's name prints it
_WORDED_SUM = re.compile(r"\w (?:less|minus|plus|moins|divided by) \w")
_OPTIONAL_AT_LEAST = 0.8


class Resolver:
    """Turns the measures of one question into series over one document."""

    def __init__(self, finder: Finder, question: Question) -> None:
        self.question = question
        self.readings = Readings(finder, question)

    def matches(self, phrase: str) -> tuple[Match, ...]:
        """The lines that a phrase may mean, whatever their periods."""
        return self.readings.matches(phrase)

    def series(self, phrase: str, whens: Sequence[When] | None, *, count: int = 0) -> list[Series]:
        """What ``phrase`` may mean at ``whens``, best first.

        Args:
            phrase: From the question.
            whens: The periods; None for those of the line itself.
            count: With ``whens`` None: how many of the line's periods, latest first; 0 for all.
        """
        formula = self._formula(phrase)
        found = self.readings.of_lines(phrase, whens, count)
        if formula is not None:
            expression, ratio, unit, defined_here = formula
            printed = next((one for one in found[:4] if one.score >= _PRINTED and _printed_serves(one, unit, self.question.decimals)), None)
            if printed is None or defined_here:
                made = self._of_formula(expression, whens, ratio, unit, phrase, count)
                if made or defined_here:
                    return [made] if made else []
                found = [one for one in found if _printed_serves(one, unit)]
            else:
                found = [printed, *(one for one in found if one is not printed and _printed_serves(one, unit))]
        if not found or found[0].score < _TABLE_ENOUGH:
            found = sorted((*found, *self.readings.of_prose(phrase, whens, count)), key=lambda one: -one.score)
        return found

    def _formula(self, phrase: str) -> tuple[Expression, Ratio | None, RatioUnit | None, bool] | None:
        """The formula that a phrase names: a definition of the question first, then a named ratio, then "x margin"."""
        said = words(phrase)
        if _WORDED_SUM.search(phrase):
            try:
                return parse_expression(phrase, self.question.definitions), None, None, True
            except NotAnExpression:
                return None
        named = [key for key in self.question.definitions if _inside(key, said) or _inside(key, words(_parenthesised(phrase)))]
        ratio_found = find_ratio(phrase)
        ratio = ratio_found[0] if ratio_found else None
        if named:
            key = max(named, key=len)
            expression = self.question.definitions[key]
            rest = [word for word in said if word not in key and word not in self.question.entities]
            if "margin" in rest:
                return Binary("/", expression, parse_expression("revenue")), None, "percent", True
            return expression, ratio, ratio.unit if ratio else None, True
        if ratio and ratio_found and self._names_only(phrase, ratio_found[1]):
            return parse_expression(ratio.expression), ratio, ratio.unit, False
        if said and (said[-1] == "margin" or said[-2:] == ("margin", "%")):
            base = " ".join(word for word in phrase.split() if word not in ("margin", "%"))
            if words(base):
                return Binary("/", parse_expression(base), parse_expression("revenue")), None, "percent", False
        return None

    def _names_only(self, phrase: str, span: tuple[int, int]) -> bool:
        """Whether a phrase names the ratio and nothing more: "gross margin of the consumer segment" asks for a line."""
        rest = words(phrase[: span[0]] + " " + phrase[span[1] :])
        harmless = {"%", "unadjusted", "reported", "rate", "consolidated", "overall", "total", "approximate", "value", "ratio", "margin"}
        acronyms = set(words(_parenthesised(phrase)))
        return all(word in harmless or word in self.question.entities or word in acronyms for word in rest)

    def _of_formula(
        self, expression: Expression, whens: Sequence[When] | None, ratio: Ratio | None, unit: RatioUnit | None, phrase: str, count: int
    ) -> Series | None:
        asked = list(whens) if whens else self._latest(expression, count or 1)
        terms: list[Term] = []
        score = 1.0
        for when in asked:
            made = self._term(expression, when)
            if made is None:
                return None
            terms.append(made[0])
            score = min(score, made[1])
        if not terms:
            return None
        try:
            figures_unit = unit_of(terms[0])
        except Uncomputable:
            return None
        if figures_unit == "ratio" and unit != "days" and (unit == "percent" or self.question.wants_percent or "%" in self.question.core):
            unit = "percent"
            terms = [Operation("*", term, Constant(Decimal(100))) for term in terms]
        label = ratio.title if ratio else phrase
        definition = ratio.definition if ratio and not self.question.definitions else ""
        periods = tuple(_main_period(term) for term in terms)
        return Series(label, tuple(terms), periods, score, ratio=ratio, unit=unit, definition=definition)

    def _latest(self, expression: Expression, count: int) -> list[When]:
        """The latest periods that the first line of a formula has, for a question that names none."""
        for phrase in references(expression):
            for match in self.matches(phrase)[:1]:
                years = [fact.period.year for fact in match.line.by_period() if fact.period and fact.period.year]
                return [When(str(year), year) for year in list(dict.fromkeys(years))[:count]]
        return []

    def _term(self, expression: Expression, when: When) -> tuple[Term, float] | None:
        """An expression at a period, with the score of its weakest line; None where a line is missing."""
        if isinstance(expression, Number):
            return Constant(expression.value), 1.0
        if isinstance(expression, Call):
            return self._call(expression, when)
        if isinstance(expression, Binary):
            left, right = self._term(expression.left, when), self._term(expression.right, when)
            if right is None and isinstance(expression.right, Call) and expression.right.function == "optional":
                return left
            if left is None and isinstance(expression.left, Call) and expression.left.function == "optional":
                return right if expression.operator == "+" else None
            if left is None or right is None:
                return None
            return Operation(expression.operator, left[0], right[0]), min(left[1], right[1])
        return self._reference(expression.phrase, when)

    def _call(self, call: Call, when: When) -> tuple[Term, float] | None:
        now = self._term(call.argument, when)
        if call.function == "negative":
            return (Operation("-", Constant(Decimal(0)), now[0]), now[1]) if now else None
        if call.function == "optional":
            return now if now and now[1] >= _OPTIONAL_AT_LEAST else None
        before_when = _year_before(when)
        before = self._term(call.argument, before_when) if before_when else None
        if now is None or before is None:
            return None
        score = min(now[1], before[1])
        if call.function == "prior":
            return before[0], score
        return (average([now[0], before[0]]) if call.function == "average" else difference(now[0], before[0])), score

    def _is_charged(self, tax: Line, when: When) -> bool:
        """Whether a bracketed income tax is a charge: net income of the same table is less than income before it."""
        if "income_tax" not in dict(tax.concepts):
            return False
        figures_of: dict[str, Decimal] = {}
        for line in self.readings.finder.table_lines(tax.table):
            at = line.at(when)
            for name, _ in line.concepts if at else ():
                if name in ("pretax_income", "net_income") and at and at[0].amount.value is not None:
                    figures_of.setdefault(name, at[0].amount.value)
        return "pretax_income" in figures_of and figures_of.get("net_income", figures_of["pretax_income"]) < figures_of["pretax_income"]

    def _reference(self, phrase: str, when: When) -> tuple[Term, float] | None:
        """The figure for one operand; the best line that has the period, agreement elsewhere making it surer."""
        found = self.readings.of_lines(phrase, [when], 1)
        found = [one for one in found if not (isinstance(one.terms[0], Figure) and one.terms[0].fact.amount.unit == "percent")]
        if not found:
            named = find_ratio(phrase)  # "EBITDA less capex" of a report that prints no EBITDA
            return self._term(parse_expression(named[0].expression), when) if named and self._names_only(phrase, named[1]) else None
        best = found[0]
        term = best.terms[0]
        if (
            isinstance(term, Figure)
            and best.line is not None
            and any(catalogue()[name].is_cost or catalogue()[name].is_outflow for name, _ in best.line.concepts)
        ) or (isinstance(term, Figure) and best.line is not None and self._is_charged(best.line, when)):
            term = replace(term, magnitude=True)
        return term, best.score * doubt(found)


def _year_before(when: When) -> When | None:
    if when.year is not None:
        return replace(when, year=when.year - 1, raw=str(when.year - 1))
    return replace(when, relative=when.relative - 1) if when.relative is not None else None


def _inside(key: tuple[str, ...], said: Sequence[str]) -> bool:
    return bool(key) and set(key) <= set(said)


def _parenthesised(phrase: str) -> str:
    return " ".join(part.split(")")[0] for part in phrase.split("(")[1:])


def _printed_serves(series: Series, unit: RatioUnit | None, decimals: int | None = None) -> bool:
    """Whether a printed line may stand for a named ratio: percentages for percentages, amounts for amounts, as exact as asked."""
    printed = min((figure.fact.amount.decimals for term in series.terms for figure in figures(term)), default=0)
    if decimals is not None and unit != "money" and printed < decimals:
        return False
    units = {figure.fact.amount.unit for term in series.terms for figure in figures(term)}
    if unit == "percent":
        return units <= {"percent", "ratio"}
    if unit == "money":
        return "percent" not in units
    return True


def _main_period(term: Term) -> Period | None:
    """The period that most of a formula's figures share; the latest of them."""
    periods = [figure.fact.period for figure in figures(term) if figure.fact.period]
    durations = [period for period in periods if not period.instant]
    return max(durations or periods, key=lambda period: (period.year or 0, period.relative or 0), default=None)
