# ruff: noqa: E501 (a sentence form is read as one line; broken up it could not be compared with its neighbours)
"""What a question asks: its operation, the lines it names, its periods, and the form it wants the answer in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Literal

from finlens.ask.formula import Expression, NotAnExpression, parse_expression
from finlens.ask.french import plainly
from finlens.ask.patterns import FORMS, LOOKUP, WORDS, Operation
from finlens.ask.when import When, all_mentions, blanked, distinct, mentions
from finlens.documents import StatementKind
from finlens.finance.words import plain, words

Language = Literal["en", "fr"]

_INTERROGATIVE = re.compile(
    r"\b(?:what|which|how (?:much|many|has|have|did|large)|by (?:what|how much)|in (?:which|what)|for which|did|does|do|is|was|are|were|has|have|why|who|where|when"
    r"|quel|quelle|quels|quelles|combien|de combien|a combien|pourquoi|en quelle|au cours de quel|calculate|compute)\b"
)
_SPACED_INITIALS = re.compile(r"(?<=\b[A-Za-z]\.[A-Za-z]) \.")
_SENTENCE = re.compile(r"(?<=[.?!])(?<!\b[A-Za-z]\.)\s+(?=[\"“(]?\w)")
_DEFINITIONS = (
    re.compile(
        r"^(?:here'?s? )?(?:the )?(?P<name>[a-z&%()/' -]+?)(?: here)? (?:is|are|was|can be|should be) (?:to be )?(?:defined|calculated|computed|measured) (?:as|by|like)(?: follows)?\s*:?\s*(?P<body>.+)$"
    ),
    re.compile(
        r"^(?:please )?(?:define|calculate|compute|treat|measure) (?:the )?(?P<name>[a-z&%()/' -]+?) (?:as|to be|using)\s*:?\s*(?P<body>.+)$"
    ),
    re.compile(
        r"^(?:le |la |les |l')?(?P<name>[a-z&%()/' -]+?) (?:est|sont) (?:defini|calcule)e?s? (?:comme|par|ainsi)\s*:?\s*(?P<body>.+)$"
    ),
    re.compile(r"^(?P<name>[a-z&%()/' -]+?) = (?P<body>.+)$"),
)
_ROUNDING = re.compile(
    r"(?:(?P<count>\d+|zero|one|two|three|four|un|une|deux|trois|quatre) (?:decimal|decimale|chiffres? apres|digits? after)|(?:nearest|whole) (?P<whole>whole|integer|number|million|thousand))"
)
_COUNTS = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4}
_ASKED_SCALE = re.compile(
    r"\b(?:in|answer in|stated? in|expressed in|en|usd|eur|gbp|dollars?|units? of)\s+(?:u\.?s\.? ?|usd |eur |dollar |euro |\$ ?|€ ?)*(?:in )?(?P<scale>thousands?|millions?|billions?|milliers?|milliards?)\b"
)
_ASKED_PERCENT = re.compile(
    r"\b(?:in|as|units? of|en)\s+(?:units? of )?(?:a )?(?:percents?|percentages?|%|pourcentage|pour cent)(?! of| du| de)"
)
_SCALES = {"thousand": 3, "million": 6, "billion": 9, "millier": 3, "milliard": 9}
_HINTS: tuple[tuple[StatementKind, re.Pattern[str]], ...] = (
    ("balance sheet", re.compile(r"balance sheets?|(?:statements? of )?financial position|\bbilan\b")),
    (
        "income",
        re.compile(
            r"income statements?|p&l|statements? of (?:consolidated )?(?:income|operations|earnings|profit)|profit (?:and|&) loss|compte de resultat"
        ),
    ),
    ("cash flow", re.compile(r"cash ?flows? statements?|statements? of (?:consolidated )?cash ?flows?|tableau (?:des|de) flux")),
)
_STRETCH = re.compile(
    r"(?:between|for|in|over|across) (?:the )?both (?:the )?(?:fys|fiscal years|years|periods)|(?:over|for|during|in|across) (?:the|a) (?:\w+|\d+)[- ]years?(?: period)?\b|\b(?:\d|two|three|four|five)[- ]years?(?: period)?\b"
)
_INSTRUCTION = re.compile(
    r"\((?:[^()]*\b(?:using|in (?:usd|units?|millions?|thousands?|billions?|percent)|round|from (?:the )?[a-z ]*(?:statement|sheet)|en (?:milliers|millions))[^()]*)\)"
)
_FRENCH_TEXT = """
le la les des du quel quelle quels quelles est sont combien de une un en et au aux entre pour par sur dans l'exercice annee
"""
_FRENCH = frozenset(_FRENCH_TEXT.split())
_ENGLISH_TEXT = """
the what which how is was are were of in for and between from to did does much many by on at with as change percentage average
difference why who has have do when where
"""
_ENGLISH = frozenset(_ENGLISH_TEXT.split())
_NO_ENTITY_TEXT = """
fy usd eur what how here january february march april may june july august september october november december based
"""
_NO_ENTITY = frozenset(_NO_ENTITY_TEXT.split())
_POSSESSIVE = re.compile(r"\b((?:[A-Z0-9][\w&.\-]*\s+(?:&\s+)?){0,3}[A-Z0-9][\w&.\-]*)['’]s?(?=\s)")
_SUBJECT = re.compile(r"(?<=\s)([A-Z][\w&.\-]*(?:\s+[A-Z][\w&.\-]*){0,3})\s+[a-zé]+(?:-t)?-(?:il|elle|ils|elles)\b")
_AFTER_PREPOSITION = re.compile(
    r"\b(?:(?:for|at|of|chez|de)\s+(?:the\s+)?|d['’]|(?:[Dd]id|[Dd]oes|[Hh]as)\s+)([A-Z0-9][\w&.\-]*(?:\s+(?:&\s+)?[A-Z][\w&.\-]*){0,3})"
)


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that a question asks the value of: a phrase to be found as a line, or a formula over lines."""

    phrase: str
    whens: tuple[When, ...] = ()
    """Periods that stand in the phrase itself: "net sales in 2019"."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood as far as its words go; which lines it means, only the document can say."""

    text: str
    core: str
    """The clause that asks, plain, without preamble and instructions."""
    language: Language | None
    operation: Operation
    measures: tuple[Measure, ...]
    whens: tuple[When, ...]
    outer: str = ""
    """The word for what is done with two averages ("difference", "ratio"), or for a share ("proportion")."""
    ranged: bool = False
    """Whether the periods are a stretch ("from 2015 to 2019") rather than a list."""
    scale: Decimal | None = None
    wants_percent: bool = False
    decimals: int | None = None
    statements: frozenset[StatementKind] = frozenset()
    definitions: Mapping[tuple[str, ...], Expression] = field(default_factory=dict)
    entities: frozenset[str] = frozenset()
    """Words that may only name the company."""
    limit: Decimal | None = None
    direction: str = ""
    most: str = ""
    move: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        return words(self.core)


def understand(text: str) -> Question:
    """What ``text`` asks. Nothing here looks at a document."""
    said = _SPACED_INITIALS.sub(".", " ".join(text.split()))
    core, others = _core(plain(said))
    definitions = _definitions([*others, core])
    core = _INSTRUCTION.sub(" ", core)
    core = re.sub(r"\s+", " ", re.sub(r"[\"“”?!]+", " ", core)).strip(" .,:;")
    if _language(plain(said)) == "fr":
        core = plainly(core, _subjects(said))
    for _, pattern in _HINTS:
        core = re.sub(
            rf"(?<!total)(?<!total )(?:,? ?(?:as )?(?:from|in|on|per|within|according to|using|based on|in|dans|du) (?:the |its |le |la )?(?:company's )?(?:consolidated )?(?:{pattern.pattern}))(?: for)?",
            " ",
            core,
        ).strip(" ,")
    core = _STRETCH.sub(" ", core)
    named_whens = all_mentions(core)
    whens = distinct(named_whens)
    masked = " ".join(blanked(core, named_whens).split())
    everything = plain(said)
    operation, named = _form(masked)
    measures = _measures(named, named_whens)
    limit = _limit(named.get("limit", ""))
    return Question(
        text=said,
        core=core,
        language=_language(everything),
        operation=operation,
        measures=measures,
        whens=whens or mentions(everything),
        outer=named.get("outer", "") or named.get("kind", ""),
        ranged=_ranged(masked),
        scale=_scale(everything),
        wants_percent=bool(_ASKED_PERCENT.search(everything)),
        decimals=_decimals(everything),
        statements=frozenset(statement for statement, pattern in _HINTS if pattern.search(everything)),
        definitions=definitions,
        entities=_entities(said),
        limit=limit,
        direction=named.get("direction", ""),
        most=named.get("most", ""),
        move=named.get("move", "") or named.get("compared", ""),
    )


def _subjects(said: str) -> list[str]:
    """Names before the verb of a French question ("Hydrelis a-t-il …"), plain."""
    return [plain(match[1]) for match in _SUBJECT.finditer(said)]


def _core(text: str) -> tuple[str, list[str]]:
    """The clause that asks, and the sentences around it (definitions, instructions)."""
    parts = [part for part in _SENTENCE.split(text) if part]
    asking = next((part for part in parts if "?" in part), None) or next(
        (part for part in parts if _INTERROGATIVE.search(part)), parts[0] if parts else ""
    )
    others = [part for part in parts if part is not asking]
    core = asking
    if re.search(r":\s*(?:what|which|how|by|is|did|quel)", core):
        core = core[re.search(r":\s*(?=what|which|how|by|is|did|quel)", core).end() :]  # type: ignore[union-attr]
    opening = _INTERROGATIVE.search(core)
    if opening and opening.start() > 0 and "," in core[: opening.start()] and not mentions(core[: opening.start()]):
        core = core[opening.start() :]
    return core, others


def _form(masked: str) -> tuple[Operation, dict[str, str]]:
    """The first sentence form that fits, with the phrases that it cuts out."""
    if WORDS.search(masked):
        return "words", {"x": masked}
    for operation, form in FORMS:
        match = form.search(masked)
        if match:
            named = {name: value for name, value in match.groupdict().items() if value}
            if words(re.sub("¤", " ", named.get("x", "") + named.get("before", "") + named.get("x2", ""))) or operation == "list periods":
                return operation, named
    match = LOOKUP.search(masked)
    return "lookup", {"x": match["x"] if match else masked}


def _measures(named: Mapping[str, str], whens: list[When]) -> tuple[Measure, ...]:
    """The phrases in the order of the question; each takes as many periods as its text has marks."""
    x = " ".join(filter(None, (named.get("before"), named.get("x"), named.get("x2"))))
    y = " ".join(filter(None, (named.get("y"), named.get("y2"))))
    head = clean(named.get("head", ""))
    x_marks, y_marks = x.count("¤"), y.count("¤")
    told_apart = bool(y) and x_marks + y_marks == len(whens)
    measures = [Measure(f"{head} {clean(x)}".strip(), distinct(whens[:x_marks]) if told_apart else ())]
    if y:
        measures.append(Measure(f"{head} {clean(y)}".strip() if clean(y) else "", distinct(whens[x_marks:]) if told_apart else ()))
    return tuple(measures)


_EDGES = (
    r"(?:what|which|how much|proportion of|percentage of|the|a|an|profile|trend|balance sheet|in|of|for|to|from|by|at|on|as|and|or|between|during|over|with|than|compared|company's|company|firm's|its|their|did|does|do|was|is|were|are|has|have|had|been|there|if|any|"
    r"amount|amounts|value|values|level|levels|figure|figures|year|years|ended|end|fiscal|period|periods|respectively|versus|vs|through|until|since|"
    r"reported|recorded|recognized|incurred|both|each|respective|relative|annual|annually|quarters?|months?|"
    r"au titre|titre|le|la|les|l'|du|de|des|d'|au|aux|en|entre|et|pour|par|sur|dans|exercice|exercices|annee|annees|cours|clos|fin|montant|valeur|societe|groupe|a|ont|est|sont|ete|t-il|t-elle|-t-il|-t-elle|"
    r"augmente|augmenté|diminue|baisse|progresse|varie|evolue|recule|a-t-il|a-t-elle|ont-ils|ont-elles|s'eleve|par rapport|rapport)"
)
_LEADING = re.compile(rf"^(?:{_EDGES}(?![\w-])|¤|[,.:;/()'’-])\s*")
_TRAILING = re.compile(rf"\s*(?:(?<![\w-]){_EDGES}|¤|[,.:;/'’(-])$")
_INNER = re.compile(
    r"\s*(?:,? ?(?:(?<!\w)(?:for|in|of|at|as at|as of|during|over|between|from|since|on|by|and|to|versus|vs\.?|compared (?:to|with)|through|until|en|au titre (?:de|du|de l')|pour|au|entre|et|du|de|a))?(?: the)?(?: (?:fiscal|financial))?(?: (?:years?|periods?|quarters?|months?|exercices?|annees?))?(?: (?:ended|ending|end|clos))?(?: (?:le|au))?)\s*¤(?:\s*year[- ]end)?"
)


def clean(phrase: str) -> str:
    """A phrase without its periods and without words that name no line at its edges."""
    phrase = _INNER.sub(" ", f" {phrase} ")
    phrase = " ".join(phrase.replace("¤", " ").split())
    before = ""
    while before != phrase:
        before = phrase
        phrase = _TRAILING.sub("", _LEADING.sub("", phrase)).strip()
    if phrase.count("(") < phrase.count(")"):
        phrase = phrase.rstrip(")")
    return phrase


def _definitions(sentences: list[str]) -> dict[tuple[str, ...], Expression]:
    """The definitions that a question brings; those that use others are read after them."""
    pending: list[tuple[str, str]] = []
    for sentence in sentences:
        for part in re.split(r"(?<=[)\w])\.\s+|;\s+", sentence.strip(" .")):
            for form in _DEFINITIONS:
                match = form.search(part.strip())
                if match and re.search(r"[-+*/÷×]|divided|less|minus|plus|times|divise|moins|average|change", match["body"]):
                    pending.append((re.sub(r"^(?:.*\bhere\b,? )|\bhere\b", "", match["name"]), match["body"]))
                    break
    found: dict[tuple[str, ...], Expression] = {}
    for _ in range(3):
        for name, body in pending:
            try:
                expression = parse_expression(re.sub(r"\s*[x*×]\s*100\s*%?\s*$", "", body.strip(" .")), found)
            except NotAnExpression:
                continue
            for alias in {name, re.sub(r"\([^)]*\)", "", name), *re.findall(r"\(([^)]*)\)", name)}:
                if words(alias):
                    found[words(alias)] = expression
    return found


def _ranged(masked: str) -> bool:
    return bool(
        re.search(
            r"¤\s*(?:-|to|through|until|a|au)\s*(?:the )?(?:fiscal )?(?:years? )?(?:ended )?¤|between (?:the )?(?:fiscal )?(?:years? )?(?:ended )?¤ (?:and|to)|from .{0,40}¤ to|entre (?:l'exercice )?¤ et",
            masked,
        )
    )


def _scale(text: str) -> Decimal | None:
    match = _ASKED_SCALE.search(text)
    return Decimal(10) ** _SCALES[match["scale"].rstrip("s")] if match else None


def _decimals(text: str) -> int | None:
    match = _ROUNDING.search(text)
    if not match:
        return None
    if match["whole"]:
        return 0 if match["whole"] in ("whole", "integer", "number") else None
    return _COUNTS.get(match["count"]) if match["count"] in _COUNTS else int(match["count"])


def _limit(text: str) -> Decimal | None:
    match = re.search(r"(?P<number>-?\d[\d,]*(?:\.\d+)?)\)?\s*(?P<scale>thousand|million|billion|bn|m|k)?", text)
    if not match:
        return None
    try:
        number = Decimal(match["number"].replace(",", ""))
    except InvalidOperation:
        return None
    power = {"thousand": 3, "k": 3, "million": 6, "m": 6, "billion": 9, "bn": 9}.get(match["scale"] or "", 0)
    return number * Decimal(10) ** power


def _language(text: str) -> Language | None:
    """English or French by their small words; None for a question in neither."""
    heard = re.findall(r"[a-z']+", re.sub(r"\b(?:l|d|qu|n|s)'", r"\g<0> ", text))
    english, french = sum(word in _ENGLISH for word in heard), sum(word in _FRENCH or word in ("l'", "d'", "qu'") for word in heard)
    if not english and not french:
        return None
    return "fr" if french > english else "en"


def _entities(said: str) -> frozenset[str]:
    """Words in the places where a question names the company: "Adobe's …", "… for Adobe"."""
    found: set[str] = set()
    for pattern in (_POSSESSIVE, _AFTER_PREPOSITION, _SUBJECT):
        for match in pattern.finditer(said):
            found.update(word for word in words(match[1]) if not re.fullmatch(r"fy\d*|(?:19|20)\d\d|q\d", word))
    return frozenset(word for word in found if word not in _NO_ENTITY and not word.isdigit())
