# ruff: noqa: E501 (a sentence form is read as one line; broken up it could not be compared with its neighbours)
"""How questions are phrased: one table of sentence forms for English and French, most particular first.

Forms run over plain text (lower case, no accents) in which every period is a "¤". ``x`` and ``y`` are what is asked
about; what an operation does with them is `plan`'s business.
"""

from __future__ import annotations

import re
from typing import Literal

Operation = Literal[
    "lookup", "difference", "percentage change", "ratio", "share", "sum", "average", "growth rate a year", "count periods", "count rows",
    "best period", "periods where", "best row", "list periods", "comparison", "words",
]  # fmt: skip

_MOVE = r"(?:increase|decrease|change|growth|decline|difference|reduction|rise|fall|drop|variation|movement|variance|improvement|gain|loss)"
_MOVES = rf"{_MOVE}s?(?:\s*/?\s*(?:or\s+)?\(?\s*{_MOVE}\s*\)?)?"
_PERCENT = r"(?:%|percent|percentage|per cent|proportional|relative|pct)"
_HOW = (
    r"(?:net|total|overall|annual|approximate|year[- ]over[- ]year|year on year|yoy|y/y|cumulative|absolute|dollar|nominal|average annual)"
)
_VERB_UP = r"(?:increased?|decreased?|changed?|grow|grew|grown|rise|rose|risen|fall|fell|fallen|drop(?:ped)?|declined?|improved?|go up|go down|gone up|gone down|vary|varied)"
_BE = r"(?:is|was|are|were|be|been|has been|have been|will be)"
_SHARE = rf"(?P<kind>{_PERCENT}|proportion|share|portion|fraction|part)"
_MADE = r"(?:(?:made|make) up (?:of|by)|comprised (?:of|by)|composed of|attributable to|attributed to|represented by|accounted for by|related to|relating to|due to|derived from|generated (?:by|from)|coming from|from|dedicated to|allocated to|associated with|held by|located in|held in|in|due in|due)"
_COMPARED = r"(?:higher|lower|greater|less|more|larger|smaller|bigger|fewer)"
_MOST = r"(?:the\s+)?(?P<most>highest|largest|greatest|maximum|most|biggest|lowest|smallest|least|minimum|fewest|higher|lower|larger|smaller|greater|best|worst)"
_MOST_FR = r"(?P<most>le plus eleve|la plus elevee|la plus haute|le plus haut|la plus forte|le plus fort|le plus important|la plus importante|le plus faible|la plus faible|le plus bas|la plus basse|maximal|minimal)e?"
_OVER = r"(?P<direction>exceed(?:ed|s)?|(?:be |was |were |is |are )?(?:above|over|more than|greater than|higher than|at least|larger than)|surpass(?:ed)?|(?:be |was |were |is |are )?(?:below|under|less than|lower than|smaller than|fewer than|at most))"
_LIMIT = r"(?P<limit>[$€£]?\s*\(?-?\d[\d,]*(?:\.\d+)?\)?\s*(?:thousand|million|billion|%|percent|m|bn|k)?)"

FORMS: tuple[tuple[Operation, re.Pattern[str]], ...] = tuple(
    (operation, re.compile(form))  # type: ignore[misc]
    for operation, form in (
        # growth over years
        (
            "growth rate a year",
            r"(?:(?P<before>.*?)\b)?(?:cagr|compound(?:ed)? annual growth rate|taux de croissance annuel moyen|tcam)\b(?:\s+(?:of|in|for|du|de la|de|des)\b)?(?P<x>.*)",
        ),
        # periods that satisfy something
        (
            "count periods",
            rf"how many (?:fiscal )?(?:years|quarters|periods) (?:did|do|does|had|has|have|was|were|is|are)\b(?P<x>.+?)\s{_OVER}\s*{_LIMIT}",
        ),
        (
            "count periods",
            rf"(?:in|for|over) how many (?:fiscal )?(?:years|quarters|periods) (?:did|do|does|had|has|have|was|were|is|are)\b(?P<x>.+?)\s{_OVER}\s*{_LIMIT}",
        ),
        (
            "count periods",
            rf"(?:en|pendant|durant|sur) combien d'(?:annees|exercices),? (?P<x>.+?) (?:a-t-(?:il|elle) |ont-(?:ils|elles) |a |ont )?(?P<direction>depasse|ete superieure?s? a|ete inferieure?s? a) {_LIMIT}",
        ),
        (
            "best period",
            rf"(?:which|what) (?:fiscal |financial )?(?:years?|periods?|quarters?)\b(?:\s+ended\S*)?\s*(?:was|were|is|had|has|have|did|recorded|reported|saw|shows?)?\s*(?:there )?(?P<x>.+?)\s*\b{_MOST}\b(?!\s+than)(?P<x2>.*)",
        ),
        (
            "best period",
            rf"(?:which|what) (?:fiscal |financial )?(?:year|period|quarter)\b\s*(?:had|has|have|recorded|reported|saw|shows?|was|is)?\s*{_MOST}\b(?!\s+than)(?:\s+(?:amount|value|level|number)s?\s+(?:of|for|in))?\s*(?P<x>.+)",
        ),
        (
            "best period",
            rf"(?:en quelle annee|quelle annee|quel exercice|au cours de quel exercice|pour quel exercice|dans quel exercice)\b(?P<x>.+?)\b(?:a-t-(?:il|elle) ete|ont-(?:ils|elles) ete|est-(?:il|elle)|etait-(?:il|elle)|a ete|est|etait|)\s*{_MOST_FR}",
        ),
        (
            "periods where",
            rf"(?:which|what) (?:fiscal |financial )?(?:years?|periods?|quarters?)\b\s*(?:was|were|is|are|had|did|do|does)?\s*(?P<x>.+?)\s{_OVER}\s*{_LIMIT}",
        ),
        (
            "list periods",
            r"(?:(?:for|in) )?(?:which|what) (?:are the )?(?:fiscal |financial )?(?:years?|periods?|quarters?|dates?)\b.*?\b(?:provide|provided|provides|present|presented|show|shown|shows|include|included|includes|given|disclose|disclosed|available|reported|table|relate)\b(?:.*?\b(?:for|on|about|of)\b)?(?P<x>.*)",
        ),
        # rows that satisfy something
        ("count rows", rf"how many (?P<x>.+?)\s(?:had|has|have|with|that|which|whose|in ¤|for ¤)?.*?\b{_OVER}\s*{_LIMIT}"),
        (
            "best row",
            rf"(?:which|what) (?P<x>(?!(?:is|was|are|were)\b).+?)\s(?:had|has|have|recorded|reported|generated|contributed|accounted for|was|is|were|made)\s(?:up )?{_MOST}\b(?P<y>.*)",
        ),
        ("best row", rf"(?:what|which) (?:is|was) {_MOST} (?P<x>[a-z -]+?)(?: in| among| of| by)? (?P<y>.+)"),
        # averages
        (
            "average",
            r"(?P<outer>difference|change|increase|decrease) (?:in|between|of) (?:the )?(?:¤ )?(?:average|mean) (?P<x>.+?) and (?:the )?(?:¤ )?average (?P<y>.+)",
        ),
        ("average", r"average (?P<outer>difference|change) (?:in|between|of) (?:the )?(?P<x>.+?) and (?:the )?(?P<y>.+)"),
        ("average", r"(?P<outer>percentage|percent|ratio|proportion) .*\baverage (?P<x>.+?) (?:to|of|over|and) (?:the )?average (?P<y>.+)"),
        (
            "average",
            r"^(?:(?!\b(?:change|increase|decrease|difference|growth|percent\w*|ratio|portion|variation|evolution)\b|%).)*?(?<!weighted )(?<!weighted-)\b(?:average|mean|moyenne|moyen)\b(?:\s+(?:of|for|in|du|de la|des|de|annuelle?)\b)*(?P<x>.*)",
        ),
        (
            "difference",
            rf"^(?:(?:what|how much) (?:is|was|were|are) )?(?:the )?(?:{_HOW} )?{_MOVES} (?:in|of) (?:the )?(?P<x>(?:percentage|proportion|share|percent)\b.+)",
        ),
        # shares
        ("share", rf"(?P<x>.+?)(?:,)? (?:expressed |shown |measured )?as (?:a |an )?{_SHARE} (?:of|to|over|relative to) (?P<y>.+)"),
        (
            "share",
            rf"(?:what|which|how much)?\s*(?:{_BE} )?(?:the )?(?:total )?{_SHARE} (?:of|in) (?P<y>.+?) (?:did|does|do) (?P<x>.+?) (?:represent|make up|account for|constitute|comprise|contribute|come from|have)",
        ),
        (
            "share",
            rf"(?:what|which|how much)?\s*(?:{_BE} )?(?:the )?(?:total )?{_SHARE} (?:of|in) (?P<y>.+?) (?:that )?(?:{_BE} )(?:\w+ly )?{_MADE} (?P<x>.+)",
        ),
        (
            "share",
            rf"(?P<x>.+?) (?:{_BE}|represents?|represented|constituted?|accounts? for|accounted for|makes? up|made up) (?:what|which) {_SHARE} of (?P<y>.+)",
        ),
        (
            "share",
            rf"(?:what|which) {_SHARE} (?:{_BE}|did|does|do) (?P<x>.+?)(?: (?:represent|make up|account for|constitute|comprise|contribute))? (?:of|to|in) (?P<y>(?:the )?(?:total|overall|all|combined|company|consolidated|net|¤).*)",
        ),
        (
            "share",
            rf"{_SHARE} (?:of )?(?:constitution|composition|contribution|weight) of (?P<x>.+?) (?:in|to|of|among|within|over|out of) (?:the )?(?P<y>.+)",
        ),
        (
            "share",
            rf"(?:what|which|how much)?\s*(?:{_BE} )?(?:the )?(?:total )?{_SHARE} (?:of )?(?:constitution|composition|contribution|constituted|share|weight|makeup)? ?(?:of|that|represented by) (?P<x>.+?) (?:to|out of|over|among|relative to|within|in terms of|against|constitutes? (?:of|in)|(?:in|of)(?= (?:the )?(?:total|overall|combined|group|consolidated))) (?:the )?(?P<y>.+)",
        ),
        ("share", rf"(?:what|which)\s+{_SHARE} of (?P<y>.+?) (?:{_BE}) (?P<x>.+)"),
        (
            "share",
            rf"(?:what|which)\s+{_SHARE} of (?P<y>.+?) (?:came from|comes from|come from|consists? of|consisted of|relates? to|related to) (?P<x>.+)",
        ),
        (
            "share",
            r"(?:quelle (?:part|proportion)|quel pourcentage)(?: (?:du|de la|des|de l'|de))? ?(?P<y>.+?) (?:represente(?:nt)?|est constituee? (?:de|par)|provient (?:du|de la|des|de)|correspond(?:ent)? a) (?P<x>.+)",
        ),
        (
            "share",
            r"(?:quelle (?:part|proportion)|quel pourcentage) (?P<x>.+?) represente(?:nt)?(?:-t-(?:il|elle)|-(?:ils|elles))? (?:dans|du|de la|des|par rapport a) (?P<y>.+)",
        ),
        ("share", r"(?P<x>.+?) en (?:pourcentage|%|proportion) (?:du|de la|des|de l'|de|d') ?(?P<y>.+)"),
        # relative change
        ("percentage change", rf"{_PERCENT} (?:of )?(?:the )?(?:{_HOW} )?{_MOVES}\b(?:\s+(?:in|of|for|between|from|on|to))?(?P<x>.*)"),
        ("percentage change", rf"(?:{_HOW} )?{_MOVES} (?:percentage|percent|rate|%)\s*(?:in|of|for|between|from)?(?P<x>.+)"),
        (
            "percentage change",
            r"(?:rate of (?:growth|increase|decrease|change|decline)|(?:growth|change) rates?)\b(?:\s+(?:in|of|for|on))?(?P<x>.+)",
        ),
        (
            "percentage change",
            rf"(?:by )?(?:what|how much|how many) (?:in )?{_PERCENT}(?: points?)? (?:did|has|have|does|was|is|were)(?P<x>.+?)\b{_VERB_UP}\b(?P<x2>.*)",
        ),
        ("percentage change", rf"(?:by )?(?:what|which) {_PERCENT} (?:did|has|have)(?P<x>.+?){_VERB_UP}"),
        ("percentage change", rf"how much (?:did|has|have|does)(?P<x>.+?)\b{_VERB_UP}\b(?P<x2>.*?)(?:in|as a) (?:{_PERCENT})"),
        ("percentage change", r"(?:year[- ]over[- ]year|yoy|annual) growth\b(?:\s+(?:in|of|for))?(?P<x>.+)"),
        (
            "percentage change",
            r"(?:taux de (?:croissance|variation|progression)|croissance|progression en %|variation en (?:%|pourcentage)|evolution en (?:%|pourcentage)|variation relative)\b(?:\s+(?:du|de la|des|de l'|de|d'))?\s*(?P<x>.+)",
        ),
        ("percentage change", r"de quel pourcentage\b(?P<x>.+)"),
        ("percentage change", r"de combien de (?:%|pour cent)\b(?P<x>.+)"),
        # change
        (
            "difference",
            rf"(?:{_MOVES}) (?:in|of|for) (?:the )?(?P<head>.+?) (?:in ¤ |for ¤ )?between (?:the )?(?P<x>(?!¤|(?:the )?(?:fiscal |years? |period)).+?) and (?:the )?(?P<y>(?!¤|¤$)[^¤].+)",
        ),
        ("difference", rf"(?:{_HOW} )?(?:{_MOVES})\b(?:,)? (?P<between>between) (?:the )?(?P<x>.+)"),
        ("difference", rf"(?:{_HOW} )?\b{_MOVES}(?:\s+(?:in|of|for|to|from|on))(?: the)?(?P<x>.+)"),
        (
            "difference",
            r"how much (?:more|less|higher|lower|greater|larger|smaller) (?:is|was|were|are|did)?(?P<x>.+?)\b(?P<than>than|compared (?:to|with)) (?P<y>.+)",
        ),
        ("difference", rf"how much (?:did|has|have|does|do)(?P<x>.+?)\b{_VERB_UP}\b(?P<x2>.*)"),
        ("difference", r"how much (?P<x>.+?)\b(?:increased|decreased|changed|grew|rose|fell|declined)\b(?P<x2>.*)"),
        ("difference", r"how much (?:did|does|do) (?P<x>.+?) exceed (?P<y>.+)"),
        ("difference", rf"how (?:has|have|did)(?P<x>.+?)\b{_VERB_UP}\b(?P<x2>.*)"),
        ("difference", r"de combien(?: d'euros)?\b(?P<x>.+)"),
        (
            "difference",
            r"(?:variation|evolution|augmentation|hausse|baisse|diminution|ecart|difference|progression)\b(?: en valeur| nette| absolue)?\s*(?P<between>entre )?(?:(?:du|de la|des|de l'|de|d'|en) ?)?(?P<x>.+)",
        ),
        # ratios
        (
            "ratio",
            r"(?:ratio|rapport|relation)\b(?: (?:of|between|de|du|des|entre))(?: (?:the|la|le|les|l'))? ?(?P<x>.+?) (?:to|over|sur|by|divided by|versus|vs\.?|relative to|compared to) (?:the |la |le |les )?(?P<y>.+)",
        ),
        (
            "ratio",
            r"(?:ratio|rapport|relation)\b(?: (?:of|between|de|du|des|entre))(?: (?:the|la|le|les|l'))? ?(?P<x>.+) (?:and|et) (?:the |la |le |les )?(?P<y>.+)",
        ),
        ("ratio", r"(?P<x>[a-z&'’ -]+?)[ -]to[ -](?P<y>[a-z&'’ -]+?) ratio\b(?P<y2>.*)"),
        ("ratio", r"(?P<x>.+?)\s+divided by\s+(?P<y>.+)"),
        # sums
        (
            "sum",
            r"^(?:(?:in|for|from|between) [^,]*, ?)?(?:(?:what|which|how much|calculate|compute|find)\b[^a-z]*)?(?:(?:is|was|are|were) )?(?:the )?(?:company's )?(?:¤ )?(?:sum|total|combined|aggregate)\b(?: (?:amount|value|sum|balance|number))?(?: (?:of|for|in))?(?: the)?(?P<x>.+)",
        ),
        (
            "sum",
            r"^(?:quel\w* (?:est|sont|a ete) )?(?:le |la )?(?:somme|cumul|montant cumule|total)\b(?: (?:des|du|de la|de l'|de|d'))?(?P<x>.+)",
        ),
        # yes or no
        (
            "comparison",
            r"^(?:did|has|have|does|do)\b.+?\b(?P<move>increased?|decreased?|grow|grew|grown|reduced?|improved?|lowered|raised|cut) (?:its|their|the company's|the) (?P<x>.+)",
        ),
        (
            "comparison",
            r"^(?:does|do|has|have|is|are|did)\b(?P<x>.*?)\b(?P<move>improving|growing|increasing|rising|declining|decreasing|deteriorating|worsening|falling|shrinking|improved or (?:declined|deteriorated|worsened)|increased? or decreased?|increased or declined)\b(?P<x2>.*)",
        ),
        (
            "comparison",
            r"^(?:did|has|have|does|do)\b(?P<x>.+?)\b(?P<move>increased?|decreased?|grow|grew|grown|rise|rose|risen|fall|fell|fallen|drop(?:ped)?|declined?|improved?|deteriorated?|worsen(?:ed)?)\b(?P<x2>.*)",
        ),
        ("comparison", r"^(?:did|has|have|does|do)\b(?P<x>.+?)\b(?:exceed(?:ed)?|surpass(?:ed)?|outperform(?:ed)?) (?P<y>.+)"),
        ("comparison", rf"^(?:is|was|are|were)\b(?P<x>.+?)\b(?P<compared>{_COMPARED}) (?:in ¤ )?than(?: in| at)?(?P<y>.+)"),
        (
            "comparison",
            r"^(?:est-ce que )?(?P<x>.+?)\b(?:a-t-(?:il|elle)|ont-(?:ils|elles)|a|ont) (?P<move>augmente|diminue|progresse|baisse|recule|chute|cru)\b(?P<x2>.*)",
        ),
    )
)

LOOKUP = re.compile(
    r"^(?:(?:what|which)(?:'s)?\s+(?:is|was|are|were|will be|would be|did|does|do|has been|had been)?|how (?:much|many|large|high|big|low)\b(?:\s+(?:is|was|are|were|did|does|do|of))?"
    r"|(?:quel|quelle|quels|quelles)\s+(?:est|sont|etait|etaient|a ete|ont ete|fut|sera)?|combien\b|a combien (?:s'eleve(?:nt)?|s'elevai(?:en)?t|se monte(?:nt)?)(?:-t-(?:il|elle)|-(?:ils|elles))?"
    r"|(?:give|tell|show|find|state|list|report|calculate|compute|donnez|indiquez|donne|calculez)(?:[ -](?:me|us|moi|nous))?)\s*(?P<x>.+)"
)
WORDS = re.compile(
    rf"^(?!how (?:did|has|have)\b(?=.*\b{_VERB_UP}\b).*¤)"  # "how did revenue change in 2024" is a figure
    r"(?:(?:for |over |in )?how (?:long|often)\b|over what|how many years (?:is|are|will)|why|how (?:is|are|was|were|does|do|did|can|has|have|will)\b(?! much| many)|who|whose|where|when|explain|describe|pourquoi|comment|qui|ou |quand|qu'est-ce qui|"
    r"what (?:drove|caused|led|contributed|does|do|did|happened|type|kind|types|kinds|led)|in what|under what|on what|according to what|"
    r"what (?:is|was|are|were) the (?:\w+ )?(?:reasons?|causes?|nature|purpose|components?|drivers?|definition|meaning|name|title|role|method|basis|assumptions?|objective|description|components)\b)"
)
"""Questions whose answer is words of the document, whatever figures they mention."""

LOWER_WORDS = frozenset({"lowest", "smallest", "least", "minimum", "fewest", "lower", "smaller", "worst", "minimal", "less"})
DOWN_MOVES = re.compile(r"^(?:decreas|fall|fell|drop|declin|deteriorat|worsen|reduc|lower|cut|shrink|diminue|baisse|recule|chute)")
UNDER = re.compile(r"below|under|less|lower|smaller|fewer|at most|inferieur")
