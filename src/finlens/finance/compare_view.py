"""A comparison in the words and numbers that people read: one scale a line, restatements as sentences, HTML for notebooks."""

from __future__ import annotations

import html
from decimal import Decimal

from finlens.documents.names import plain_number, statement_name, unit_in_words
from finlens.finance.comparison import ComparedLine, ComparedStatement, Comparison, Printed, Restatement


def in_scale(printed: Printed, scale: Decimal) -> Decimal:
    """The figure in units of ``scale``, every digit kept."""
    return printed.absolute / scale


def figure_text(printed: Printed, scale: Decimal) -> str:
    """As a statement prints it: "(1,234.5)", "–" for nothing."""
    value = in_scale(printed, scale)
    if printed.fact.amount.nil:
        return "–"
    amount = printed.fact.amount
    shift = (amount.scale / scale).adjusted()  # printed in thousands, shown in millions: three more decimals
    places = max(0, amount.decimals - shift)
    text = f"{abs(value):,.{places}f}"
    return f"({text})" if value < 0 else text


def shown_in(line: ComparedLine, printed: Printed) -> tuple[Decimal, str]:
    """The scale that a figure of a line is shown in, and its own unit where the line has another: euros beside dollars."""
    unit, scale = line.unit
    amount = printed.fact.amount
    return (scale, "") if amount.unit == unit else (amount.scale, unit_in_words(amount.unit, amount.scale))


def text_in_line(line: ComparedLine, printed: Printed) -> str:
    """A figure of a line as a statement prints it; with its unit where that is not the line's."""
    scale, unit = shown_in(line, printed)
    return " ".join(filter(None, (figure_text(printed, scale), unit)))


def unit_words(statement: ComparedStatement, line: ComparedLine) -> str:
    """The line's unit where it is not the statement's: "USD per share"."""
    return "" if line.unit == statement.unit else unit_in_words(*line.unit)


def place(comparison: Comparison, printed: Printed) -> str:
    """The words "report.pdf p. 45"."""
    return f"{comparison.documents[printed.document].name} p. {printed.fact.source.page}"


def restatement_words(comparison: Comparison, one: Restatement) -> str:
    """A sentence: "Total assets, 31 Dec 2023: 120 (a.pdf p. 3), then 118 (b.pdf p. 5): -2 USD millions (-1.7 %)"."""
    unit, scale = one.after.fact.amount.unit, one.after.fact.amount.scale
    before, after = (f"{figure_text(each, scale)} ({place(comparison, each)})" for each in (one.before, one.after))
    if one.change == "sign":
        return f"{one.label}, {one.span.label}: {before}, then {after}: the sign is another"
    share = f" ({one.difference / abs(one.before.absolute):+.1%})" if one.before.absolute else ""
    difference = f"{'+' if one.difference > 0 else ''}{plain_number(one.difference / scale)}"
    words = unit_in_words(unit, scale)
    return f"{one.label}, {one.span.label}: {before}, then {after}: {difference}{' ' + words if words else ''}{share}"


def comparison_to_html(comparison: Comparison) -> str:
    """What a notebook shows: a table a statement, then the restatements."""
    parts = [_statement_html(comparison, statement) for statement in comparison.statements]
    found = "".join(f"<li>{html.escape(restatement_words(comparison, one))}</li>" for one in comparison.restatements)
    parts.append(f"<p><b>{len(comparison.restatements)} figures printed otherwise</b></p><ul>{found}</ul>")
    parts += [f"<p>⚠ {html.escape(note)}</p>" for note in comparison.notes]
    return "".join(parts)


def _statement_html(comparison: Comparison, statement: ComparedStatement) -> str:
    heads = "".join(f"<th>{html.escape(span.label)}</th>" for span in statement.spans)
    rows = []
    for line in statement.lines:
        cells = []
        for printed in line.figures:
            if not printed:
                cells.append("<td></td>")
                continue
            where = html.escape("; ".join(f"{one.fact.amount.raw} {place(comparison, one)}" for one in printed))
            mark = ' style="background:#ffe08a"' if comparison.is_restated(printed) else ""
            cells.append(f'<td title="{where}"{mark}>{html.escape(text_in_line(line, printed[-1]))}</td>')
        unit = unit_words(statement, line)
        label = html.escape(line.label) + (f" <small>{html.escape(unit)}</small>" if unit else "")
        rows.append(f'<tr><th style="text-align:left">{label}</th>{"".join(cells)}</tr>')
    caption = f"{statement_name(statement.kind)} <small>{html.escape(unit_in_words(*statement.unit))}</small>"
    return f"<table><caption>{caption}</caption><tr><th></th>{heads}</tr>{''.join(rows)}</table>"
