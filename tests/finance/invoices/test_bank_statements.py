"""A bank statement gives its movements, its balances, and whether the one follows from the other."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from printed import read

TITLE_FR = [
    (60, 60, "RELEVÉ DE COMPTE", 16),
    (60, 84, "du 01/12/2023 au 31/01/2024"),
    (60, 100, "IBAN : FR76 3000 6000 0112 3456 7890 189"),
]
TITLE_EN = [
    (60, 60, "Account statement", 16),
    (60, 84, "Statement period: 1 December 2023 to 31 January 2024"),
    (60, 100, "IBAN: GB29 NWBK 6016 1331 9268 19"),
]


def french(amount):
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",")


def english(amount):
    return f"{amount:,.2f}"


def values(account):
    return [movement.amount.amount.value for movement in account.transactions]


def account_of(document):
    (account,) = document.accounts
    return account


def debit_credit(
    movements, *, opening, closing, write=french, head=("Date", "Valeur", "Libellé des opérations", "Débit", "Crédit"), words=None
):
    """Rows with money out and in in columns of their own; no running balance."""
    begins, ends = words or ("Solde précédent au 30/11/2023", "Nouveau solde au 31/01/2024")
    page = [(60, 150, head[0]), (110, 150, head[1]), (170, 150, head[2]), (460, 150, f">{head[3]}"), (540, 150, f">{head[4]}")]
    page += [(170, 170, begins), (540 if opening >= 0 else 460, 170, f">{write(abs(opening))}")]
    top = 190
    for day, label, amount in movements:
        page += [(60, top, day), (110, top, day), (170, top, label), (540 if amount >= 0 else 460, top, f">{write(abs(amount))}")]
        top += 15
    return [*page, (170, top + 10, ends), (540 if closing >= 0 else 460, top + 10, f">{write(abs(closing))}")]


MOVED = [
    ("04/12", "PRLV SEPA ELECTRICITE", Decimal("-84.20")),
    ("05/12", "VIR SALAIRE", Decimal("2310.55")),
    ("02/01", "CARTE 30/12 LIBRAIRIE", Decimal("-23.90")),
    ("15/01", "CHEQUE 0000123", Decimal("-1200.00")),
]
TOTAL = sum(amount for _, _, amount in MOVED)


def test_a_french_statement_with_debit_and_credit(tmp_path):
    opening = Decimal("1250.00")
    document = read(tmp_path, TITLE_FR + debit_credit(MOVED, opening=opening, closing=opening + TOTAL))
    account = account_of(document)
    assert account.iban.amount.raw == "FR76 3000 6000 0112 3456 7890 189"
    assert (account.opening.amount.value, account.closing.amount.value) == (opening, opening + TOTAL)
    assert values(account) == [amount for *_, amount in MOVED]
    assert [movement.label for movement in account.transactions] == [label for _, label, _ in MOVED]
    assert document.checks and all(check.holds for check in document.checks)
    assert document.invoices == () and not document.warnings


def test_days_without_a_year_lie_in_the_statements_period(tmp_path):
    document = read(tmp_path, TITLE_FR + debit_credit(MOVED, opening=Decimal(0), closing=TOTAL))
    assert [movement.date.period.end for movement in account_of(document).transactions] == [
        datetime.date(2023, 12, 4),
        datetime.date(2023, 12, 5),
        datetime.date(2024, 1, 2),
        datetime.date(2024, 1, 15),
    ]


def test_a_balance_that_does_not_follow_is_a_failing_check_and_a_warning(tmp_path):
    document = read(tmp_path, TITLE_FR + debit_credit(MOVED, opening=Decimal(100), closing=Decimal(100) + TOTAL + 9))
    (failing,) = [check for check in document.checks if not check.holds]
    assert (failing.kind, failing.difference) == ("running balance", 9)
    assert any("closing balance" in warning for warning in document.warnings)


def test_an_overdrawn_account(tmp_path):
    document = read(tmp_path, TITLE_FR + debit_credit(MOVED[:1], opening=Decimal(-50), closing=Decimal("-134.20")))
    account = account_of(document)
    assert (account.opening.amount.value, account.closing.amount.value) == (Decimal(-50), Decimal("-134.20"))
    assert all(check.holds for check in document.checks)


def running(movements, *, opening, signed, head=("Date", "Description", "Amount", "Balance")):
    """Rows with one column of amounts and the balance after each."""
    page = [(60, 150, head[0]), (130, 150, head[1]), (450, 150, f">{head[2]}"), (540, 150, f">{head[3]}")]
    page += [(60, 170, "1 Dec"), (130, 170, "Opening balance"), (540, 170, f">{english(opening)}")]
    top, balance = 190, opening
    for day, label, amount in movements:
        balance += amount
        shown = english(amount) if signed else english(abs(amount))
        page += [(60, top, day), (130, top, label), (450, top, f">{shown}"), (540, top, f">{english(balance)}")]
        top += 15
    return [*page, (130, top + 10, "Closing balance"), (540, top + 10, f">{english(balance)}")]


SPENT = [
    ("4 Dec", "ELECTRICITY DIRECT DEBIT", Decimal("-84.20")),
    ("5 Dec", "SALARY", Decimal("2310.55")),
    ("2 Jan", "BOOKSHOP", Decimal("-23.90")),
]


@pytest.mark.parametrize("signed", [True, False], ids=["signed amounts", "amounts whose sign only the balance tells"])
def test_an_english_statement_with_a_balance_on_each_line(tmp_path, signed):
    document = read(tmp_path, TITLE_EN + running(SPENT, opening=Decimal("500.00"), signed=signed))
    account = account_of(document)
    assert account.iban.amount.raw == "GB29 NWBK 6016 1331 9268 19"
    assert values(account) == [amount for *_, amount in SPENT]
    assert account.transactions[-1].date.period.end == datetime.date(2024, 1, 2)
    assert [movement.balance.amount.value for movement in account.transactions] == [
        Decimal("415.80"),
        Decimal("2726.35"),
        Decimal("2702.45"),
    ]
    assert len(document.checks) == 4 and all(check.holds for check in document.checks)


def test_paid_in_and_paid_out_with_a_balance_a_day(tmp_path):
    page = [
        *TITLE_EN,
        (60, 150, "Date"), (130, 150, "Payment type and details"), (400, 150, ">Paid out"), (470, 150, ">Paid in"), (540, 150, ">Balance"),
        (60, 170, "30 Nov 2023"), (130, 170, "Balance brought forward"), (540, 170, ">100.00"),
        (60, 190, "4 Dec 2023"), (130, 190, "Card payment"), (400, 190, ">30.00"),
        (130, 205, "Direct debit"), (400, 205, ">20.00"), (540, 205, ">50.00"),
        (60, 220, "5 Dec 2023"), (130, 220, "Salary"), (470, 220, ">1,000.00"), (540, 220, ">1,050.00"),
        (130, 240, "Balance carried forward"), (540, 240, ">1,050.00"),
    ]  # fmt: skip
    document = read(tmp_path, page)
    account = account_of(document)
    assert values(account) == [-30, -20, 1000]
    assert account.opening.amount.value == 100
    assert account.transactions[1].date.period.end == datetime.date(2023, 12, 4)
    assert len(document.checks) >= 2 and all(check.holds for check in document.checks)


def test_pages_are_carried_forward_without_becoming_movements(tmp_path):
    opening = Decimal("1000.00")
    first = TITLE_FR + debit_credit(MOVED[:2], opening=opening, closing=opening + TOTAL)[:-2]
    middle = opening + sum(amount for *_, amount in MOVED[:2])
    first += [(170, 240, "À reporter"), (540, 240, f">{french(middle)}")]
    second = debit_credit(MOVED[2:], opening=middle, closing=opening + TOTAL, words=("Report", "Nouveau solde au 31/01/2024"))
    document = read(tmp_path, first, second)
    account = account_of(document)
    assert values(account) == [amount for *_, amount in MOVED]
    assert {movement.amount.source.page for movement in account.transactions} == {1, 2}
    assert all(check.holds for check in document.checks)


def test_a_label_of_two_lines_is_one(tmp_path):
    page = TITLE_FR + debit_credit(MOVED[:1], opening=Decimal(100), closing=Decimal("15.80"))
    page += [(170, 201, "Mandat 8812 réf. 77")]
    account = account_of(read(tmp_path, page))
    assert account.transactions[0].label == "PRLV SEPA ELECTRICITE Mandat 8812 réf. 77"


def test_totals_of_movements_are_checked(tmp_path):
    page = TITLE_FR + debit_credit(MOVED[:2], opening=Decimal(0), closing=sum(amount for *_, amount in MOVED[:2]))
    page += [(170, 280, "Total des opérations"), (460, 280, ">84,20"), (540, 280, ">2 310,55")]
    document = read(tmp_path, page)
    assert sum(check.kind == "sum" for check in document.checks) == 2
    assert all(check.holds for check in document.checks)


def test_sections_of_deposits_and_withdrawals_give_the_signs(tmp_path):
    page = [
        (60, 60, "Checking account statement", 16),
        (60, 84, "January 1, 2024 through January 31, 2024"),
        (60, 110, "Beginning balance"), (540, 110, ">$1,000.00"),
        (60, 126, "Ending balance"), (540, 126, ">$1,250.00"),
        (60, 160, "Deposits and additions"),
        (60, 180, "Date"), (130, 180, "Description"), (540, 180, ">Amount"),
        (60, 200, "01/05"), (130, 200, "Payroll"), (540, 200, ">$300.00"),
        (60, 230, "Withdrawals"),
        (60, 250, "Date"), (130, 250, "Description"), (540, 250, ">Amount"),
        (60, 270, "01/17"), (130, 270, "Rent"), (540, 270, ">$50.00"),
    ]  # fmt: skip
    document = read(tmp_path, page)
    account = account_of(document)
    assert values(account) == [300, -50]
    assert [movement.date.period.end for movement in account.transactions] == [datetime.date(2024, 1, 5), datetime.date(2024, 1, 17)]
    assert document.checks and all(check.holds for check in document.checks)


def test_a_table_of_dates_and_amounts_is_no_account(tmp_path):
    page = [
        (60, 60, "Statement of changes", 16),
        (60, 150, "Date"), (170, 150, "Description"), (460, 150, ">Amount"),
        (60, 170, "04/12/2023"), (170, 170, "Dividend"), (460, 170, ">100.00"),
    ]  # fmt: skip
    assert read(tmp_path, page).accounts == ()


def test_accounts_come_back_from_json(tmp_path):
    document = read(tmp_path, TITLE_EN + running(SPENT, opening=Decimal("500.00"), signed=True))
    again = type(document).from_json(document.to_json())
    assert values(account_of(again)) == values(account_of(document))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    amounts=st.lists(st.decimals(-99999, 99999, places=2).filter(bool), min_size=1, max_size=20),
    opening=st.decimals(-9999, 9999, places=2),
    form=st.sampled_from([french, english]),
)
def test_any_movements_are_read_as_printed(tmp_path, amounts, opening, form):
    movements = [(f"{1 + at:02d}/12", f"OPERATION {chr(65 + at)}", amount) for at, amount in enumerate(amounts)]
    document = read(tmp_path, TITLE_FR + debit_credit(movements, opening=opening, closing=opening + sum(amounts), write=form))
    account = account_of(document)
    assert values(account) == amounts
    assert all(check.holds for check in document.checks)
