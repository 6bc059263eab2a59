"""What a measure is worth at each period asked for: a line's figures, or a formula over several lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from finlens.ask.compute import Constant, Figure, Operation, Term, Uncomputable, average, difference, evaluate, figures, unit_of
from finlens.ask.finder import Finder, Match
from finlens.ask.formula import Binary, Call, Expression, NotAnExpression, Number, parse_expression
from finlens.ask.lines import Line
from finlens.ask.prose import figures_for, tells_a_change
from finlens.ask.question import Question
from finlens.ask.when import When
from finlens.documents import Fact, Period
from finlens.finance.concepts import catalogue
from finlens.finance.ratios import Ratio, RatioUnit, find_ratio
from finlens.finance.words import plain, words

_TABLE_ENOUGH = 0.8
_A_NEAR_LINE = 0.6
_SENTENCE_ENOUGH = 0.75
_COST_TEXT = """
expense cost charge used payment purchase paid allowance depreciation amortization repurchase repayment cout dotation decaissement
"""
_COST_WORDS = frozenset(_COST_TEXT.split())
_TWO_SIDED = re.compile(r"\((?:benefit|income|gain|credit|provided|recovery|increase|decrease|loss|used)|(?:benefit|income|gain)\)|/")
_WORDED_SUM = re.compile(r"\w (?:less|minus|plus|moins|divided by) \w")
_OPTIONAL_AT_LEAST = 0.8
_ALTERNATIVES = 6


@dataclass(frozen=True, slots=True)
class Series:
    """A measure with one term a period."""

    label: str
    terms: tuple[Term, ...]
    periods: tuple[Period | None, ...]
    score: float
    line: Line | None = None
    ratio: Ratio | None = None
    """The named ratio, for a formula."""
    unit: RatioUnit | None = None
    definition: str = ""

    def values(self) -> tuple[Decimal, ...] | None:
        try:
            return tuple(evaluate(term) for term in self.terms)
        except Uncomputable:
            return None


class Resolver:
    """Turns the measures of one question into series over one document."""

    def __init__(self, finder: Finder, question: Question) -> None:
        self.finder = finder
        self.question = question
        self._context = frozenset(question.words)

    def matches(self, phrase: str) -> tuple[Match, ...]:
        wanted = self.finder.wanted(phrase, self.question.entities)
        return self.finder.find(wanted, entities=self.question.entities, hints=self.question.statements, context=self._context)

    def series(self, phrase: str, whens: Sequence[When] | None, *, count: int = 0) -> list[Series]:
        """What ``phrase`` may mean at ``whens``, best first.

        Args:
            phrase: From the question.
            whens: The periods; None for those of the line itself.
            count: With ``whens`` None: how many of the line's periods, latest first; 0 for all.
        """
        formula = self._formula(phrase)
        found = self._of_lines(phrase, whens, count)
        if formula is not None:
            expression, ratio, unit, defined_here = formula
            printed = found[0] if found and found[0].score >= 0.9 and _printed_serves(found[0], unit, self.question.decimals) else None
            if printed is None or defined_here:
                made = self._of_formula(expression, whens, ratio, unit, phrase, count)
                if made or defined_here:
                    return [made] if made else []
                found = [one for one in found if _printed_serves(one, unit)]
        if not found or found[0].score < _TABLE_ENOUGH:
            found = sorted((*found, *self._of_prose(phrase, whens, count)), key=lambda one: -one.score)
        return found

    # ── sentences ──────────────────────────────────────────────────────────

    def _of_prose(self, phrase: str, whens: Sequence[When] | None, count: int) -> Iterable[Series]:
        """What sentences say; a sentence counts for less than a line of a table, as it may be about a part of it."""
        if whens is None and count != 1:
            return
        wanted = self.finder.wanted(phrase, self.question.entities)
        if self.finder.whole_report and (wanted.concepts or len(set(wanted.words)) < 3):
            return  # a report has its line items in tables; what a sentence says of them is mostly about a part
        if wanted.concepts and any(match.score >= _A_NEAR_LINE for match in self.matches(phrase)[:1]):
            return
        asked = [word for word in wanted.words if word not in self.finder.company or self.finder.knows(word)]
        percent = self.question.wants_percent or "%" in wanted.words or "rate" in wanted.words
        weights = {word: self.finder.rarity_in_sentences(word) for word in asked}
        whole = sum(weights.values())
        if not whole:
            return
        for sentence in self.finder.sentences.near(asked):
            covered = sum(weight for word, weight in weights.items() if word in sentence.words) / whole
            facts = figures_for(sentence, asked, list(whens or ()), percent=percent) if covered >= _SENTENCE_ENOUGH else None
            if not facts:
                continue
            score = (
                covered * (0.93 if whens else 0.8) * (0.75 if len(weights) < 2 else 1.0) * (0.8 if tells_a_change(sentence, asked) else 1.0)
            )
            terms = tuple(Figure(fact) for fact in facts)
            yield Series(phrase, terms, tuple(fact.period for fact in facts), score)

    # ── lines ──────────────────────────────────────────────────────────────

    def _of_lines(self, phrase: str, whens: Sequence[When] | None, count: int) -> list[Series]:
        matches = self.matches(phrase)
        made: list[Series] = []
        listed = " and " in phrase or " et " in phrase
        for match in matches[:25]:
            if listed and self._leaves_out(match.line, phrase):
                match = replace(match, score=match.score * 0.7)
            one = self._of_line(match, whens, count)
            if one:
                made.append(one)
        if whens and len(whens) > 1:
            made.extend(self._across_lines(matches[:25], whens))
        made.sort(key=lambda one: -one.score)
        return made[:_ALTERNATIVES]

    def _leaves_out(self, line: Line, phrase: str) -> bool:
        """Whether a phrase lists another line of the same table too: "land and leasehold improvements"."""
        missing = set(words(phrase)) - {*line.own, *line.beside, *line.above}
        return bool(missing) and any(set(other.own) <= missing for other in self.finder.table_lines(line.table) if other.own)

    def _of_line(self, match: Match, whens: Sequence[When] | None, count: int) -> Series | None:
        line = match.line
        if whens is None:
            facts = line.by_period() or [fact for fact in line.facts if fact.amount.value is not None]
            facts = facts[:count] if count else facts
            if not facts or (count and len(facts) < count):
                return None
            return self._series(line, facts, match.score)
        chosen: list[Fact] = []
        fitness = 1.0
        for when in whens:
            at = line.at(when)
            if at is None:
                return None
            chosen.append(at[0])
            fitness = min(fitness, at[1])
        if len({id(fact) for fact in chosen}) < len(chosen):
            return None
        return self._series(line, chosen, match.score * fitness**0.5)

    def _across_lines(self, matches: Sequence[Match], whens: Sequence[When]) -> Iterable[Series]:
        """Periods that stand in several tables (or in several blocks of one) under the same label."""
        by_label: dict[tuple[object, ...], list[Match]] = {}
        for match in matches:
            by_label.setdefault((match.line.own, match.line.beside), []).append(match)
        for group in by_label.values():
            if len(group) < 2:
                continue
            chosen: list[Fact] = []
            score = 1.0
            for when in whens:
                options = [(match.score * at[1] ** 0.5, -match.line.number, at[0]) for match in group if (at := match.line.at(when))]
                if not options:
                    break
                best = max(options, key=lambda option: option[:2])
                chosen.append(best[2])
                score = min(score, best[0])
            if len(chosen) == len(whens) and len({fact.table for fact in chosen}) > 1:
                yield self._series(group[0].line, chosen, score * 0.9)

    def _series(self, line: Line, facts: Sequence[Fact], score: float, *, magnitude: bool = False) -> Series:
        outflow = magnitude or _is_bracketed_cost(line)
        terms = tuple(Figure(fact, magnitude=outflow) for fact in facts)
        return Series(line.label, terms, tuple(fact.period for fact in facts), score, line=line)

    # ── formulas ───────────────────────────────────────────────────────────

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
        from finlens.ask.formula import references

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
        for line in self.finder.table_lines(tax.table):
            at = line.at(when)
            for name, _ in line.concepts if at else ():
                if name in ("pretax_income", "net_income") and at and at[0].amount.value is not None:
                    figures_of.setdefault(name, at[0].amount.value)
        return "pretax_income" in figures_of and figures_of.get("net_income", figures_of["pretax_income"]) < figures_of["pretax_income"]

    def _reference(self, phrase: str, when: When) -> tuple[Term, float] | None:
        """The figure for one operand; the best line that has the period, agreement elsewhere making it surer."""
        found = self._of_lines(phrase, [when], 1)
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


def _is_bracketed_cost(line: Line) -> bool:
    """Whether a line prints costs or payments in brackets throughout: people speak of them as positive amounts."""
    values = [fact.amount.value for fact in line.facts if fact.amount.value]
    if not values or max(values) > 0 or _TWO_SIDED.search(plain(line.label)):
        return False
    return bool(_COST_WORDS & set(line.own)) or any(catalogue()[name].is_cost or catalogue()[name].is_outflow for name, _ in line.concepts)


def doubt(found: Sequence[Series]) -> float:
    """1 where the best reading stands alone or is confirmed, less where another reading with other values comes near."""
    best = found[0]
    factor = 1.0
    for other in found[1:]:
        if _agree(best, other):
            continue
        near = other.score / best.score if best.score else 1.0
        if near > 0.9:
            factor = min(factor, 1.0 - 4.0 * (near - 0.9))
    return factor


def _agree(one: Series, other: Series) -> bool:
    """Whether two readings give the same figures, as far as the coarser of them is printed."""
    mine, theirs = one.values(), other.values()
    if mine is None or theirs is None or len(mine) != len(theirs):
        return False
    if mine == theirs:
        return True
    pairs = zip(mine, theirs, one.terms, other.terms, strict=True)
    return all(abs(a - b) <= max(_half_unit(left), _half_unit(right)) for a, b, left, right in pairs)


def _half_unit(term: Term) -> Decimal:
    if not isinstance(term, Figure):
        return Decimal(0)
    amount = term.fact.amount
    return amount.scale * Decimal(10) ** -amount.decimals / 2


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
