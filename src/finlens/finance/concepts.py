"""Which line item a row label names, and which one a question asks for.

The catalogue stands in `taxonomy`; here its names become one look-up by words. Several concepts may share a name
("Deferred income taxes" is an asset, a liability and a flow): the statement that the row stands in decides, and
`finance.mapping` is what looks at it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, cast

from finlens.finance.taxonomy import CHAPTERS, Place
from finlens.finance.words import plain, words

Balance = Literal["debit", "credit"]
ConceptUnit = Literal["money", "shares", "per share", "percent", "years", "count"]

OUTFLOWS = frozenset(
    {"capital_expenditures", "dividends_paid", "share_repurchases", "debt_repaid", "acquisitions", "interest_paid", "taxes_paid"}
)
"""Cash that leaves: statements print it in brackets, people speak of it as a positive amount."""

COSTS = frozenset(
    [
        "cost_of_revenue",
        "research_and_development",
        "selling_general_administrative",
        "sales_and_marketing",
        "general_and_administrative",
        "operating_expenses",
        "interest_expense",
        "depreciation_amortization",
        "depreciation",
        "amortization",
        "employee_costs",
        "external_charges",
        "purchases_consumed",
        "taxes_and_duties",
    ]
)
"""Charges that some statements print in brackets and others without; formulas take them as positive amounts."""

# Words that say nothing about which line it is: "Total consolidated net sales" is net sales.
_WEAK = frozenset(["consolidated", "total", "note", "unaudited", "reported", "gaap", "amount", "value", "line", "item", "figure", "ifrs"])
# "Beginning balance" names a row only in its table: by itself it is no line item that anybody asks for.
_OF_BALANCES = frozenset(["balance", "beginning", "ending", "net", "tax"])
_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_QUALIFIED = re.compile(
    r",? (?:net of|net|less|including|inclusive of|excluding|exclusive of|at cost|at fair value|nets? de|y compris|hors)\b.*$"
)
_ATTRIBUTABLE = re.compile(r"\b(?:attributable|available|applicable) to (?P<whom>.+)$")
_OTHERS_SHARE = re.compile(r"noncontrolling|non-controlling|minority|redeemable|participating|preferred")


@dataclass(frozen=True, slots=True)
class Concept:
    """A line item that statements print under many names."""

    name: str
    statement: Place
    english: tuple[str, ...]
    french: tuple[str, ...]
    section: str
    """Place in the statement ("current assets"), or what the note is about ("leases")."""
    us_gaap: tuple[str, ...] = ()
    """Elements of the us-gaap taxonomy that it stands for, the usual one first."""
    ifrs: tuple[str, ...] = ()
    """Elements of the IFRS taxonomy."""
    instant: bool = False
    """Whether it is a balance at a date; a flow over a period otherwise."""
    unit: ConceptUnit = "money"
    balance: Balance | None = None
    """Which side of the books it is positive on, for money: assets, costs and cash received are debits."""
    asked: bool = False
    """Whether a question may be about it by its name alone; the others only name rows."""

    @property
    def title(self) -> str:
        return self.english[0]

    @property
    def element(self) -> str:
        """The usual us-gaap element; "" where there is none."""
        return self.us_gaap[0] if self.us_gaap else ""

    @property
    def is_outflow(self) -> bool:
        return self.name in OUTFLOWS

    @property
    def is_cost(self) -> bool:
        return self.name in COSTS


@cache
def catalogue() -> dict[str, Concept]:
    """Every concept by name."""
    concepts: dict[str, Concept] = {}
    for chapter in CHAPTERS:
        for line in chapter.lines.strip().splitlines():
            name, nature, section, us_gaap, ifrs, english, french = (part.strip() for part in line.split("|"))
            when, _, what = nature.partition(" ")
            money = what in ("debit", "credit")
            concepts[name] = Concept(
                name,
                chapter.place,
                _split(english, ";"),
                _split(french, ";"),
                section,
                _split(us_gaap, ","),
                _split(ifrs, ","),
                when == "instant",
                "money" if money else cast("ConceptUnit", what),
                cast("Balance", what) if money else None,
                chapter.asked,
            )
    return concepts


def concept(name: str) -> Concept:
    """The concept of that name; KeyError for an unknown one."""
    return catalogue()[name]


def concept_of_element(element: str) -> str | None:
    """The concept that an XBRL element of us-gaap or IFRS ("us-gaap:Revenues", "ifrs-full:Revenue") stands for; None for no concept.

    Where an element stands for several, that whose usual element it is.
    """
    prefix, _, name = element.rpartition(":")
    return _by_element("ifrs" if prefix.startswith("ifrs") else "us_gaap").get(name) if prefix.startswith(("us-gaap", "ifrs")) else None


@cache
def _by_element(taxonomy: Literal["us_gaap", "ifrs"]) -> dict[str, str]:
    ranked: dict[str, tuple[int, str]] = {}
    for one in catalogue().values():
        for rank, element in enumerate(one.us_gaap if taxonomy == "us_gaap" else one.ifrs):
            if element not in ranked or rank < ranked[element][0]:
                ranked[element] = (rank, one.name)
    return {element: name for element, (_, name) in ranked.items()}


def _split(names: str, mark: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(mark) if name.strip())


@cache
def _by_words() -> tuple[dict[tuple[str, ...], tuple[tuple[str, float], ...]], tuple[tuple[tuple[str, ...], str], ...]]:
    """Names by their sorted words, with how usual the name is for the concept; and the names that match as beginnings."""
    exact: dict[tuple[str, ...], dict[str, float]] = {}
    beginnings: list[tuple[tuple[str, ...], str]] = []
    for one in catalogue().values():
        if not one.asked:
            continue
        for names in (one.english, one.french):
            for rank, name in enumerate(names):
                if name.endswith("…"):
                    beginnings.append((words(name[:-1]), one.name))
                    continue
                key = tuple(sorted(set(words(name))))
                if "balance" in key and _OF_BALANCES.issuperset(key):
                    continue
                exact.setdefault(key, {}).setdefault(one.name, 1.0 - 0.005 * min(rank, 20))
    return {key: tuple(found.items()) for key, found in exact.items()}, tuple(beginnings)


@lru_cache(maxsize=65536)
def concepts_of(label: str) -> tuple[tuple[str, float], ...]:
    """The concepts that a label (or a question) may name, best first, each with a score up to 1, of those that questions are about.

    The label is tried as it is, then without what is in parentheses, then without words that say nothing.
    """
    exact, beginnings = _by_words()
    label = plain(label).strip(" :.-*")
    bare = _PARENTHESES.sub(" ", label)
    whose = _ATTRIBUTABLE.search(bare)
    if whose and re.match(r"(?:consolidated )?(?:net )?(?:income|earnings|profit|loss)", bare):
        named = "noncontrolling_income" if _OTHERS_SHARE.search(whose["whom"]) else "net_income_attributable"
        return ((named, 1.0),)
    found: dict[str, float] = {}
    for text, weight in ((label, 1.0), (bare, 0.98), (_QUALIFIED.sub("", bare), 0.95)):
        all_words = words(text)
        strong = tuple(word for word in all_words if word not in _WEAK)
        for key_words, penalty in ((all_words, 0.0), (strong, 0.03)):
            key = tuple(sorted(set(key_words)))
            if not key:
                continue
            for name, score in exact.get(key, ()):
                found[name] = max(found.get(name, 0.0), score * weight - penalty)
        if not found:
            for beginning, name in beginnings:
                if all_words[: len(beginning)] == beginning:
                    found[name] = max(found.get(name, 0.0), 0.85 * weight)
    return tuple(sorted(found.items(), key=lambda item: -item[1]))
