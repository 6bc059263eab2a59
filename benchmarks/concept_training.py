"""Training the ranker that names rows, from filings whose figures carry their XBRL element.

A conditional logit: for each row, the likelihood of a line item that its element belongs to, among the candidates and "none".
It has some fifty weights a pass, so it learns how much to trust a title, a unit or a section, not what one company calls
its lines; the names are the catalogue's.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from finlens.finance.concepts import catalogue
from finlens.finance.embedding import word_vectors
from finlens.finance.mapping import NONE_FEATURES, Ranker, likelihoods, none_features, second_look
from finlens.finance.mapping_circumstances import Others
from finlens.finance.mapping_features import FEATURES, Candidates, Matcher
from finlens.finance.mapping_queries import Query
from finlens.finance.mapping_vocabulary import vocabulary

_USUAL = FEATURES.index("usual")
_PENALTY = 3e-4
_STEPS = 120


@dataclass(slots=True)
class Filing:
    """One filing, ready to train on or to be measured."""

    name: str
    company: str
    queries: Sequence[Query]
    elements: dict[int, Counter[str]]
    """For each query (by position) the us-gaap elements of its figures."""
    others: Others
    matcher: Matcher = field(init=False)
    first: Candidates = field(init=False)

    def __post_init__(self) -> None:
        nothing = np.zeros(len(vocabulary().concepts), np.float32)
        self.matcher = Matcher(self.queries, nothing, others=self.others, like=word_vectors())
        self.first = self.matcher.features(*self.matcher.near())


def concepts_of_elements() -> dict[str, set[str]]:
    """The line items that each us-gaap element belongs to."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for concept in catalogue().values():
        for element in concept.us_gaap:
            found[element].add(concept.name)
    return dict(found)


def usual(filings: Iterable[Filing]) -> np.ndarray:
    """How many of the companies have each line item, on a scale from 0 to 1."""
    belongs = concepts_of_elements()
    companies: defaultdict[str, set[str]] = defaultdict(set)
    everyone = set()
    for filing in filings:
        everyone.add(filing.company)
        for elements in filing.elements.values():
            for element in elements:
                for name in belongs.get(element, ()):
                    companies[name].add(filing.company)
    share = np.array([len(companies[name]) / max(1, len(everyone)) for name in vocabulary().concepts], np.float32)
    return np.log1p(10 * share) / np.log(11)


def with_usual(found: Candidates, values: np.ndarray) -> Candidates:
    features = found.features.copy()
    features[:, _USUAL] = values[found.concept]
    return Candidates(found.query, found.concept, features)


def train(filings: Sequence[Filing]) -> Ranker:
    """A ranker from filings; "usual" is counted on the same."""
    values = usual(filings)
    first_looks = [with_usual(filing.first, values) for filing in filings]
    first = _fit(filings, first_looks, None)
    second_looks = [second(filing, look, first, values) for filing, look in zip(filings, first_looks, strict=True)]
    return Ranker(first, _fit(filings, second_looks, first), values)


def second(filing: Filing, look: Candidates, first: np.ndarray, values: np.ndarray) -> Candidates:
    found = second_look(filing.queries, look, filing.matcher, likelihoods(filing.queries, look, first))
    return with_usual(found, values)


def _fit(filings: Sequence[Filing], looks: Sequence[Candidates], start: np.ndarray | None) -> np.ndarray:
    from scipy.optimize import minimize

    features, group, right, none, is_none, weight = _rows(filings, looks)
    width, count = features.shape[1], len(none)
    known = is_none.copy()
    np.logical_or.at(known, group, right)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores, of_none = features @ weights[:width], none @ weights[width:]
        highest = of_none.copy()
        np.maximum.at(highest, group, scores)
        powers, power_of_none = np.exp(scores - highest[group]), np.exp(of_none - highest)
        whole = np.bincount(group, powers, count) + power_of_none
        good = np.where(known, np.bincount(group, powers * right, count) + power_of_none * is_none, 1)
        value = -(weight * known * (np.log(np.maximum(good, 1e-12)) - np.log(whole))).sum() / weight.sum()
        slope = (powers / whole[group] - powers * right / good[group]) * known[group] * weight[group]
        slope_of_none = (power_of_none / whole - power_of_none * is_none / good) * known * weight
        gradient = np.concatenate([features.T @ slope, none.T @ slope_of_none]) / weight.sum()
        return value + _PENALTY * (weights @ weights), gradient + 2 * _PENALTY * weights

    begin = np.zeros(width + none.shape[1]) if start is None else start.astype(float)
    return minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x


def _rows(filings: Sequence[Filing], looks: Sequence[Candidates]) -> tuple[np.ndarray, ...]:
    """Candidates of the rows whose element is known, over all filings: features, row, whether right; then what is known of each row."""
    belongs = concepts_of_elements()
    names = vocabulary().concepts
    parts: list[tuple[np.ndarray, ...]] = []
    before = 0
    for filing, look in zip(filings, looks, strict=True):
        rows = np.array(sorted(filing.elements))
        place = np.full(len(filing.queries), -1)
        place[rows] = np.arange(len(rows))
        kept = place[look.query] >= 0
        wanted = {row: belongs.get(elements.most_common(1)[0][0], set()) for row, elements in filing.elements.items()}
        right = np.array([names[c] in wanted[q] for q, c in zip(look.query[kept], look.concept[kept], strict=True)])
        none = none_features(filing.queries, look)[rows]
        is_none = np.array([not wanted[row] for row in rows])
        weight = np.sqrt([sum(filing.elements[row].values()) for row in rows])
        parts.append((look.features[kept], place[look.query[kept]] + before, right, none, is_none, weight))
        before += len(rows)
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))


def save(ranker: Ranker, trained_on: str, path: Path) -> None:
    """Write the weights as JSON."""
    shares: Mapping[str, float] = {
        name: round(float(value), 3) for name, value in zip(vocabulary().concepts, ranker.usual, strict=True) if value > 0
    }
    record = {
        "trained_on": trained_on,
        "features": [*FEATURES, *NONE_FEATURES],
        "first": [round(float(value), 4) for value in ranker.first],
        "second": [round(float(value), 4) for value in ranker.second],
        "usual": shares,
    }
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n")
