"""Who sells and who buys: by the words over an address, by the sender's line over the window, or by the letterhead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from stdnum.fr import siren, siret

from finlens.documents import Fact, Party
from finlens.finance.invoices.facts import CHECKSUM_FAILS, text_fact
from finlens.finance.invoices.iban import Code, find_vat_ids
from finlens.finance.invoices.labels import TITLE
from finlens.finance.invoices.prints import Row, Run

_SELLER = re.compile(
    r"(?:verkäufer(?:in)?|lieferant|rechnungs(?:steller|ersteller|aussteller)|seller|supplier|vendor|sold by|from|"
    r"vendeur|fournisseur|émetteur|"
    r"prestataire)\W*",
    re.I,
)
_BUYER = re.compile(
    r"(?:käufer(?:in)?(?:/leistungsempfänger)?|leistungsempfänger|rechnungs(?:empfänger|adresse|anschrift)|kunde|buyer|"
    r"purchaser|bill(?:ed)? to|"
    r"sold to|invoiced? (?:to|address)|billing address|customer|client|facturé à|adressé à|acheteur|"
    r"adresse de facturation|destinataire)\W*",
    re.I,
)
_OTHER = re.compile(
    r"(?:abweichende\w* .*|waren\w*empfänger|liefer(?:adresse|anschrift)|leistungs(?:adresse|ort)|ship(?:ped)? to|"
    r"deliver(?:y address|ed? to)|"
    r"adresse de livraison|livré à|lieu des .*|sie erreichen uns .*|.*bevollmächtigter.*|zahlungsempfänger|payee|contact .*|sales contact|"
    r"bemerkung\w*|positionsdaten)\W*",
    re.I,
)
_NAME_KEY = re.compile(r"(?:name|nom|raison sociale|company|firma)\W*", re.I)
_ADDRESS_KEY = re.compile(r"(?:anschrift|adresse|address)\W*", re.I)
_KEYED = re.compile(
    r"^[^\d:]{2,28}?\s?:|^(?:tel|fon|fax|phone|tél|mail|e-mail|www|http|gln|ust|tva|siret|vat|bic|iban|nummer|n°|\W+ ?\+?\d)", re.I
)
_POSTCODE = re.compile(
    r"(?<![\d.-])(?:[A-Z]{1,2}-? ?)?\d{4,6}(?:-\d{4})?(?![\d.-]) +[A-ZÀ-Ý]|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|"
    r"\b[A-Z][A-Za-z]+,? \d{5}\b|\b[A-Z]{2} \d{5}\b|"
    r"\b[A-Z]\d[\dW] ?[A-Z0-9]{4} [A-Z]"
)
_SENDER_MARKS = re.compile(r"\s*[·●•∙|]\s*|\s+[-–]\s+")
_LEGAL_FORM = re.compile(
    r"\b(?:GmbH|AG|KG|OHG|UG|e\.K\.|SARL|SAS|SASU|EURL|S\.?A\.?|Ltd\.?|Limited|LLC|Inc\.?|PLC|Corp\.?|B\.?V\.?|S\.?r\.?l\.?|SDN BHD|Pty)\b"
)
_TAX_NUMBER = re.compile(
    r"(?:steuer-?n(?:umme)?r\.?|st\.-?nr\.?|siret|siren|ein|tax (?:id|no\.?|number)|abn|gst (?:id|no\.?|"
    r"reg\.? no\.?))\W{0,4}(?P<code>\d(?:[ /.-]?\d){5,14})",
    re.I,
)
_SALUTATION = re.compile(r"(?:herrn?|frau|mr\.?|mrs\.?|ms\.?|m\.|mme\.?|monsieur|madame|an|to|firma)\W*", re.I)
_COUNTRY = re.compile(
    r"(?:deutschland|germany|allemagne|france|frankreich|österreich|austria|autriche|schweiz|switzerland|suisse|"
    r"belgi\w+|belgique|luxemb\w+|"
    r"united kingdom|royaume-uni|vereinigtes königreich|ireland|irland\w*|irlande|spain|españa|espagne|spanien|ital\w+|"
    r"netherlands|pays-bas|"
    r"niederlande|usa|united states|vereinigte staaten|états-unis|poland|polen|pologne|portugal|malaysia|canada|"
    r"ile de la réunion)\b.{0,24}",
    re.I,
)
_OF_BUYER = re.compile(r"client|kunde|customer|buyer|käufer|ihre|votre|your", re.I)


@dataclass(frozen=True)
class _Block:
    """Lines under each other that begin at the same place."""

    runs: tuple[Run, ...]
    section: str
    """"seller", "buyer", "other", or "" where no words stand over it."""


def find_parties(rows: Sequence[Row]) -> tuple[Party, Party]:
    """The seller and the buyer."""
    first = [row for row in rows if row.page == rows[0].page]
    sender = _sender(first)
    blocks = list(_blocks(first, sender[1] if sender else None))
    seller = _party("seller", next((block for block in blocks if block.section == "seller"), None))
    buyer = _party("buyer", next((block for block in blocks if block.section == "buyer"), None))
    if seller.name is None and sender:
        seller = sender[0]
    addresses = [b for b in blocks if not b.section and any(_POSTCODE.search(run.text) for run in b.runs) and len(b.runs) > 1]
    if buyer.name is None:
        buyer = _party("buyer", _addressee(addresses, seller, sender and sender[1]))
    if seller.name is None:
        mine = [b for b in addresses if not buyer.name or b.runs[0].text != buyer.name.amount.raw]
        seller = _party("seller", mine[0] if mine else None)
        if seller.name is None:
            seller = Party(name=_by_legal_form(first))
    return _with_numbers(rows, blocks, seller, buyer)


def _blocks(rows: Sequence[Row], sender: Run | None) -> Iterator[_Block]:
    """Runs of text under each other; the words over them, where they are those of a party, give their section."""
    heads = [(run, _section(run.text)) for row in rows for run in row.runs if _section(run.text)]
    taken: set[int] = {id(run) for run, _ in heads} | {id(sender)}
    runs = [run for row in rows for run in row.runs if id(run) not in taken]
    for head, section in heads:
        keyed = [run for run in runs if id(run) not in taken and _belongs(head, run, heads, rows)]
        if not any(_NAME_KEY.fullmatch(run.text) for run in keyed):
            keyed = _one_address([run for run in keyed if abs(run.box.x0 - head.box.x0) < 40 or _value_of_key(run)])
        taken.update(id(run) for run in keyed)
        if keyed:
            yield _Block(tuple(keyed), section)
    for run in runs:
        if id(run) in taken:
            continue
        chain = [run]
        for other in runs:
            last = chain[-1]
            if id(other) not in taken and other.box.top > last.box.top + 1 and abs(other.box.x0 - run.box.x0) < 3:
                wide = 3.5 if sender is not None and abs(run.box.x0 - sender.box.x0) < 40 else 1.3  # a window's lines stand apart
                if other.box.top - last.box.bottom > wide * last.row.height:
                    break
                chain.append(other)
        taken.update(id(item) for item in chain)
        yield _Block(tuple(chain), "")


def _one_address(runs: Sequence[Run]) -> list[Run]:
    """The lines up to the town, and those after it that say what they are; what follows is something else."""
    kept: list[Run] = []
    town = False
    for run in runs:
        if town and not (_KEYED.match(run.text) or _value_of_key(run) or _COUNTRY.fullmatch(run.text)):
            break
        kept.append(run)
        town = town or (len(kept) > 1 and bool(_POSTCODE.search(run.text)))
    return kept


def _value_of_key(run: Run) -> bool:
    """Whether the words before it on its row end in a colon, or it begins with one."""
    return run.text.startswith(":") or run.row.text[: run.start].rstrip().endswith(":")


def _section(text: str) -> str:
    for pattern, name in ((_OTHER, "other"), (_SELLER, "seller"), (_BUYER, "buyer")):
        if pattern.fullmatch(text):
            return name
    return ""


def _belongs(head: Run, run: Run, heads: Sequence[tuple[Run, str]], rows: Sequence[Row]) -> bool:
    """Whether a run stands under a head, before the next one, with no wide white between."""
    if run.box.top < head.box.top + 2 or run.box.top - head.box.bottom > 14 * head.row.height:
        return False
    beside = [other.box.x0 for other, _ in heads if abs(other.box.top - head.box.top) < head.row.height and other.box.x0 > head.box.x0 + 5]
    right = min((x for x in beside), default=head.box.x0 + 420)
    if not head.box.x0 - 12 <= run.box.x0 < min(right - 2, head.box.x0 + 420):
        return False
    if any(head.box.top + 2 < other.box.top <= run.box.top and abs(other.box.x0 - head.box.x0) < 60 for other, _ in heads):
        return False
    tops = sorted(row.box.top for row in rows if head.box.top - 1 <= row.box.top <= run.box.top + 1)
    return all(after - before < 3.6 * head.row.height for before, after in pairwise(tops))


def _party(role: str, block: _Block | None) -> Party:
    if block is None:
        return Party()
    name, address = _keyed(block.runs) or _plain(block.runs)
    return Party(_fact(f"{role}_name", name), _fact(f"{role}_address", address))


def _keyed(runs: Sequence[Run]) -> tuple[list[Run], list[Run]] | None:
    """A block whose lines say what they are: "Name: …", "Anschrift: …"."""
    name: list[Run] = []
    address: list[Run] = []
    target: list[Run] | None = None
    found = False
    for run in runs:
        if _NAME_KEY.fullmatch(run.text):
            target, found = name, True
        elif _ADDRESS_KEY.fullmatch(run.text):
            target, found = address, True
        elif run.text.endswith(":") or _KEYED.match(run.text):
            target = None
        elif target is not None:
            target.append(run)
    return (name[:1], address or name[1:]) if found and name else None


def _plain(runs: Sequence[Run]) -> tuple[list[Run], list[Run]]:
    """A name, then the lines of its address up to the town and the country."""
    x0 = min(run.box.x0 for run in runs)
    lines = [run for run in runs if run.box.x0 - x0 < 12 and not _KEYED.match(run.text) and not TITLE.fullmatch(run.text)]
    if len(lines) > 1 and _SALUTATION.fullmatch(lines[0].text):
        lines = lines[1:]
    town = next((at for at, run in enumerate(lines) if at and _POSTCODE.search(run.text)), None)
    if town is None:
        return lines[:1], lines[1:3]
    country = [run for run in lines[town + 1 : town + 2] if _COUNTRY.fullmatch(run.text)]
    return lines[:1], [*lines[1 : town + 1], *country]


def _fact(concept: str, runs: Sequence[Run]) -> Fact | None:
    if not runs:
        return None
    words = [word for run in runs for word in run.row.between(run.start, run.end)]
    return text_fact(concept, concept.replace("_", " "), ", ".join(run.text for run in runs), words)


def _sender(rows: Sequence[Row]) -> tuple[Party, Run | None] | None:
    """The seller by the line that has name, street and town in one, as over an address window; and that line, where it is one."""
    height = max(row.box.bottom for row in rows)
    for row in rows:
        if row.box.top > height / 2.2:
            return None
        parts = [part for part in _SENDER_MARKS.split(row.text) if part.strip()]
        town = next((at for at, part in enumerate(parts) if _POSTCODE.match(part.strip())), None)
        if len(parts) < 3 or town is None or town < 1:
            continue
        name = parts[0].strip()
        end = row.text.find(parts[town]) + len(parts[town].rstrip().partition("  ")[0])
        start = row.text.find(parts[1])
        address = ", ".join(part.strip().partition("  ")[0] for part in parts[1 : town + 1])
        party = Party(
            text_fact("seller_name", "seller name", name, row.between(0, len(name))),
            text_fact("seller_address", "seller address", address, row.between(start, end)),
        )
        return party, row.runs[0]
    return None


def _addressee(addresses: Sequence[_Block], seller: Party, sender: Run | None) -> _Block | None:
    """The address under the sender's line; else the first that is not the seller's."""
    mine = seller.name.amount.raw if seller.name else ""
    others = [block for block in addresses if not mine or not (block.runs[0].text in mine or mine in block.runs[0].text)]
    if sender is not None:
        under = [b for b in others if abs(b.runs[0].box.x0 - sender.box.x0) < 40 and b.runs[0].box.top > sender.box.top]
        if under:
            return under[0]
    return others[0] if mine and others else None


def _by_legal_form(rows: Sequence[Row]) -> Fact | None:
    for row in rows:
        for run in row.runs:
            if _LEGAL_FORM.search(run.text) and len(run.text) < 60 and not run.text.endswith("."):
                return _fact("seller_name", [run])
    return None


def _with_numbers(rows: Sequence[Row], blocks: Sequence[_Block], seller: Party, buyer: Party) -> tuple[Party, Party]:
    """VAT ids and numbers of the tax office: the buyer's where the words say so or it stands in the buyer's block."""
    ids: dict[str, Fact] = {}
    for code in find_vat_ids(rows):
        role = _role_of(code, blocks)
        mark = "" if code.valid else CHECKSUM_FAILS
        if role:
            words = code.row.between(code.start, code.end)
            ids.setdefault(role, text_fact(f"{role}_vat_id", code.label, code.text, words, mark=mark, context=code.row.text))
    numbers: dict[str, Fact] = {}
    for row in rows:
        for found in _TAX_NUMBER.finditer(row.text):
            code = Code(
                found["code"].strip(" .-/"),
                row,
                found.start("code"),
                found.end("code"),
                True,
                found.group()[: found.start("code") - found.start()],
            )
            role = _role_of(code, blocks)
            if role:
                mark = CHECKSUM_FAILS if _wrong_french(code) else ""
                printed = row.between(code.start, code.end)
                numbers.setdefault(role, text_fact(f"{role}_tax_number", code.label, code.text, printed, mark=mark, context=row.text))
    return (
        Party(seller.name, seller.address, ids.get("seller"), numbers.get("seller")),
        Party(buyer.name, buyer.address, ids.get("buyer"), numbers.get("buyer")),
    )


def _wrong_french(code: Code) -> bool:
    digits = re.sub(r"\D", "", code.text)
    if "siret" in code.label.lower():
        return not siret.is_valid(digits)
    return "siren" in code.label.lower() and not siren.is_valid(digits)


def _role_of(code: Code, blocks: Sequence[_Block]) -> str:
    box = code.row.box_of(code.start, code.end)
    for block in blocks:
        if block.section and any(run.row is code.row and run.start <= code.start < run.end for run in block.runs):
            return "" if block.section == "other" else block.section
    before = code.row.text[max(0, code.start - 40) : code.start]
    return "buyer" if _OF_BUYER.search(f"{code.label} {before}") and box.width > 0 else "seller"
