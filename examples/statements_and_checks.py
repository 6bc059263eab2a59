"""The statements of a report by line item and year, whether they foot, and what happens when a figure is wrong."""

from pathlib import Path

import finlens
from finlens.finance import interpret

report = finlens.read(Path(__file__).with_name("annual-report-en.pdf"), pages="7-9")
for statement in report.statements:
    print(f"{statement.kind}: {statement.title}, page {report.tables[statement.tables[0]].page}")

revenue = report.statements.income["revenue", 2023]
print(f"{revenue.label} 2023: {revenue.amount.raw} = {revenue.amount.absolute} {revenue.amount.unit}, page {revenue.source.page}")

for index, table in enumerate(report.tables):
    print(f"page {table.page}: {len(report.checks_of(index))} equations, {report.verdict(index)}")
print(report.checks[0].says)

# The same statement with one digit misread: finlens says which figure is in doubt.
rows = [["", "2024", "2023"], ["Products", "942.3", "884.0"], ["Services", "342.3", "301.1"], ["Total revenue", "1,264.6", "1,185.1"]]
doubtful = interpret(finlens.Document.from_parts(tables=[rows]))
print(doubtful.verdict(0), "·", "; ".join(f"{doubt.printed}: {doubt.why}" for doubt in doubtful.doubts))
