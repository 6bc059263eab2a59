"""What a phrase may mean in the document: the lines of tables that have the periods, and the sentences that say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from finlens.ask.compute import Figure
from finlens.ask.finder import Finder, Match
from finlens.ask.lines import Line
from finlens.ask.prose import figures_for, tells_a_change
from finlens.ask.question import Question
from finlens.ask.series import Series
from finlens.ask.when import When
from finlens.documents import Fact
from finlens.finance.concepts import catalogue, concepts_of
from finlens.finance.words import plain, words

_A_NEAR_LINE = 0.6
_SENTENCE_ENOUGH = 0.75
_COST_TEXT = """
expense cost charge used payment purchase paid allowance depreciation amortization repurchase repayment cout dotation decaissement
salaire achat frais depense
"""
_COST_WORDS = frozenset(_COST_TEXT.split())
_TWO_SIDED = re.compile(r"\((?:benefit|income|gain|credit|provided|recovery|increase|decrease|loss|used)|(?:benefit|income|gain)\)|/")
_PART = re.compile(
    r"\b(?:of|for|in|from|by|de|du|dans|pour|par) (?:the |la |le |l')?"
    r"(?:(?:division|secteur|branche|zone|pole|filiale|segment|region) (?P<at>[\w' -]+)"
    r"|(?P<of>[\w'& -]+?) (?:reportable |business |operating )?(?:segment|division|region|business|unit))$"
)
_WHOLE = frozenset({"total", "consolidated", "group", "reported"})
_ROW_OF_PART = 0.92
_WITHOUT_PART = 0.55
_ALTERNATIVES = 6


class Readings:
    """The readings of one question's phrases over one document."""

    def __init__(self, finder: Finder, question: Question) -> None:
        self.finder = finder
        self.question = question
        self._context = frozenset(question.words)

    def matches(self, phrase: str) -> tuple[Match, ...]:
        wanted = self.finder.wanted(phrase, self.question.entities)
        found = self.finder.find(wanted, entities=self.question.entities, hints=self.question.statements, context=self._context)
        return self._of_part(found, _PART.search(plain(phrase)))

    def _of_part(self, found: tuple[Match, ...], part: re.Match[str] | None) -> tuple[Match, ...]:
        """The matches where a phrase names a part of the whole: its row in a breakdown of what the rest of the phrase names.

        "Net sales of the Pumps segment" is the row "Pumps" of a table that speaks of net sales, and never the total.
        """
        named = set(words(part["of"] or part["at"])) if part else set()
        if part is None or not named or not all(self.finder.knows(word) for word in named):
            return found
        before = part.string[: part.start()]
        rest = {word for word in words(before) if word not in _WHOLE}
        concepts = {name for name, _ in concepts_of(before)}
        listed = {match.line.number for match in found}
        rows = (Match(line, 0.0) for line in self.finder.bearing(named) if line.number not in listed)
        made = []
        for match in (*found, *rows):
            line = match.line
            over = line.above | line.beside | line.stub | line.around
            said = rest <= over | set(line.own) or any(fact.concept in concepts for fact in line.facts)
            if named <= set(line.own) and set(line.own) <= named | rest and said:
                made.append(replace(match, score=max(match.score, _ROW_OF_PART)))
            elif named <= set(line.own) | over:
                made.append(match)
            else:
                made.append(replace(match, score=match.score * _WITHOUT_PART))
        made = [match for match in made if match.score > 0]
        return tuple(sorted(made, key=lambda match: (-match.score, match.line.number)))

    def of_prose(self, phrase: str, whens: Sequence[When] | None, count: int) -> Iterable[Series]:
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

    def of_lines(self, phrase: str, whens: Sequence[When] | None, count: int) -> list[Series]:
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
        missing = set(words(phrase)) - {*line.own, *line.beside, *line.above, *line.stub}
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


def _is_bracketed_cost(line: Line) -> bool:
    """Whether a line prints costs or payments in brackets throughout: people speak of them as positive amounts."""
    values = [fact.amount.value for fact in line.facts if fact.amount.value]
    if not values or max(values) > 0 or _TWO_SIDED.search(plain(line.label)):
        return False
    return bool(_COST_WORDS & set(line.own)) or any(catalogue()[name].is_cost or catalogue()[name].is_outflow for name, _ in line.concepts)
