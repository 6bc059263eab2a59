"""What a title over a table says it is: which statement, on which official form, or no primary statement at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from finlens.documents import Block, Document, StatementKind, Table
from finlens.finance.words import plain

_OF = r"(?:[\w’',.&-]+ ){0,6}?"
_PATTERNS: tuple[tuple[StatementKind, str], ...] = (
    (
        "comprehensive income",
        r"statements? of (?:consolidated )?(?:other )?comprehensive (?:income|loss|earnings)|comprehensive (?:income|loss|earnings)"
        r"(?: \(loss\))? statements?|(?:etat du |etat de )?resultat global|etat des produits et (?:des )?charges comptabilises",
    ),
    (
        "equity",
        rf"statements? of (?:consolidated )?(?:changes in )?{_OF}(?:equity|stockholders'? investment|shareholders'? investment"
        r"|shareowners'? equity|capital accounts|deficit)\b"
        r"|(?:variations?|evolution) des capitaux propres|statements? of (?:changes in )?retained earnings",
    ),
    ("cash flow", r"statements? of (?:consolidated )?cash flows?|cash flows? statements?|tableau (?:de|des) flux|flux de tresorerie"),
    (
        "balance sheet",
        r"balance sheets?|statements? of (?:consolidated )?(?:financial (?:position|condition)|assets and liabilities)"
        r"|\bbilan\b|situation financiere|etat de la situation",
    ),
    (
        "income",
        r"statements? of (?:consolidated )?(?:net )?(?:income|operations|earnings|profit|loss)|income statements?|earnings statements?"
        r"|profit and loss|comptes? de resultats?|results of operations statement",
    ),
)
_TITLES = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)
_BOTH = re.compile(r"(?:income|operations|earnings|loss) and (?:other )?comprehensive|resultat net et (?:du )?resultat global")
_NOT_PRIMARY = re.compile(
    r"parenthetical|parent[- ](?:company|only)|registrant only|condensed financial information|guarantor|pro[- ]forma|consolidating"
    r"|subsidiar(?:y|ies) (?:only|guarantors)|comptes sociaux|common[- ]size|supplemental|selected|summar(?:y|ies|ized)|highlights"
    r"|quarterly|five[- ]year|ten[- ]year|discussion|overview|reconciliation|non-gaap|reclassifications?|effects? of|location"
    r"|classification|impact|chiffres cles|extraits?|simplifie|resume"
)
_NOT_THE_REPORT = re.compile(
    r"parenthetical|parent[- ](?:company|only)|registrant only|condensed financial information|guarantor|pro[- ]forma|consolidating"
)
"""What says so even in a text that is no title."""
_TORN_OFF = re.compile(r"(?<=[a-z]{3}) (?=[b-z]\b)")
_SUBSIDIARIES = re.compile(r"and (?:its )?(?:consolidated )?subsidiar(?:y|ies)(?: companies)?")
_SENTENCE = re.compile(r"\b(?:is|are|was|were|should|shows?|presents?|following|table below|including|included|see)\b")
_FORM = re.compile(
    r"(?:\b(?:dgfip|cerfa|formulaire|liasse|form|imprime|n[°o])\W*(?:n[°o]\W*)?|^\W*)"
    r"(205[0-9])(?:\s?-?\s?(?:sd|n|bis|a|b))?\b"
)
_KIND_OF_FORM: dict[str, StatementKind] = {
    "2050": "balance sheet",
    "2051": "balance sheet",
    "2052": "income",
    "2053": "income",
}
_LOWER = re.compile(r"^\s*(?:[a-zà-ÿ•·▪–-]|\(\w{1,2}\))|[.;]\s+[a-zà-ÿ]")
_NO_TITLE = re.compile(r"^(?:amounts? |note\b|gains)|off-balance|hors bilan|recognized in")
_LABEL_OF_EXHIBIT = re.compile(r"^(?:exhibit|schedule|annex|annexe|appendix) \w{1,3}$")
"""What press releases print beside a title."""
_CONTINUED = "continued"
_LONGEST = 160  # characters of a title
_BLOCKS = 7
_FIRST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Title:
    """What is printed over a table."""

    kind: StatementKind | None = None
    text: str = ""
    """The line that names the kind, as printed."""
    primary: bool = True
    """False where the words say that it is another table than the statement itself: a summary, a parent's, a part in brackets."""
    combined: bool = False
    """One statement of income and of comprehensive income."""
    continued: bool = False
    form: str = ""
    """Number of the French form."""


def kind_of_title(text: str) -> StatementKind | None:
    """Which statement a title names; None for one that names none, or for a sentence that speaks of one."""
    printed = " ".join(text.split())
    read = plain(printed)
    if len(read) > _LONGEST or _LOWER.search(printed) or _NO_TITLE.search(read) or _SENTENCE.search(read):
        return None
    whole = _TORN_OFF.sub("", read)  # "Statement of Incom e", as some printers space it
    return next((kind for kind, pattern in _TITLES if pattern.search(read) or pattern.search(whole)), None)


def title_of(texts: Iterable[str]) -> Title:
    """What the texts over a table, the nearest first, say that it is."""
    kept = [text for text in texts if text.strip()]
    everything = plain(" ".join(kept))
    form = next((found.group(1) for text in kept for found in [_FORM.search(plain(text))] if found), "")
    for text in kept:
        lines = text.split("\n")
        whole = kind_of_title(text)
        line = next((line for line in reversed(lines) if (kind := kind_of_title(line)) and whole in (None, kind)), text)
        kind = kind_of_title(line)
        if kind is None:
            continue
        read = plain(line)
        combined = _BOTH.search(read) is not None
        around = _SUBSIDIARIES.sub(" ", plain(text))
        return Title(
            "income" if combined else kind,
            " ".join(line.split()),
            not _NOT_PRIMARY.search(around),
            combined,
            _CONTINUED in everything,
            form,
        )
    if form in _KIND_OF_FORM:
        return Title(_KIND_OF_FORM[form], f"{form}", form=form)
    return Title(primary=not _NOT_THE_REPORT.search(_SUBSIDIARIES.sub(" ", everything[:300])), form=form)


def texts_over(document: Document, table: Table, before: Table | None, furniture: Collection[str]) -> list[str]:
    """Texts between a table and the one before it, the nearest first: its caption, blocks above it, the end of the page before."""
    found = [*([table.caption] if table.caption else []), *_inside(table)]
    box = table.box
    if box is None:
        return found
    pages = {page.number: page for page in document.pages if page.number in (table.page, table.page - 1)}
    floor = 0.0
    if before is not None and before.places[-1][0] == table.page and before.places[-1][1] is not None:
        floor = before.places[-1][1].bottom
    page = pages.get(table.page)
    if page is None:
        return found
    above = [b for b in page.blocks if b.box is not None and b.role != "table" and b.box.bottom <= box.top + 4 and b.box.top >= floor - 2]
    found.extend(_printed(block) for block in sorted(above, key=lambda block: -block.box.bottom if block.box else 0.0)[:_BLOCKS])
    previous = pages.get(table.page - 1)
    if previous is not None and not floor and sum(len(block.text) for block in above if block.role != "header") < 400:
        # A title at the foot of a page, with its table overleaf.
        last = before.places[-1] if before is not None else (0, None)
        end = last[1].bottom if last[0] == previous.number and last[1] is not None else 0.0
        below = [b for b in previous.blocks if b.box is not None and b.role != "table" and b.box.top >= end - 2]
        found.extend(_printed(block) for block in reversed(below[-_BLOCKS:]) if block.text not in furniture)
    return found


def _printed(block: Block) -> str:
    """The text of a block, line by line: the company's name stands over the title."""
    return "\n".join(line.text for line in block.lines)


def _inside(table: Table) -> list[str]:
    """Titles that a finder took for the first rows of the grid."""
    first_rows = [cell for cell in table.cells if cell.row < _FIRST_ROWS and not _LABEL_OF_EXHIBIT.search(plain(cell.text))]
    alone = Counter(cell.row for cell in first_rows)
    first = [cell.text for cell in first_rows if (cell.column == 0 or (cell.row == 0 and cell.header)) and alone[cell.row] == 1]
    return [text for text in reversed(first) if kind_of_title(text)]
