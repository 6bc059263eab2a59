"""Whether a row's unit, time, statement and section are those of a line item."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from finlens.documents import StatementKind
from finlens.finance.concepts import catalogue
from finlens.finance.mapping_queries import Others, Query, section_of

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

_NET_INCOME = frozenset({"net_income", "net_income_including_noncontrolling", "net_income_attributable", "noncontrolling_income"})
_NONCASH_TEXT = """
impairment restructuring equity_method_income foreign_exchange_result investment_gains disposal_gain debt_extinguishment
discontinued_operations income_continuing_operations provision_credit_losses litigation cash_and_equivalents restricted_cash
"""
_CHARGES_TEXT = "depreciation_amortization depreciation amortization stock_compensation"
_ALSO_IN: dict[StatementKind, frozenset[str]] = {
    "cash flow": _NET_INCOME | frozenset(_NONCASH_TEXT.split()),
    "comprehensive income": _NET_INCOME,
    "equity": _NET_INCOME
    | frozenset(
        {"comprehensive_income", "other_comprehensive_income", "dividends_per_share", "equity", "equity_including_noncontrolling"}
        | {"shares_outstanding", "shares_issued", "treasury_shares"}
    ),
    "income": frozenset(
        {*_CHARGES_TEXT.split(), "comprehensive_income", "other_comprehensive_income", "comprehensive_income_attributable"}
    ),
}
"""Lines that a statement prints though they belong to another."""
_OF_OTHERS = frozenset(
    {"noncontrolling_income", "comprehensive_income_noncontrolling", "noncontrolling_interests", "equity_noncontrolling_changes"}
)
_OF_PARENT = frozenset({"net_income", "net_income_attributable", "comprehensive_income_attributable", "equity"})
_BALANCES_OF_EQUITY = frozenset({"equity", "equity_including_noncontrolling"})


@cache
def _natures() -> dict[str, Any]:
    """What the concepts are, as arrays over them."""
    import numpy as np

    concepts = tuple(catalogue().values())
    return {
        "unit": np.array([concept.unit for concept in concepts]),
        "instant": np.array([concept.instant for concept in concepts]),
        "place": np.array([concept.statement for concept in concepts]),
        "section": np.array([section_of(concept) for concept in concepts]),
        "balance of equity": np.array([concept.name in _BALANCES_OF_EQUITY for concept in concepts]),
        "income of all": np.array([concept.name == "net_income_including_noncontrolling" for concept in concepts]),
        "income of the parent": np.array([concept.name == "net_income" for concept in concepts]),
        "of others": np.array([concept.name in _OF_OTHERS for concept in concepts]),
        "of the parent": np.array([concept.name in _OF_PARENT for concept in concepts]),
        "equity of all": np.array([concept.name == "equity_including_noncontrolling" for concept in concepts]),
        "equity of the parent": np.array([concept.name == "equity" for concept in concepts]),
        "total": np.array(
            [concept.english[0].startswith("total") or concept.section in ("total assets", "totals") for concept in concepts]
        ),
        "shared": {kind: np.array([concept.name in names for concept in concepts]) for kind, names in _ALSO_IN.items()},
    }


def circumstances(queries: Sequence[Query], query_at: Array, concept_at: Array, *, others: Others) -> list[Array]:
    """Whether unit, time, statement and section are those of the concept: a column for each feature, over the pairs."""
    import numpy as np

    nature = _natures()
    unit = np.array([query.unit or "" for query in queries])[query_at]
    instant = np.array([-1 if query.instant is None else int(query.instant) for query in queries])[query_at]
    statement = np.array([query.statement or "" for query in queries])[query_at]
    section = np.array([query.section for query in queries])[query_at]
    of_owners = np.array([query.of_owners for query in queries])[query_at]
    of_others = np.array([query.of_others for query in queries])[query_at]
    total = np.array([query.total for query in queries])[query_at]
    of_unit, of_instant = nature["unit"][concept_at], nature["instant"][concept_at].astype(int)
    place, of_section = nature["place"][concept_at], nature["section"][concept_at]
    in_statement, in_note = statement != "", place == "notes"
    at_home = (statement == place) | _also_in(statement, concept_at)
    balance = nature["balance of equity"][concept_at]
    in_equity = statement == "equity"
    return [
        unit == of_unit,
        (unit != of_unit) & (unit != ""),
        instant == of_instant,
        (instant != of_instant) & (instant >= 0),
        at_home,
        in_statement & ~at_home & ~in_note,
        in_statement & in_note,
        ~in_statement & in_note,
        (section != "") & (section == of_section),
        (section != "") & (section != of_section) & (statement == place),
        total & nature["total"][concept_at],
        in_equity & (place == "equity") & (instant != 1),
        in_equity & balance & (instant == 1),
        nature["income of all"][concept_at] & others.in_income & ~of_owners & ~of_others,
        nature["income of the parent"][concept_at] & others.in_income & ~of_owners,
        nature["equity of all"][concept_at] & others.in_equity & ~of_owners,
        nature["equity of the parent"][concept_at] & others.in_equity & ~of_owners,
        nature["of others"][concept_at] & of_others,
        nature["of others"][concept_at] & ~of_others,
        nature["of the parent"][concept_at] & of_owners & ~of_others,
        ~nature["of the parent"][concept_at] & of_owners & ~of_others,
    ]


def outside_statements(queries: Sequence[Query], query_at: Array, concept_at: Array) -> list[Array]:
    """Whether a note's row would be a movement of equity, a part of comprehensive income, a cash flow: a column for each."""
    import numpy as np

    in_note = np.array([query.statement is None for query in queries])[query_at]
    place = _natures()["place"][concept_at]
    return [in_note & (place == kind) for kind in ("equity", "comprehensive income", "cash flow")]


def _also_in(statement: Array, concept_at: Array) -> Array:
    """Whether the statement prints a line of another statement as well: net income opens the cash flow statement."""
    import numpy as np

    shared = _natures()["shared"]
    found = np.zeros(len(concept_at), bool)
    for kind, concepts in shared.items():
        found |= (statement == kind) & concepts[concept_at]
    return found
