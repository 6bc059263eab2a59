"""Facts of inline XBRL and of XBRL instances, read by Arelle without a network and without the taxonomies they refer to.

What is read needs no taxonomy: an element's name, its context and unit, the value after the transformation that the tag
names (formats, scale, sign, continuations). So references to schemas are taken out first, and nothing is looked up.
"""

from __future__ import annotations

import datetime
import logging
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from finlens.errors import BackendFailed
from finlens.extras import require

_LINKBASE = "http://www.xbrl.org/2003/linkbase"
INLINE = ("http://www.xbrl.org/2013/inlineXBRL", "http://www.xbrl.org/2008/inlineXBRL")
_DAY = datetime.timedelta(days=1)
_UNTRANSFORMED = "(ixTransformValueError)"
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {
    **{word: number for number, word in enumerate(_ONES.split())},
    **{word: 10 * number for number, word in enumerate(_TENS.split(), 2)},
    "no": 0,
    "none": 0,
}


@dataclass(frozen=True, slots=True)
class TaggedFact:
    """A fact as its tag says it."""

    anchor: str
    """``id`` of the element in the file, "" where it has none."""
    element: str
    """"us-gaap:Revenues"."""
    printed: str
    """The text inside of the tag."""
    value: str
    """After transformation, scale and sign; "" for nil."""
    numeric: bool
    hidden: bool
    context: str
    entity: str
    start: datetime.date | None
    end: datetime.date | None
    """Last day; None for a context without dates ("forever")."""
    dimensions: tuple[tuple[str, str], ...] = ()
    """Axis and member, or the text of a typed dimension."""
    unit: str = ""
    """"USD", "USD/shares", "pure"."""
    decimals: str = ""
    scale: int = 0

    @property
    def number(self) -> str | None:
        """The value where it is a number."""
        return self.value if self.numeric and _NUMBER.fullmatch(self.value) else None


def read_xbrl(tree: Any, name: str) -> list[TaggedFact]:
    """Every fact of a parsed file, in document order.

    Args:
        tree: lxml tree of an XHTML file with inline XBRL, or of an XBRL instance; references to schemas are removed from it.
        name: What messages call it.

    Raises:
        ExtraMissing: Arelle is not installed.
        BackendFailed: it gives up on the file.
    """
    controller = require("arelle.Cntlr", extra="xbrl")
    for reference in list(tree.iter(f"{{{_LINKBASE}}}*")):
        if reference.tag.endswith(("schemaRef", "linkbaseRef", "roleRef", "arcroleRef")) and reference.getparent() is not None:
            reference.getparent().remove(reference)
    is_inline = any(True for space in INLINE for _ in tree.iter(f"{{{space}}}header"))
    with tempfile.TemporaryDirectory(prefix="finlens-") as folder:
        path = Path(folder) / ("report.xhtml" if is_inline else "report.xbrl")
        tree.write(str(path), encoding="UTF-8", xml_declaration=True)
        try:
            cntlr = controller.Cntlr(logFileName="logToBuffer", disable_persistent_config=True)
            cntlr.webCache.workOffline = True
            cntlr.webCache.cacheDir = str(Path(folder) / "cache")
            model = cntlr.modelManager.load(str(path))
            if model is None:
                raise ValueError("no XBRL could be loaded")
            facts = [_fact(fact, model) for fact in (*_flat(model.facts), *_undefined(model.undefinedFacts))]
            cntlr.close()
        except Exception as exc:  # Arelle lets through whatever lxml and its own model raise on damaged reports
            raise BackendFailed(
                f"The XBRL of {name} could not be read.",
                why=f"{type(exc).__name__}: {(str(exc).splitlines() or [''])[0][:160]}",
                hint="Its tables can be read: print it to PDF.",
            ) from exc
        finally:
            logging.getLogger("arelle").handlers.clear()
    return facts


def _flat(facts: Any) -> Iterator[Any]:
    """The facts, those inside of tuples too."""
    for fact in facts:
        if fact.isTuple:
            yield from _flat(fact.modelTupleFacts)
        else:
            yield fact


def _undefined(elements: Any) -> Iterator[Any]:
    """Facts of an instance: without its taxonomy Arelle cannot know that they are, but what refers to a context is one."""
    for element in elements:
        yield from (node for node in element.iter() if isinstance(node.tag, str) and node.get("contextRef"))


def _fact(fact: Any, model: Any) -> TaggedFact:
    context, unit = model.contexts.get(fact.get("contextRef")), model.units.get(fact.get("unitRef"))
    if hasattr(fact, "isNil"):
        value = "" if fact.isNil else str(fact.value)
    else:
        value = fact.text or ""
    printed = " ".join("".join(fact.itertext()).split())
    numeric = fact.get("unitRef") is not None
    if _UNTRANSFORMED in value:
        value = _spelled(fact, printed) if numeric else printed
    start, end = _days(context)
    return TaggedFact(
        anchor=fact.get("id") or "",
        element=str(fact.qname),
        printed=printed,
        value=" ".join(value.split()),
        numeric=numeric,
        hidden=any(parent.tag.endswith("}hidden") for parent in fact.iterancestors() if isinstance(parent.tag, str)),
        context=fact.get("contextRef") or "",
        entity=str(context.entityIdentifier[1]) if context is not None and context.entityIdentifier else "",
        start=start,
        end=end,
        dimensions=tuple(_dimensions(context)),
        unit=_unit(unit),
        decimals=fact.get("decimals") or "",
        scale=_whole(fact.get("scale")),
    )


def _spelled(fact: Any, printed: str) -> str:
    """A number in words, as the SEC's ``numwordsen`` has it: "no", "twenty-five"; "" for anything else."""
    total = 0
    for word in re.findall(r"[a-z]+", printed.lower()):
        if word == "hundred":
            total *= 100
        elif word in _WORDS:
            total += _WORDS[word]
        elif word != "and":
            return ""
    return f"{'-' if fact.get('sign') == '-' and total else ''}{total * 10 ** max(0, _whole(fact.get('scale')))}"


def _whole(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"[+-]?\d{1,2}", text.strip()) else 0


def _days(context: Any) -> tuple[datetime.date | None, datetime.date | None]:
    """First and last day: XBRL's end is the midnight after."""
    if context is None or context.isForeverPeriod:
        return None, None
    try:
        if context.isInstantPeriod:
            return None, (context.instantDatetime - _DAY).date()
        return context.startDatetime.date(), (context.endDatetime - _DAY).date()
    except (AttributeError, TypeError, OverflowError):  # a period that is no date
        return None, None


def _dimensions(context: Any) -> Iterator[tuple[str, str]]:
    for axis, member in sorted(context.qnameDims.items(), key=lambda item: str(item[0])) if context is not None else ():
        if member.isExplicit:
            yield str(axis), str(member.memberQname)
        else:
            yield str(axis), " ".join("".join(member.itertext()).split())


def _unit(unit: Any) -> str:
    if unit is None:
        return ""
    above, below = unit.measures
    names = ["*".join(measure.localName for measure in measures) for measures in (above, below)]
    return "/".join(name for name in names if name)
