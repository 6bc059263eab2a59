"""Ask a report from Python: the value, its working, and the page and box behind each operand."""

from pathlib import Path

import finlens

report = finlens.read(Path(__file__).with_name("annual-report-en.pdf"), pages="7-9")
answer = finlens.ask(report, "What was the operating margin in fiscal 2024?")

print(answer.text)
print(f"value {answer.value} {answer.unit}, confidence {answer.confidence:.2f}")
print(answer.program.working)
for operand in answer.program.operands:
    print(f"  {operand.name}: {operand.amount.raw} on page {operand.citation.page}, box {operand.citation.box}")

print(finlens.ask(report, "What was the operating margin in fiscal 1998?").text)
