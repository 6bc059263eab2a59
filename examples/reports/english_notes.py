"""Northmere's notes to the accounts, its schedule of properties, and the auditors' page that will be scanned."""

from __future__ import annotations

from reports import northmere as n
from reports.amounts import add, en, millions, percent
from reports.english_statements import line
from reports.press import Press
from reports.tables import Column, Row, Table, draw

INCOME, CASH, BALANCE = n.income, n.cash, n.balance
USD = "(in millions of US dollars)"


def notes(press: Press) -> None:
    """Notes 1 to 9."""
    policies_and_segments(press)
    taxes_and_shares(press)
    debt_and_property(press)
    properties(press)


def policies_and_segments(press: Press) -> None:
    press.new_page()
    press.title("Notes to the consolidated financial statements")
    press.title("1. Summary of significant accounting policies", level=2)
    press.prose(
        [
            "**Basis.** The consolidated financial statements include the accounts of Northmere Instruments Corporation and of all "
            "companies that it "
            "controls. They are prepared under accounting principles generally accepted in the United States.",
            "**Revenue** is recognized when control of a product passes to the customer, which is mostly on delivery, and over the term "
            "of the contract for "
            "services and hosted software. Amounts billed ahead are deferred revenue.",
            "**Inventories** are stated at the lower of cost, first-in first-out, and net realizable value. **Property, plant and "
            "equipment** is stated at "
            "cost and depreciated in equal parts over useful lives of 20 to 40 years for buildings and 3 to 12 years for machinery and "
            "equipment.",
            "**Goodwill** is not amortized; it is tested for impairment every April. Acquired intangible assets are amortized over 6 to "
            "15 years.",
        ],
        columns=2,
        size=9,
    )
    press.title("2. Segments and geography", level=2)
    press.y += 2
    rows = [Row("Revenue:", kind="section")]
    rows += [line(name, values, indent=1, sign=not i) for i, (name, values) in enumerate(zip(n.SEGMENTS, n.segment_revenue, strict=True))]
    rows.append(line("Total revenue", INCOME["revenue"], kind="total", sign=True))
    rows.append(Row("Segment operating income:", kind="section"))
    rows += [line(name, values, indent=1, sign=not i) for i, (name, values) in enumerate(zip(n.SEGMENTS, n.segment_income, strict=True))]
    rows += [
        line("Total segment operating income", add(*n.segment_income), kind="total"),
        line("Corporate costs not allocated", n.corporate, indent=1),
        line("Amortization of acquired intangible assets", tuple(-v for v in INCOME["amortization"]), indent=1),
        line("Restructuring", tuple(-v for v in INCOME["restructuring"]), indent=1),
        line("Operating income", INCOME["operating income"], kind="grand", sign=True),
    ]
    years = [Column(str(year), 64, sign="$") for year in n.YEARS]
    draw(press, Table(years, rows, stub=USD, spans=[(0, 2, "Year ended June 30,")]), caption="Revenue and operating income by segment")
    heads = ("Measurement\nSystems", "Process\nControl", "Services and\nSoftware", "Corporate", "Total")
    lines = (
        ("Total assets", n.segment_assets),
        ("Depreciation and amortization", n.segment_depreciation),
        ("Capital expenditures", n.segment_capex),
    )
    rows = [line(label, (*values, sum(values)), sign=True) for label, values in lines]
    draw(
        press,
        Table([Column(head, 66, sign="$") for head in heads], rows, stub=USD, style="boxed"),
        caption="Other segment information, fiscal 2024",
    )
    shares = [percent(values[0], INCOME["revenue"][0]) for values in n.geography.values()]
    rows = [
        Row(name, (*(millions(v) for v in values), f"{share}%"), sign=not i)
        for i, ((name, values), share) in enumerate(zip(n.geography.items(), shares, strict=True))
    ]
    assert sum(shares) == 100
    rows.append(Row("Total revenue", (*(millions(v) for v in INCOME["revenue"]), "100.0%"), kind="grand", sign=True))
    draw(
        press,
        Table([*years, Column("Share of\n2024", 60)], rows, stub=USD, style="banded"),
        caption="Revenue by geography, after the place of the customer",
    )


def taxes_and_shares(press: Press) -> None:
    press.new_page()
    press.title("3. Income taxes", level=2)
    press.prose(
        [
            f"Income before income taxes was ${millions(INCOME['before tax'][0])} million in 2024, of which ${millions(1012)} million was "
            "earned in the United "
            f"States and ${millions(INCOME['before tax'][0] - 1012)} million abroad. Current tax was "
            f"${millions(INCOME['tax'][0] - CASH['deferred taxes'][0])} million, and "
            f"deferred tax a benefit of ${millions(-CASH['deferred taxes'][0])} million.",
        ]
    )
    press.y += 4
    rows, sums = [], [0, 0]
    for label, values in n.tax_rows:
        rates = [percent(v, b) for v, b in zip(values, INCOME["before tax"][:2], strict=True)]
        sums = [s + r for s, r in zip(sums, rates, strict=True)]
        rows.append(Row(label, _pairs(values, rates), sign=not rows))
    effective = [percent(v, b) for v, b in zip(INCOME["tax"][:2], INCOME["before tax"][:2], strict=True)]
    assert sums == effective
    rows.append(Row("Income tax expense and effective rate", _pairs(INCOME["tax"][:2], effective), kind="grand", sign=True))
    columns = [Column("Amount", 62, sign="$"), Column("Rate", 56), Column("Amount", 62, sign="$"), Column("Rate", 56)]
    draw(
        press,
        Table(columns, rows, stub=USD, spans=[(0, 1, "2024"), (2, 3, "2023")]),
        caption="Reconciliation of the statutory to the effective tax rate",
    )
    press.title("4. Earnings per share", level=2)
    press.y += 2
    rows = [
        line("Net income (in millions)", INCOME["net income"], sign=True),
        Row("Weighted average shares, basic (in thousands)", tuple(en(v) for v in n.basic_shares)),
        Row("Effect of options and share units (in thousands)", tuple(en(v) for v in n.dilution)),
        Row("Weighted average shares, diluted (in thousands)", tuple(en(v) for v in n.diluted_shares), kind="total"),
        Row("Basic earnings per share", tuple(str(v) for v in n.basic_eps), sign=True),
        Row("Diluted earnings per share", tuple(str(v) for v in n.diluted_eps), sign=True),
    ]
    years = [Column(str(year), 64, sign="$") for year in n.YEARS]
    draw(press, Table(years, rows, stub="Year ended June 30,", style="plain"))
    press.title("5. Inventories and receivables", level=2)
    press.y += 2
    stock = {"Raw materials and parts": (712, 768), "Work in process": (334, 351), "Finished goods": (638, 617)}
    assert add(*stock.values()) == BALANCE["inventories"]
    rows = [line(label, values, sign=not i) for i, (label, values) in enumerate(stock.items())]
    rows.append(line("Inventories", BALANCE["inventories"], kind="grand", sign=True))
    draw(press, Table([Column("June 30,\n2024", 70, sign="$"), Column("June 30,\n2023", 70, sign="$")], rows, stub=USD))
    press.prose(
        [
            "The allowance for doubtful accounts was $6.1 million at June 30, 2024 and $5.7 million at June 30, 2023. No customer made up "
            "more than 4% of "
            "revenue in any of the three years.",
        ]
    )
    press.title("6. Acquisition of Tarn Flow Systems", level=2)
    bought, owed = n.acquired, n.assumed
    paid = sum(bought.values()) - sum(owed.values())
    assert paid == -CASH["acquisitions"][0]
    press.prose(
        [
            f"On November 14, 2023 we acquired all shares of Tarn Flow Systems, Inc. for ${millions(paid)} million in cash, net of $3.2 "
            "million of cash acquired. "
            f"We recognized goodwill of ${millions(bought['goodwill'])} million, which is not deductible for tax, and customer relations "
            "and technology of "
            f"${millions(bought['intangibles'])} million, to be amortized over 11 years. Receivables of "
            f"${millions(bought['receivables'])} million, inventories of "
            f"${millions(bought['inventories'])} million and equipment of ${millions(bought['property'])} million were acquired, and "
            "liabilities of "
            f"${millions(sum(owed.values()))} million assumed. Since then the business has brought revenue of $19.0 million and an "
            "operating loss of $0.7 million.",
        ]
    )


def _pairs(amounts: tuple[int, ...], rates: list) -> tuple[str, ...]:
    shown = [f"({abs(rate)})%" if rate < 0 else f"{rate}%" for rate in rates]
    return (millions(amounts[0]), shown[0], millions(amounts[1]), shown[1])


def debt_and_property(press: Press) -> None:
    press.new_page()
    press.title("7. Debt", level=2)
    press.y += 2
    at = [Column("June 30,\n2024", 70, sign="$"), Column("June 30,\n2023", 70, sign="$")]
    rows = [line(label, values, sign=not i) for i, (label, values) in enumerate(n.debt.items())]
    rows += [
        line("Total debt", n.debt_total, kind="total"),
        line("Less: current portion", tuple(-v for v in BALANCE["current debt"])),
        line("Long-term debt, less current portion", BALANCE["long-term debt"], kind="grand", sign=True),
    ]
    draw(press, Table(at, rows, stub=USD))
    press.prose(
        [
            "The revolving credit facility and the term loan bear interest at the Secured Overnight Financing Rate plus 1.25%; the "
            "weighted average rate was "
            "6.58% at June 30, 2024 (2023: 6.31%). On March 12, 2024 we issued $150.0 million of 5.20% senior notes due 2034, and on "
            "April 1, 2024 we "
            "repaid the 3.75% senior notes at maturity. The fair value of all notes was about $281.0 million at June 30, 2024.",
        ]
    )
    press.y += 2
    rows = [
        line(f"Fiscal {year}" if year.isdigit() else year, (value,), sign=not i) for i, (year, value) in enumerate(n.maturities.items())
    ]
    rows.append(line("Total debt", (n.debt_total[0],), kind="grand", sign=True))
    draw(press, Table([Column("Due", 80, sign="$")], rows, stub=USD, style="banded"), caption="Maturities of debt")
    press.title("8. Property, plant and equipment", level=2)
    press.y += 2
    rows = [line(label, values, sign=not i) for i, (label, values) in enumerate(n.property_classes.items())]
    cost = add(*n.property_classes.values())
    rows += [
        line("Total cost", cost, kind="total"),
        line("Less: accumulated depreciation", n.accumulated_depreciation),
        line("Property, plant and equipment, net", BALANCE["property"], kind="grand", sign=True),
    ]
    draw(press, Table(at, rows, stub=USD))
    press.prose(
        [
            f"Depreciation expense was ${millions(n.depreciation[0])} million in 2024, ${millions(n.depreciation[1])} million in 2023 and "
            f"${millions(n.depreciation[2])} million in 2022. The schedule that follows lists the places at which we work and the cost of "
            "what stands there. It is in "
            "thousands of US dollars, while all statements are in millions.",
        ]
    )
    press.title("9. Commitments and contingencies", level=2)
    press.prose(
        [
            "We are party to claims that arise in the ordinary course of business. We have accrued $3.4 million for those whose loss is "
            "probable and can be "
            "estimated. We believe that the outcome of the others will not have a material effect on our financial position.",
        ]
    )


def properties(press: Press) -> None:
    """The table that runs over pages, in thousands where everything else is in millions."""
    press.new_page()
    press.title("Schedule of properties", sub="At June 30, 2024")
    press.y += 8
    rows, sums = [], (0, 0, 0)
    for region, sites in n.schedule_of_properties():
        rows.append(Row(region, kind="section"))
        for place, use, tenure, area, cost, worn in sites:
            mark = "(1)" if place.startswith("Rosario") else "(2)" if place.startswith("Gdynia") else ""
            rows.append(Row(place, (use, tenure, en(area), en(cost) + mark, en(-worn), en(cost - worn)), indent=1))
        part = (sum(s[3] for s in sites), sum(s[4] for s in sites), sum(s[5] for s in sites))
        rows.append(Row(f"Total {region}", ("", "", en(part[0]), en(part[1]), en(-part[2]), en(part[1] - part[2])), kind="total"))
        sums = add(sums, part)
    rows.append(Row("Total", ("", "", en(sums[0]), en(sums[1]), en(-sums[2]), en(sums[1] - sums[2])), kind="grand", sign=True))
    columns = [
        Column("Use", 78, align="left"),
        Column("Tenure", 44, align="left"),
        Column("Area\n(thousand\nsq. feet)", 52),
        Column("Cost", 66, sign="$"),
        Column("Accumulated\ndepreciation", 72),
        Column("Net book\nvalue", 66, sign="$"),
    ]
    draw(
        press,
        Table(columns, rows, stub="Place", size=7.5, leading=11, style="banded"),
        caption="Properties by region",
        scale="(in thousands of US dollars, except areas)",
    )
    press.y -= 2
    press.footnote("(1)  Closed in June 2024; held for sale.")
    press.footnote("(2)  Including construction in progress of $2,410 thousand.")


def auditors_report(press: Press) -> None:
    """Signed paper: it goes to the scanner, so nothing of it is in the text layer."""
    faces = press.house.faces
    press.text(press.left, press.y, "CALDER, WREN & HOLLIS LLP", faces.text_bold, 15)
    press.text(press.left, press.y + 14, "Certified Public Accountants · 40 Exchange Street, Boston", faces.text, 9.5)
    press.y += 56
    press.text(press.left, press.y, "REPORT OF INDEPENDENT AUDITORS", faces.text_bold, 12.5)
    press.y += 26
    press.prose(
        [
            "To the Shareholders and the Board of Directors of Northmere Instruments Corporation",
            "We have audited the consolidated balance sheets of Northmere Instruments Corporation as of June 30, 2024 and 2023, and the "
            "related "
            "consolidated statements of income, comprehensive income, changes in shareholders’ equity and cash flows for each of the "
            "three years in "
            "the period ended June 30, 2024, and the related notes.",
            "In our opinion, these financial statements present fairly, in all material respects, the financial position of the Company "
            "as of June 30, "
            "2024 and 2023, and the results of its operations and its cash flows for each of the three years in the period ended June 30, "
            "2024, in "
            "conformity with accounting principles generally accepted in the United States of America.",
            "We conducted our audits in accordance with generally accepted auditing standards. We are independent of the Company. We "
            "believe that the "
            "evidence that we have obtained is sufficient and appropriate for our opinion. The fees that we billed to the Company were as "
            "follows:",
        ],
        size=11,
    )
    press.y += 8
    lines = {"Audit fees": (2415, 2280), "Audit-related fees": (188, 164), "Tax fees": (312, 297), "All other fees": (25, 0)}
    rows = [Row(label, tuple(en(v) for v in values), sign=not i) for i, (label, values) in enumerate(lines.items())]
    rows.append(Row("Total fees", tuple(en(v) for v in add(*lines.values())), kind="grand", sign=True))
    columns = [Column("2024", 84, sign="$"), Column("2023", 84, sign="$")]
    draw(press, Table(columns, rows, stub="Year ended June 30, in thousands of dollars", size=10.5, leading=16))
    press.y += 8
    press.prose(["Audit fees include the audits of eleven subsidiaries abroad and of internal control over financial reporting."], size=11)
    press.y += 26
    press.text(press.left, press.y, "Calder, Wren & Hollis LLP", faces.text_italic, 17)
    press.text(press.left, press.y + 26, "Boston, Massachusetts", faces.text, 11)
    press.text(press.left, press.y + 41, "August 22, 2024", faces.text, 11)
