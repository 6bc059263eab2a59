"""``finlens extract`` of a bank statement says which account it is, where it begins and ends, and whether it adds up."""

import io
import json

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from finlens.cli import main

PRINTED = [
    (60, 60, "Account statement"),
    (60, 84, "Statement period: 1 December 2023 to 31 January 2024"),
    (60, 100, "IBAN: GB29 NWBK 6016 1331 9268 19   Currency: GBP"),
    *((x, 150, text) for x, text in ((60, "Date"), (130, "Description"), (430, "Amount"), (510, "Balance"))),
    *((x, 170, text) for x, text in ((130, "Opening balance"), (520, "500.00"))),
    *((x, 190, text) for x, text in ((60, "4 Dec"), (130, "Electricity"), (430, "-84.20"), (520, "415.80"))),
    *((x, 205, text) for x, text in ((60, "5 Jan"), (130, "Salary"), (430, "100.00"), (520, "515.80"))),
    *((x, 230, text) for x, text in ((130, "Closing balance"), (520, "515.80"))),
]


@pytest.fixture
def statement(tmp_path):
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for x, y, text in PRINTED:
        canvas.drawString(x, A4[1] - y, text)
    canvas.save()
    path = tmp_path / "statement.pdf"
    path.write_bytes(buffer.getvalue())
    return str(path)


def test_a_person_sees_an_account_in_four_lines(statement, capfd):
    assert main(["extract", statement]) == 0
    shown = " ".join(capfd.readouterr().out.split())
    assert "Account GB29 NWBK 6016 1331 9268 19" in shown
    assert "opening 500.00 GBP · closing 515.80 GBP" in shown
    assert "2 transactions · in 100.00 GBP · out 84.20 GBP" in shown
    assert "3 of 3 hold" in shown


def test_a_program_gets_the_same(statement, capfd):
    main(["extract", statement])
    capfd.readouterr()
    assert main(["extract", statement, "--json"]) == 0  # from the cache now
    (account,) = json.loads(capfd.readouterr().out)["files"][0]["accounts"]
    assert account == {
        "iban": "GB29 NWBK 6016 1331 9268 19",
        "currency": "GBP",
        "opening": "500.00",
        "closing": "515.80",
        "transactions": 2,
        "money_in": "100.00",
        "money_out": "84.20",
        "checks": {"held": 3, "failed": []},
    }
