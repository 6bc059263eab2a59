"""Which lines of the document a phrase means, best first, and how sure that is."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import cached_property

from finlens.ask.choose.values import Value, document_values
from finlens.ask.lines import NEUTRAL_HEADS, Line, lines_of
from finlens.ask.prose import Sentences
from finlens.documents import Document, StatementKind
from finlens.finance.concepts import Concept, catalogue, concepts_of
from finlens.finance.words import plain, word_set, words
from finlens.search.passages import PassageIndex

_LIGHT_TEXT = """
total net % other consolidated gross average number amount value expressed company reported cost expense year balance sum
overall group all per annual
"""
_EMPTY_TEXT = """
within under titre montant relating related regarding presented shown
combined altogether amount value number figure level company respective
year fiscal overall
unadjusted line item sheet statement total consolidated
"""
_HARMLESS_TEXT = "total net consolidated loss income gain note continuing expense less including usa gaap attributable"
_LIGHT = frozenset(_LIGHT_TEXT.split())
"""Words that many lines share."""
_NEARLY_NOTHING = frozenset(_EMPTY_TEXT.split())
"""Words of a question that a label may well leave out."""
_HARMLESS = frozenset(_HARMLESS_TEXT.split())
"""Words of a label that a question may well leave out."""
_OPPOSITES_TEXT = """
beginning ending end | opening closing | current noncurrent | basic diluted | high low | domestic foreign |
domestic international | short long |
asset liability | federal state | receivable payable | before after | including excluding | finite indefinite |
operating investing financing |
vested nonvested | vested unvested | income expense | male female | purchase sale | product service |
actif passif | courant noncourant
"""
_OPPOSITES = tuple(frozenset(group.split()) for group in _OPPOSITES_TEXT.replace("\n", " ").split("|"))
"""Words of which a label must not have another one than the question."""
_PER_SHARE = frozenset({"eps_basic", "eps_diluted", "dividends_per_share", "book_value_per_share"})
_SHARES = frozenset({"shares_basic", "shares_diluted", "shares_outstanding"})
_RATES = frozenset({"%", "rate", "margin", "yield", "ratio", "return", "interest", "volatility", "growth", "taux", "marge"})
"""Words of lines that are percentages by nature."""
_TELLING = frozenset({"other", "average", "cost", "deferred", "unearned", "accumulated", "capitalized"})
"""Light in a question, telling in a label: "other assets" are not the assets."""


@dataclass(frozen=True, slots=True)
class Match:
    """A line that a phrase may mean."""

    line: Line
    score: float
    """1: the line's label says the phrase, no more and no less."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A phrase on its way to a line."""

    phrase: str
    words: tuple[str, ...]
    concepts: tuple[tuple[str, float], ...]


class Finder:
    """The lines and passages of one document, searchable; built once a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lines = lines_of(document)
        self._by_word: defaultdict[str, set[int]] = defaultdict(set)
        self._by_concept: defaultdict[str, list[int]] = defaultdict(list)
        for line in self.lines:
            for word in {*line.own, *line.beside, *line.above, *line.stub}:
                self._by_word[word].add(line.number)
            for name, _ in line.concepts:
                self._by_concept[name].append(line.number)
        self.statements = frozenset(line.statement for line in self.lines if line.statement)
        self._of_table: defaultdict[int, list[Line]] = defaultdict(list)
        self._text: str | None = None
        self._found: dict[tuple[object, ...], tuple[Match, ...]] = {}

    @cached_property
    def passages(self) -> PassageIndex:
        """Paragraphs and rows; made at the first question that needs them."""
        return PassageIndex(self.document)

    @cached_property
    def sentences(self) -> Sentences:
        """Sentences with figures; made at the first question that no table answers."""
        return Sentences(self.document.facts())

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """Every figure, as the chooser takes it; made at the first question that the rules leave to it."""
        return document_values(self.document.facts())

    @cached_property
    def whole_report(self) -> bool:
        """Whether the document is long enough to have statements, notes and a discussion that repeat each other."""
        return len(self.document.tables) > 8

    @cached_property
    def company(self) -> frozenset[str]:
        """Words of the file's name and of the cover: the company's own name is among them."""
        cover = " ".join(page.text for page in self.document.pages[:2]) if len(self.document.pages) > 3 else ""
        return word_set(f"{self.document.name} {cover}")

    @cached_property
    def initials(self) -> frozenset[str]:
        """What the names on the cover may be cut to: "amd" of "Advanced Micro Devices", "jpm" of "JPMorgan"."""
        found: set[str] = set()
        for page in self.document.pages[:2]:
            for run in re.findall(r"[A-Z][\w.'’-]*(?:[\s,]+(?:&\s+)?[A-Z][\w.'’-]*)*", page.text):
                named = re.findall(r"[A-Z][\w.'’-]*", run)
                letters = "".join(name[0] for name in named).lower()
                found |= {
                    letters[first:last] for first in range(len(letters)) for last in range(first + 2, min(first + 6, len(letters)) + 1)
                }
                found |= {plain(name)[:size] for name in named for size in (3, 4)}
        return frozenset(found)

    def mentions(self, word: str) -> bool:
        """Whether the document says a word anywhere."""
        return word in self._all_text()

    def begins(self, start: str) -> bool:
        """Whether a word of the document begins so."""
        return re.search(rf"\b{re.escape(start)}", self._all_text()) is not None

    def count(self, word: str) -> int:
        """How often the document says a word, in prose and cells."""
        return len(re.findall(rf"\b{re.escape(word)}\b", self._all_text()))

    def _all_text(self) -> str:
        if self._text is None:
            cells = (cell.text for table in self.document.tables for cell in table.cells)
            self._text = plain(" ".join((*(page.text for page in self.document.pages), *cells)))
        return self._text

    def around(self, table: int) -> frozenset[str]:
        """Words of a table's caption and of what stands over its row labels."""
        lines = self.table_lines(table)
        return lines[0].around | lines[0].stub if lines else frozenset()

    def table_lines(self, table: int) -> list[Line]:
        """The lines of one table."""
        if not self._of_table:
            for line in self.lines:
                self._of_table[line.table].append(line)
        return self._of_table[table]

    def bearing(self, named: Set[str]) -> list[Line]:
        """The lines that have all of these words in their own labels."""
        numbers = set.intersection(*(self._by_word.get(word, set()) for word in named)) if named else set()
        return [line for line in self.lines if line.number in numbers and named <= set(line.own)]

    def weight(self, word: str) -> float:
        rarity = 0.6 + math.log((len(self.lines) + 2) / (len(self._by_word.get(word, ())) + 1)) / math.log(len(self.lines) + 3)
        return rarity * (0.45 if word in _LIGHT else 1.0)

    def rarity_in_sentences(self, word: str) -> float:
        """How telling a word is among the sentences with figures."""
        share = (self.sentences.count(word) + 1) / (len(self.sentences.all) + 2)
        return (0.5 - math.log(share) / math.log(len(self.sentences.all) + 3)) * (0.45 if word in _LIGHT else 1.0)

    def knows(self, word: str) -> bool:
        return word in self._by_word

    def wanted(self, phrase: str, entities: frozenset[str]) -> Wanted:
        """A phrase with its comparable words and the concepts that it names; the company's own name left out."""
        said = words(phrase)
        kept = tuple(word for word in said if word not in entities or (self.knows(word) and word not in self.company))
        concepts = concepts_of(phrase)
        if not concepts:
            bare = " ".join(word for word in said if word not in entities)
            concepts = concepts_of(bare) or concepts_of(
                " ".join(word for word in bare.split() if word not in ("%", "unadjusted", "reported", "amount", "level"))
            )
        named = catalogue().get(phrase.replace(" ", "_"))  # as a formula of `ratios` names it
        if not concepts and named and named.asked:
            concepts = ((named.name, 1.0),)
            kept = (
                words(named.title) if " " in phrase else kept
            )  # labels say more than a formula: "weighted average shares outstanding, diluted"
        return Wanted(phrase, kept or said, concepts)

    def find(
        self,
        wanted: Wanted,
        *,
        entities: frozenset[str] = frozenset(),
        hints: frozenset[StatementKind] = frozenset(),
        context: frozenset[str] = frozenset(),
    ) -> tuple[Match, ...]:
        """The lines that a phrase may mean, best first.

        Args:
            wanted: From `wanted`.
            entities: Words that may only name the company: good where they match, no loss where they don't.
            hints: Statements that the question names.
            context: Other words of the question; label words among them are no surprise.
        """
        key = (wanted, entities, hints, context)
        if key not in self._found:
            scored = (Match(line, self._score(line, wanted, entities, hints, context)) for line in self._candidates(wanted))
            self._found[key] = tuple(
                sorted((match for match in scored if match.score > 0.3), key=lambda match: (-match.score, match.line.number))[:40]
            )
        return self._found[key]

    def _candidates(self, wanted: Wanted) -> list[Line]:
        weights: defaultdict[int, float] = defaultdict(float)
        for word in set(wanted.words):
            for number in self._by_word.get(word, ()):
                weights[number] += self.weight(word)
        best = sorted(weights, key=lambda number: (-weights[number], number))[:400]
        of_concept = (number for name, _ in wanted.concepts for number in self._by_concept[name])
        return [self.lines[number] for number in dict.fromkeys((*best, *of_concept))]

    def _score(
        self, line: Line, wanted: Wanted, entities: frozenset[str], hints: frozenset[StatementKind], context: frozenset[str]
    ) -> float:
        score = self._by_words(line, wanted, entities, context)
        of_line = {name: agreement for name, agreement in line.concepts if _unit_fits(name, line.unit)}
        shared = [(name, min(score_asked, of_line[name])) for name, score_asked in wanted.concepts if name in of_line]
        if shared:
            name, agreement = max(shared, key=lambda item: item[1])
            concept = catalogue()[name]
            agreement *= self._place(line, concept) * (1.0 if set(wanted.words) & set(line.own) else 0.94)  # the very word beats a synonym
            extra = set(wanted.words) - {word for one in (concept.english + concept.french) for word in words(one)} - entities
            loss = sum(
                self.weight(word)
                for word in extra
                if word not in line.above | line.stub | line.around | line.beside and word not in _NEARLY_NOTHING
            )
            score = max(score * self._place(line, concept), 0.97 * agreement / (1 + 0.5 * loss))
        elif wanted.concepts and line.named:
            score *= 0.72 if line.concepts else 0.6
        elif wanted.concepts and self.whole_report:
            score *= 0.6
        if "%" not in wanted.words and line.unit == "percent" and not _RATES & {*line.own, *wanted.words}:
            score *= 0.9  # the share column beside the amounts
        if hints and line.statement not in hints:
            score *= 0.82 if hints & self.statements else 0.95
        elif self.whole_report and line.statement is None:
            score *= 0.95
        return score

    def _place(self, line: Line, concept: Concept) -> float:
        """A concept belongs to its statement; the same words elsewhere are a segment, a note, a forecast."""
        if line.statement == concept.statement:
            return 1.0
        if line.statement is not None:  # depreciation and net income stand in two statements
            return (
                0.93
                if concept.name
                in ("net_income", "depreciation_amortization", "net_income_including_noncontrolling", "depreciation", "amortization")
                else 0.75
            )
        return 0.86 if concept.statement in self.statements else 0.97

    def _by_words(self, line: Line, wanted: Wanted, entities: frozenset[str], context: frozenset[str]) -> float:
        asked = dict.fromkeys(wanted.words)
        own = set(line.own)
        got = whole = 0.0
        for word in asked:
            weight = self.weight(word)
            if word in own:
                part = 1.0
            elif word in line.beside:
                part = 0.97
            elif word in line.above:
                part = 0.9
            elif word in line.stub:
                part = 0.87
            elif word in line.around:
                part = 0.75
            elif word in _NEARLY_NOTHING:
                part, weight = 0.0, weight * 0.12
            elif word in entities and word in self.company:
                part, weight = 0.0, weight * 0.2
            else:
                part, weight = 0.0, weight * (1.25 if word not in _LIGHT else 1.0)
            got += part * weight
            whole += weight
        recall = got / whole if whole else 0.0
        if not own and not line.beside:
            return recall * 0.5
        mine = kept = 0.0
        for word in own:
            weight = self.weight(word) * (0.35 if word in _HARMLESS else 2.0 if word in _TELLING else 1.0)
            mine += weight
            kept += weight * (1.0 if word in asked else 0.8 if word in context else 0.0)
        precision = kept / mine if mine else 1.0
        beside = 1.0
        for word in line.beside:
            if word not in asked and word not in NEUTRAL_HEADS:
                beside = min(beside, 0.9 if word in context else 0.8)  # not more for a longer head
        missing = asked.keys() - own - line.beside
        elsewhere = 0.93 if missing and line.above and not missing & line.above else 1.0  # under another heading
        contrary = any(
            _contrary(group, asked.keys(), own) or _contrary(group, asked.keys() - own, line.above - own) for group in _OPPOSITES
        )
        return float(recall * (0.6 + 0.4 * precision) * beside * elsewhere * (0.65 if contrary else 1.0))


def _unit_fits(concept: str, unit: str | None) -> bool:
    """Whether a line of that unit may be the concept: "Basic" over a number of shares is no earnings per share."""
    if concept in _PER_SHARE:
        return unit is None or "/" in unit
    return concept not in _SHARES or unit in (None, "shares")


def _contrary(group: frozenset[str], asked: Set[str], said: Set[str]) -> bool:
    """Whether a question says one of two opposites, and a label only the other."""
    return bool(group & asked and group & said and not group & asked & said)


def closest(matches: Iterable[Match]) -> Match | None:
    """The best of several matches."""
    return max(matches, key=lambda match: match.score, default=None)
