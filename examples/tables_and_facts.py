"""Every table as a grid and as a frame, and every figure with its labels, scale, unit, period and place."""

from pathlib import Path

import finlens

report = finlens.read(Path(__file__).with_name("rapport-annuel-fr.pdf"), pages="6-9")
for table in report.tables:
    print(f"page {table.page}: {table.caption} ({table.row_count} × {table.column_count})")

print(report.tables[0].to_markdown())
print(report.tables[0].to_pandas().head())

for fact in report.facts()[:12]:
    label, amount = " › ".join(fact.label_path), fact.amount
    print(f"{label} | {amount.raw} = {amount.absolute} {amount.unit} | {fact.period and fact.period.end} | page {fact.source.page}")
