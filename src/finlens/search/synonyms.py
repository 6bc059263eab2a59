"""Words that mean the same in financial prose, English and French, for finding passages.

Each line is a group; a question's word also looks for the others of its group, at a lower weight. Line items have their
own, exact catalogue (`finance.taxonomy`): this one only widens a search.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from finlens.finance.words import stem, words

_WEIGHT = 0.5
_GROUPS = """
revenue sales turnover ventes
profit income earnings result bénéfice résultat
increase increased growth grew rose rise higher hausse augmentation progression augmenté croissance
decrease decreased decline declined fell drop lower reduction baisse diminution recul baissé
driven due primarily reflecting attributable because result drove offset cause caused reason expliquer
debt borrowings notes loans emprunts dette endettement
dividend dividends distribution dividende
equity stockholders shareholders shareowners capitaux actionnaires
expense cost costs charges coûts frais dépenses
employees headcount workforce associates personnel salariés effectif effectifs
acquisition acquired acquisitions purchase acquired acquire rachat
segment segments division divisions secteur secteurs
risk risks exposure risque risques
lawsuit litigation proceedings legal litige litiges
tax taxes taxation impôt impôts
lease leases rent rental location loyers
cash liquidity trésorerie liquidité
inventory inventories stocks stock
receivable receivables créances clients
payable payables fournisseurs
customer customers client clients
director directors board administrateur administrateurs conseil
auditor auditors audit commissaire commissaires
repurchase repurchases buyback buybacks rachat
impairment write-down writedown dépréciation
forecast outlook guidance expects expected perspectives prévisions
store stores shop shops magasin magasins
defined define definition means refers défini
located headquarters headquartered siège situé
"""
_FAR = """
ceo chief executive officer directeur général
cfo chief financial officer directeur financier
geography geographies geographic regions countries territories international géographique régions pays
m&a acquisitions divestitures organic croissance organique
retain retained retention attrition renewal renewed fidélisation
products services offerings sells offers brands produits
merger mergers combination fusion
vote votes voted proposal proposals nominees vote résolutions
restructuring reorganization layoffs severance restructuration
subsidiary subsidiaries divested spin-off filiale filiales
var value-at-risk
liquidated liquidation bankrupt bankruptcy liquidation faillite
"""
"""Neighbours that help to find a page, and are too far apart to answer with."""


@cache
def _groups(far: bool = False) -> dict[str, frozenset[str]]:
    near: dict[str, set[str]] = {}
    for line in (_GROUPS + _FAR if far else _GROUPS).strip().splitlines():
        group = {stem(word) for word in words(line)}
        for word in group:
            near.setdefault(word, set()).update(group - {word})
    return {word: frozenset(others) for word, others in near.items()}


def widened(query: Iterable[str], *, far: bool = False) -> dict[str, float]:
    """The words of a query at weight 1, and their neighbours at a lower one; ``far``: also those that only find a page."""
    weights: dict[str, float] = {}
    asked = list(query)
    for word in asked:
        for other in _groups(far).get(word, ()):
            weights[other] = _WEIGHT
    weights.update(dict.fromkeys(asked, 1.0))
    return weights
