"""Whether a document is an invoice: by its title or the name of its number, on its first pages. Cheap, because every report is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from finlens.documents import Document
from finlens.documents.invoices import InvoiceKind
from finlens.finance.invoices import labels
from finlens.finance.invoices.prints import Row, Run

_LOOKED_AT = 2  # pages: an invoice says what it is on its first
_MOST_PAGES = 60
_WORDS = re.compile(
    r"invoice|rechnung|facture|avoir|gutschrift|storno|quittung|kassenbon|credit note|credit memo|receipt|cash (?:bill|"
    r"sales?)|sales slip|honora",
    re.I,
)
_SPACED = re.compile(r"\b(?:\w ){4,}\w\b")
_LONGEST_TITLE = 60  # characters


def may_be_invoice(document: Document) -> bool:
    """Whether any word of an invoice stands on the first pages: what a document that is none pays for."""
    if document.page_count > _MOST_PAGES or len(document.pages) > _MOST_PAGES:
        return False
    return any(_WORDS.search(_plain(" ".join(word.text for word in page.words))) for page in document.pages[:_LOOKED_AT])


def title_of(rows: Sequence[Row]) -> Run | None:
    """The words that name the document: of those that may, the ones in the largest print, topmost first.

    A sentence that speaks of an invoice is no title: a title begins what stands apart, and is short.
    """
    best: tuple[float, Run] | None = None
    for row in rows:
        if row.page > rows[0].page + 1:
            break
        for run in row.runs:
            text = _plain(run.text)
            found = labels.TITLE.search(text)
            if not found or found.start() > 30 or len(text) > _LONGEST_TITLE or labels.REFERS.search(text[: found.start()]):
                continue
            if text.endswith((".", ",", ";")) or _prose(text, found):
                continue
            height = max(word.bottom - word.top for word in row.between(run.start, run.end))
            size = height + (2 if found.start() == 0 else 0) + (1 if found.group().isupper() else 0)
            if best is None or size > best[0] + 0.5:
                best = (size, run)
    return best[1] if best else None


def kind_of(title: str) -> InvoiceKind:
    """What kind of invoice the title says it is."""
    title = _plain(title)
    if labels.CORRECTED.search(title):
        return "corrected invoice"
    if labels.CREDIT.search(title) and not labels.SELF_BILLED.search(title):
        return "credit note"
    return "prepayment invoice" if labels.PREPAYMENT.search(title) else "invoice"


def _plain(text: str) -> str:
    """Spaced capitals put together: "W A R E N R E C H N U N G"."""
    return _SPACED.sub(lambda found: found.group().replace(" ", ""), text)


def _prose(text: str, found: re.Match[str]) -> bool:
    """Whether it goes on as a sentence does: "Invoice to pay by wire transfer"."""
    if not found.group()[0].isupper():
        return True
    after = re.split(r"\d|\b(?:Nr|No|Number|Num)\b|[(#°]", text[found.end() :])[0].split()
    return len(after) > 3 or (
        bool(after) and after[0].islower() and after[0] not in ("no", "number", "nr", "n", "vom", "von", "du", "des", "date", "numéro")
    )
