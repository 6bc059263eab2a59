"""Training the ranker that names rows, from filings whose figures carry their XBRL element.

A conditional logit: for each row, the likelihood of a line item that its element belongs to, among the candidates and "none".
The two passes have some fifty weights each, the net after them about a thousand, and all of them see only how a text compares with
the names of the catalogue: it is learnt how much to trust a title, a unit or a section, not what one company calls its lines.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from finlens.finance.concepts import catalogue
from finlens.finance.embedding import WordVectors
from finlens.finance.mapping import NONE_FEATURES, Ranker, likelihoods, none_features
from finlens.finance.mapping_features import FEATURES, Candidates, Matcher
from finlens.finance.mapping_net import INPUTS, LastLook, Net, last_look, net_of, softmax
from finlens.finance.mapping_queries import Others, Query
from finlens.finance.mapping_tables import looked_around, second_look
from finlens.finance.mapping_vocabulary import vocabulary

_USUAL = FEATURES.index("usual")
_PENALTY = 3e-4
_STEPS = 60
_PARTS = 4
_NETS, _HIDDEN, _NET_PENALTY, _NET_STEPS = 3, 8, 2.5e-3, 100


@dataclass(slots=True)
class Filing:
    """One filing, ready to train on or to be measured."""

    name: str
    company: str
    queries: Sequence[Query]
    elements: dict[int, Counter[tuple[str, str]]]
    """For each query (by position) the us-gaap elements of its figures, and the axes that they have members on."""
    others: Others
    like: WordVectors | None
    """Likeness by meaning; None to train and measure without."""
    matcher: Matcher = field(init=False)
    first: Candidates = field(init=False)

    def __post_init__(self) -> None:
        nothing = np.zeros(len(vocabulary().concepts), np.float32)
        self.matcher = Matcher(self.queries, nothing, others=self.others, like=self.like)
        self.first = self.matcher.features(*self.matcher.near())


_OF_MEMBERS = {
    "accumulated_oci": ("EquityComponents", "StockholdersEquity StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"),
    "other_revenue": ("", "Revenues RevenueFromContractWithCustomerExcludingAssessedTax"),
    "intersegment_revenue": ("", "Revenues RevenueFromContractWithCustomerExcludingAssessedTax"),
    "segment_profit": ("Segment", " ".join(element for element in catalogue()["segment_profit"].us_gaap)),
}
"""Line items that are another item's element with a member, and on which axis (a part of its name): the element alone is not theirs."""


@cache
def items_of(element: str, axes: str) -> frozenset[str]:
    """The line items that a us-gaap element belongs to.

    Args:
        element: Its name.
        axes: Those that it has members on, in one text; "" for none.
    """
    found = {concept.name for concept in catalogue().values() if element in concept.us_gaap}
    for name, (axis, elements) in _OF_MEMBERS.items():
        if element in elements.split() and not (axes and axis in axes):
            found.discard(name)
    return frozenset(found)


def usual(filings: Iterable[Filing]) -> np.ndarray:
    """How many of the companies have each line item, on a scale from 0 to 1."""
    companies: defaultdict[str, set[str]] = defaultdict(set)
    everyone = set()
    for filing in filings:
        everyone.add(filing.company)
        for elements in filing.elements.values():
            for element in elements:
                for name in items_of(*element):
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
    weights = _fit(filings, [second(filing, look, first, values) for filing, look in zip(filings, first_looks, strict=True)], first)
    return Ranker(first, weights, _mean_of_nets(filings, unseen_looks(filings, first_looks, values)), values)


def unseen_looks(filings: Sequence[Filing], first_looks: Sequence[Candidates], values: np.ndarray) -> list[LastLook]:
    """What the two passes think of filings of companies that they were not trained on: of those that they were, they are too sure."""
    companies = sorted({filing.company for filing in filings})
    looks: dict[int, LastLook] = {}
    for part in range(_PARTS):
        left_out = set(companies[part::_PARTS])
        seen = [(filing, look) for filing, look in zip(filings, first_looks, strict=True) if filing.company not in left_out]
        if not seen:
            seen = list(zip(filings, first_looks, strict=True))
        of_seen, looks_of_seen = [filing for filing, _ in seen], [look for _, look in seen]
        first = _fit(of_seen, looks_of_seen, None)
        weights = _fit(of_seen, [second(filing, look, first, values) for filing, look in seen], first)
        for number, (filing, look) in enumerate(zip(filings, first_looks, strict=True)):
            if filing.company in left_out:
                found = second(filing, look, first, values)
                likely = likelihoods(filing.queries, found, weights)
                looks[number] = last_look(len(filing.queries), looked_around(found, filing.matcher, likely), likely)
    return [looks[number] for number in range(len(filings))]


def _mean_of_nets(filings: Sequence[Filing], looks: Sequence[LastLook]) -> Net:
    """Nets that began differently, as one whose scores are their mean: where they differ, none of them should be sure."""
    nets = [net_of(_fit_net(filings, looks, seed)) for seed in range(_NETS)]
    return Net(
        np.mean([net.direct for net in nets], axis=0),
        np.hstack([net.hidden for net in nets]),
        np.concatenate([net.bias for net in nets]),
        np.concatenate([net.out for net in nets]) / _NETS,
        np.mean([net.none for net in nets], axis=0),
    )


def _fit_net(filings: Sequence[Filing], looks: Sequence[LastLook], seed: int) -> np.ndarray:
    """The weights of a net in one row; it starts as what the pass before thought."""
    from scipy.optimize import minimize

    inputs, group, right, none, is_none, weight = _rows(filings, looks)
    known = is_none.copy()
    np.logical_or.at(known, group, right)
    kept = known[group]
    inputs, group, right, weight = inputs[kept], group[kept], right[kept], weight * known
    whole_weight = weight.sum()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        net = net_of(flat)
        bent = np.tanh(inputs @ net.hidden + net.bias)
        worth, of_none = inputs @ net.direct + bent @ net.out, none @ net.none
        likely = softmax(group, worth, of_none).astype(np.float64)
        likely_none = 1 - np.bincount(group, likely, len(none))
        good = np.bincount(group, likely * right, len(none)) + likely_none * is_none
        good = np.where(known, np.maximum(good, 1e-9), 1)
        away = flat - before
        value = -(weight * np.log(good)).sum() / whole_weight + _NET_PENALTY * (away @ away)
        slope = ((likely - likely * right / good[group]) * weight[group] / whole_weight).astype(np.float32)
        slope_none = ((likely_none - likely_none * is_none / good) * weight / whole_weight).astype(np.float32)
        through = slope[:, None] * net.out * (1 - bent**2)
        parts = [inputs.T @ slope, (inputs.T @ through).ravel(), through.sum(axis=0), bent.T @ slope, none.T @ slope_none]
        return value, np.concatenate(parts).astype(np.float64) + 2 * _NET_PENALTY * away

    before = np.zeros(INPUTS * (_HIDDEN + 1) + 2 * _HIDDEN + none.shape[1])  # that is what the pass before thought
    before[INPUTS - 2] = 1  # its logarithm
    before[-none.shape[1] :] = (1, 0, 0, 0)
    begin = before.copy()
    begin[INPUTS : -none.shape[1]] = np.random.default_rng(seed).normal(0, 0.15, len(begin) - INPUTS - none.shape[1])
    return minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": _NET_STEPS}).x


def second(filing: Filing, look: Candidates, first: np.ndarray, values: np.ndarray) -> Candidates:
    found = second_look(filing.queries, look, filing.matcher, likelihoods(filing.queries, look, first))
    return with_usual(found, values)


def _fit(filings: Sequence[Filing], looks: Sequence[Candidates], start: np.ndarray | None) -> np.ndarray:
    from scipy.optimize import minimize

    features, group, right, none, is_none, weight = _rows(filings, looks)
    width, count = features.shape[1], len(none)
    known = is_none.copy()
    np.logical_or.at(known, group, right)
    kept = known[group]
    features, group, right = features[kept], group[kept], right[kept]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        single = weights.astype(np.float32)  # as the features are: a copy of them at every step costs more than the step
        scores, of_none = features @ single[:width], none @ single[width:]
        highest = of_none.copy()
        np.maximum.at(highest, group, scores)
        powers, power_of_none = np.exp(scores - highest[group]), np.exp(of_none - highest)
        whole = np.bincount(group, powers, count) + power_of_none
        good = np.where(known, np.bincount(group, powers * right, count) + power_of_none * is_none, 1)
        value = -(weight * known * (np.log(np.maximum(good, 1e-12)) - np.log(whole))).sum() / weight.sum()
        slope = (powers / whole[group] - powers * right / good[group]) * known[group] * weight[group]
        slope_of_none = (power_of_none / whole - power_of_none * is_none / good) * known * weight
        gradient = np.concatenate([features.T @ slope.astype(np.float32), none.T @ slope_of_none.astype(np.float32)]) / weight.sum()
        return value + _PENALTY * (weights @ weights), gradient + 2 * _PENALTY * weights

    begin = np.zeros(width + none.shape[1]) if start is None else start.astype(float)
    return minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x


def _rows(filings: Sequence[Filing], looks: Sequence[Candidates] | Sequence[LastLook]) -> tuple[np.ndarray, ...]:
    """Candidates of the rows whose element is known, over all filings: features, row, whether right; then what is known of each row."""
    names = vocabulary().concepts
    parts: list[tuple[np.ndarray, ...]] = []
    before = 0
    for filing, look in zip(filings, looks, strict=True):
        rows = np.array(sorted(filing.elements))
        place = np.full(len(filing.queries), -1)
        place[rows] = np.arange(len(rows))
        kept = place[look.query] >= 0
        wanted = {row: items_of(*elements.most_common(1)[0][0]) for row, elements in filing.elements.items()}
        right = np.array([names[c] in wanted[q] for q, c in zip(look.query[kept], look.concept[kept], strict=True)])
        none = (look.none if isinstance(look, LastLook) else none_features(filing.queries, look))[rows]
        is_none = np.array([not wanted[row] for row in rows])
        # Rows of a long table count less: they are named alike, right or wrong.
        table = Counter(filing.queries[row].table for row in rows)
        weight = np.sqrt([sum(filing.elements[row].values()) / table[filing.queries[row].table] for row in rows])
        features = look.inputs if isinstance(look, LastLook) else look.features
        parts.append((features[kept], place[look.query[kept]] + before, right, none, is_none, weight))
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
        "inputs": INPUTS,
        "last": [
            round(float(value), 4)
            for part in (ranker.last.direct, ranker.last.hidden.ravel(), ranker.last.bias, ranker.last.out, ranker.last.none)
            for value in part
        ],
        "usual": shares,
    }
    path.write_text(json.dumps(record, ensure_ascii=False).replace('], "', '],\n"').replace('}, "', '},\n"') + "\n")
