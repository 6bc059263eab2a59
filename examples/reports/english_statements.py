"""Northmere's primary statements: income, balance sheet, cash flows, changes in equity."""

from __future__ import annotations

from reports import northmere as n
from reports.amounts import en, millions
from reports.press import Press
from reports.tables import Column, Row, Table, draw

INCOME, CASH, BALANCE = n.income, n.cash, n.balance
SCALE = "(in millions of US dollars, except per share data)"


def statements(press: Press) -> None:
    """The four statements, a page each."""
    income_statement(press)
    balance_sheet(press)
    cash_flows(press)
    changes_in_equity(press)


def _years(width: float = 66) -> list[Column]:
    return [Column(str(year), width, sign="$") for year in n.YEARS]


def line(label: str, values: tuple[int, ...], *, kind: str = "item", indent: int = 0, sign: bool = False) -> Row:
    return Row(label, tuple(millions(value) for value in values), kind=kind, indent=indent, sign=sign)


def income_statement(press: Press) -> None:
    press.new_page()
    press.title("Consolidated statements of income", sub=SCALE)
    press.y += 8
    rows = [
        Row("Revenue:", kind="section"),
        line("Products", INCOME["products"], indent=1, sign=True),
        line("Services and software", INCOME["services"], indent=1),
        line("Total revenue", INCOME["revenue"], kind="total", indent=1),
        Row("Cost of sales:", kind="section"),
        line("Cost of products", INCOME["cost of products"], indent=1),
        line("Cost of services and software", INCOME["cost of services"], indent=1),
        line("Total cost of sales", INCOME["cost of sales"], kind="total", indent=1),
        line("Gross profit", INCOME["gross profit"], kind="total"),
        Row("Operating expenses:", kind="section"),
        line("Research and development", INCOME["research"], indent=1),
        line("Selling, general and administrative", INCOME["selling"], indent=1),
        line("Amortization of acquired intangible assets", INCOME["amortization"], indent=1),
        line("Restructuring", INCOME["restructuring"], indent=1),
        line("Total operating expenses", INCOME["operating expenses"], kind="total", indent=1),
        line("Operating income", INCOME["operating income"], kind="total"),
        line("Interest expense", INCOME["interest expense"]),
        line("Interest income", INCOME["interest income"]),
        line("Other income (expense), net", INCOME["other"]),
        line("Income before income taxes", INCOME["before tax"], kind="total"),
        line("Income tax expense", INCOME["tax"]),
        line("Net income", INCOME["net income"], kind="grand", sign=True),
        Row("", kind="space"),
        Row("Earnings per share:", kind="section"),
        Row("Basic", tuple(str(v) for v in n.basic_eps), indent=1, sign=True),
        Row("Diluted", tuple(str(v) for v in n.diluted_eps), indent=1, sign=True),
        Row("Weighted average shares outstanding (in thousands):", kind="section"),
        Row("Basic", tuple(en(v) for v in n.basic_shares), indent=1),
        Row("Diluted", tuple(en(v) for v in n.diluted_shares), indent=1),
        Row("Cash dividends declared per share", tuple(str(v) for v in n.dividend_per_share), sign=True),
    ]
    draw(press, Table(_years(), rows, size=8.5, leading=12.4, spans=[(0, 2, "Year ended June 30,")]))
    press.title("Consolidated statements of comprehensive income", level=2, sub="(in millions of US dollars)")
    press.y += 4
    c = n.comprehensive
    rows = [
        line("Net income", INCOME["net income"], sign=True),
        Row("Other comprehensive income (loss), net of tax:"),
        line("Foreign currency translation", c["translation"], indent=1),
        line("Cash flow hedges", c["hedges"], indent=1),
        line("Pension adjustments", c["pensions"], indent=1),
        line("Total other comprehensive income (loss)", c["other comprehensive"], kind="total", indent=1),
        line("Comprehensive income", c["comprehensive"], kind="grand", sign=True),
    ]
    draw(press, Table(_years(), rows, size=8.5, leading=12.4, spans=[(0, 2, "Year ended June 30,")]))
    press.footnote("The accompanying notes are an integral part of these consolidated financial statements.")


def balance_sheet(press: Press) -> None:
    press.new_page()
    press.title("Consolidated balance sheets", sub="(in millions of US dollars, except share and per share data)")
    press.y += 8
    rows = [
        Row("Assets", kind="section"),
        Row("Current assets:"),
        line("Cash and cash equivalents", BALANCE["cash"], indent=1, sign=True),
        line("Short-term investments", BALANCE["investments"], indent=1),
        line("Accounts receivable, net of allowances of $6.1 and $5.7", BALANCE["receivables"], indent=1),
        line("Inventories", BALANCE["inventories"], indent=1),
        line("Prepaid expenses and other current assets", BALANCE["prepaid"], indent=1),
        line("Total current assets", BALANCE["current assets"], kind="total", indent=2),
        line("Property, plant and equipment, net", BALANCE["property"]),
        line("Operating lease right-of-use assets", BALANCE["leases"]),
        line("Goodwill", BALANCE["goodwill"]),
        line("Intangible assets, net", BALANCE["intangibles"]),
        line("Deferred tax assets", BALANCE["deferred tax assets"]),
        line("Other assets", BALANCE["other assets"]),
        line("Total assets", BALANCE["assets"], kind="grand", sign=True),
        Row("", kind="space"),
        Row("Liabilities and shareholders’ equity", kind="section"),
        Row("Current liabilities:"),
        line("Accounts payable", BALANCE["payables"], indent=1, sign=True),
        line("Accrued compensation and benefits", BALANCE["compensation"], indent=1),
        line("Deferred revenue", BALANCE["deferred revenue"], indent=1),
        line("Current portion of long-term debt", BALANCE["current debt"], indent=1),
        line("Income taxes payable", BALANCE["taxes payable"], indent=1),
        line("Other current liabilities", BALANCE["other current"], indent=1),
        line("Total current liabilities", BALANCE["current liabilities"], kind="total", indent=2),
        line("Long-term debt, less current portion", BALANCE["long-term debt"]),
        line("Operating lease liabilities", BALANCE["lease liabilities"]),
        line("Deferred tax liabilities", BALANCE["deferred tax liabilities"]),
        line("Other long-term liabilities", BALANCE["other liabilities"]),
        line("Total liabilities", BALANCE["liabilities"], kind="total", indent=2),
        Row("Commitments and contingencies (Note 9)"),
        Row("Shareholders’ equity:"),
        line(
            "Common stock, $0.01 par value; 120,000,000 shares authorized; 61,204,318 and 60,871,552 shares issued",
            BALANCE["common stock"],
            indent=1,
        ),
        line("Additional paid-in capital", BALANCE["paid-in capital"], indent=1),
        line("Retained earnings", BALANCE["retained earnings"], indent=1),
        line("Accumulated other comprehensive loss", BALANCE["accumulated other"], indent=1),
        line("Treasury stock, at cost; 4,587,114 and 3,712,906 shares", BALANCE["treasury stock"], indent=1),
        line("Total shareholders’ equity", BALANCE["equity"], kind="total", indent=2),
        line("Total liabilities and shareholders’ equity", BALANCE["liabilities and equity"], kind="grand", sign=True),
    ]
    columns = [Column(str(year), 76, sign="$") for year in n.YEARS[:2]]
    draw(press, Table(columns, rows, size=8.5, leading=12.7, spans=[(0, 1, "June 30,")], style="plain"))
    press.footnote("The accompanying notes are an integral part of these consolidated financial statements.")


def cash_flows(press: Press) -> None:
    press.new_page()
    press.title("Consolidated statements of cash flows", sub="(in millions of US dollars)")
    press.y += 8
    labels = {
        "net income": "Net income",
        "depreciation and amortization": "Depreciation and amortization",
        "share-based compensation": "Share-based compensation",
        "deferred taxes": "Deferred income taxes",
        "other non-cash": "Other non-cash items",
        "receivables": "Accounts receivable",
        "inventories": "Inventories",
        "prepaid": "Prepaid expenses and other current assets",
        "payables": "Accounts payable",
        "compensation": "Accrued compensation and benefits",
        "deferred revenue": "Deferred revenue",
        "taxes payable": "Income taxes payable",
        "other liabilities": "Other liabilities",
        "capex": "Capital expenditures",
        "acquisitions": "Acquisitions of businesses, net of cash acquired",
        "disposals": "Proceeds from sales of property, plant and equipment",
        "purchases of investments": "Purchases of short-term investments",
        "maturities of investments": "Maturities of short-term investments",
        "borrowings": "Proceeds from issuance of long-term debt",
        "repayments": "Repayments of long-term debt",
        "dividends": "Cash dividends paid",
        "repurchases": "Repurchases of common stock",
        "options": "Proceeds from shares issued under employee plans",
    }
    rows = [Row("Operating activities", kind="section"), line("Net income", CASH["net income"], sign=True)]
    rows.append(Row("Adjustments to reconcile net income to net cash provided by operating activities:"))
    rows += [line(labels[key], CASH[key], indent=1) for key in n.OPERATING[1:5]]
    rows.append(Row("Changes in operating assets and liabilities, net of acquisitions:"))
    rows += [line(labels[key], CASH[key], indent=1) for key in n.OPERATING[5:]]
    rows.append(line("Net cash provided by operating activities", CASH["operating"], kind="total", indent=2))
    for name, keys, key in (("Investing", n.INVESTING, "investing"), ("Financing", n.FINANCING, "financing")):
        rows.append(Row(f"{name} activities", kind="section"))
        rows += [line(labels[item], CASH[item]) for item in keys]
        said = "used in" if key == "investing" else "(used in) provided by"
        rows.append(line(f"Net cash {said} {key} activities", CASH[key], kind="total", indent=2))
    rows += [
        line("Effect of exchange rates on cash", CASH["exchange"]),
        line("Increase (decrease) in cash and cash equivalents", CASH["change"], kind="total"),
        line("Cash and cash equivalents at beginning of year", CASH["opening"]),
        line("Cash and cash equivalents at end of year", CASH["closing"], kind="grand", sign=True),
        Row("", kind="space"),
        Row("Supplemental information:", kind="section"),
        line("Cash paid for interest", (208, 231, 187), indent=1, sign=True),
        line("Cash paid for income taxes, net of refunds", (427, 335, 289), indent=1),
        line("Right-of-use assets obtained for new leases", (84, 57, 121), indent=1),
    ]
    draw(press, Table(_years(), rows, size=8.5, leading=12.5, spans=[(0, 2, "Year ended June 30,")], leaders=True))
    press.footnote("The accompanying notes are an integral part of these consolidated financial statements.")


def changes_in_equity(press: Press) -> None:
    press.new_page()
    press.title("Consolidated statements of changes in shareholders’ equity", sub="(in millions of US dollars, except per share data)")
    press.y += 10
    heads = (
        "Common\nstock",
        "Additional\npaid-in\ncapital",
        "Retained\nearnings",
        "Accumulated\nother compre-\nhensive loss",
        "Treasury\nstock",
        "Total\nequity",
    )
    rows = []
    for label, values in n.equity_rows:
        kind = "item" if label.startswith("Balance at June 30, 2022") or not label.startswith("Balance") else "total"
        kind = "grand" if label.endswith("2024") else kind
        rows.append(Row(label, tuple(millions(v) for v in (*values, sum(values))), kind=kind, sign=label.startswith("Balance")))
        if label.endswith("2023"):
            rows.append(Row("", kind="space"))
    draw(press, Table([Column(head, 56 if i != 3 else 64, sign="$") for i, head in enumerate(heads)], rows, size=8, leading=13))
    press.y += 8
    press.title("Share data", level=2)
    press.prose(
        [
            "Our common stock is listed under the symbol NMIC. On August 9, 2024 there were 1,842 holders of record. The Board has "
            "approved a dividend of "
            "$0.23 per share for the first quarter of fiscal 2025. In fiscal 2024 we bought back 874,208 shares at an average price of "
            "$48.04; "
            "under the present program we may buy back another $138.0 million.",
        ],
    )
    press.y += 4
    columns = [Column(head, 66, sign="$") for head in ("High", "Low", "Close", "Dividend")]
    quarters = [
        ("First quarter", "47.82", "41.15", "44.36", "0.22"),
        ("Second quarter", "49.90", "42.08", "48.71", "0.22"),
        ("Third quarter", "53.44", "46.27", "51.18", "0.22"),
        ("Fourth quarter", "56.05", "48.93", "54.60", "0.22"),
    ]
    rows = [Row(label, tuple(values), sign=not i) for i, (label, *values) in enumerate(quarters)]
    draw(
        press,
        Table(columns, rows, stub="Fiscal 2024, in dollars per share", style="banded"),
        caption="Price of the common stock and dividends by quarter",
    )
    press.prose(
        [
            "**Total return.** One hundred dollars invested in our common stock on June 30, 2019, dividends reinvested, had become "
            "$168.40 on June 30, 2024; "
            "the same sum in the index of mid-sized companies had become $151.20.",
        ],
    )
