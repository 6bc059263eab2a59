"""The annual report of Northmere Instruments Corporation: cover to management's discussion, US letter, and the order of it all."""

from __future__ import annotations

from decimal import Decimal

from reportlab.lib.colors import HexColor, white

from reports import northmere as n
from reports.amounts import en, growth, millions, percent
from reports.charts import bars
from reports.english_notes import auditors_report, notes
from reports.english_statements import line, statements
from reports.fonts import ENGLISH
from reports.press import House, Press
from reports.scan import scanned_page
from reports.tables import Column, Row, Table, draw
from reports.typography import divide_english

HOUSE = House(
    title="Annual Report 2024",
    company="Northmere Instruments Corporation",
    language="en-US",
    size=(612, 792),
    faces=ENGLISH,
    ink=HexColor("#16355c"),
    band=HexColor("#e6ecf4"),
    continued="continued",
)
INCOME, CASH, BALANCE = n.income, n.cash, n.balance


def prose(press: Press, paragraphs: list[str], *, columns: int = 1, size: float | None = None) -> None:
    press.prose([divide_english(text) for text in paragraphs], columns=columns, size=size)


def money(tenths: int) -> str:
    return f"${millions(abs(tenths))} million"


def build(press: Press) -> None:
    """All pages of the report, in order."""
    cover(press)
    press.new_page()
    press.title("Contents", listed=False)
    press.contents()
    about(press)
    letter(press)
    highlights(press)
    discussion(press)
    statements(press)
    notes(press)
    scanned_page(press, auditors_report, seed=1707, skew=0.8)
    press.anchor("Report of independent auditors")


def cover(press: Press) -> None:
    press.new_page(running=False)
    width, height = HOUSE.size
    press.fill(0, 0, width, height * 0.62, HOUSE.ink)
    for number in range(9):
        press.fill(54 + number * 21, 300 - number * 17, 66 + number * 21, 420, HexColor("#3d6494") if number % 3 else HexColor("#c9a24b"))
    press.text(54, 120, "Northmere Instruments", ENGLISH.text, 34, color=white)
    press.text(54, 152, "Corporation", ENGLISH.text, 34, color=white)
    press.text(54, 548, "Annual Report 2024", ENGLISH.text, 27, color=HOUSE.ink)
    press.text(54, 574, "Fiscal year ended June 30, 2024", ENGLISH.sans, 12)
    press.rule(54, 690, 250, 0.7, HOUSE.ink)
    press.text(54, 706, "1200 Harbor Line Road, Fairhaven, Massachusetts", ENGLISH.sans, 8.5)
    press.text(54, 719, "Common stock: par value $0.01 per share", ENGLISH.sans, 8.5)


def about(press: Press) -> None:
    press.y += 44
    press.title("About this report", level=2, listed=False)
    prose(
        press,
        [
            "Northmere Instruments Corporation and its subsidiaries (“Northmere”, “we” or the “Company”) make measuring instruments, "
            "valves and control systems for process industries, and service them. Our fiscal year ends on June 30. References to “2024”, "
            "“2023” and “2022” are to the fiscal years ended June 30 of those years, unless we say otherwise.",
            "Amounts are in millions of US dollars, except per share data and where a table states another unit. Figures in brackets are "
            "negative; an en-dash stands for nil. Percentages are computed from the figures as printed.",
        ],
    )


def letter(press: Press) -> None:
    press.new_page()
    press.title("To our shareholders")
    press.y += 6
    rise = growth(*INCOME["revenue"][:2])
    prose(
        press,
        [
            f"Fiscal 2024 was the year in which the investments of the last three came to work together. Revenue rose {rise}% to "
            f"{money(INCOME['revenue'][0])}, operating income passed {money(1800)[:-8]} million for the first time, and we brought "
            f"{money(CASH['operating'][0])} of cash home from operations. Diluted earnings were ${n.diluted_eps[0]} per share, "
            f"against ${n.diluted_eps[1]} a year earlier.",
            "We did this in markets that gave us little help. Orders from chip makers stayed low until the spring, and customers in "
            "China put off plants that they had already designed. What carried us was the installed base: there are now more than "
            "410,000 Northmere instruments at work, and a customer who has one on a critical line wants it calibrated, connected and, "
            "in time, replaced by the next one.",
            "# Three things that we set out to do",
            "**Make services a business of its own.** Three years ago services and software were what we did after a sale. They now bring "
            f"{percent(INCOME['services'][0], INCOME['revenue'][0])}% of revenue, and more than half of that is under contracts of two "
            "years or longer. "
            f"Deferred revenue stood at {money(BALANCE['deferred revenue'][0])} at the year’s end.",
            "**Bring inventories down.** After two years in which we bought whatever parts we could find, we ended the year with "
            f"inventories of {money(BALANCE['inventories'][0])}, {money(BALANCE['inventories'][1] - BALANCE['inventories'][0])} less than "
            "a year before, "
            "while on-time delivery improved from 88% to 94%.",
            f"**Keep building.** Capital expenditures were {money(CASH['capex'][0])}. The new valve works in Gdynia made its first "
            "deliveries in "
            "February, and the calibration laboratory in Penang opened in May. In November we acquired Tarn Flow Systems, a maker of "
            f"ultrasonic flow meters, for {money(CASH['acquisitions'][0])} net of cash acquired.",
            "# How we use your money",
            f"We paid dividends of ${n.dividend_per_share[0]} per share, or {money(CASH['dividends'][0])} in all, and bought back stock "
            "for "
            f"{money(CASH['repurchases'][0])}. In March we issued {money(1500)} of senior notes due 2034 and repaid those that fell due. "
            "Debt "
            f"fell by {money(250)} over the year, to {money(n.debt_total[0])}.",
            "Research and development took "
            f"{money(INCOME['research'][0])}, or {percent(INCOME['research'][0], INCOME['revenue'][0])}% of revenue. We do not treat this "
            "as a cost to be "
            "managed down. Eleven products that did not exist two years ago brought a fifth of product revenue this year, and the "
            "Meridian platform, on which the next generation of all three families will run, goes to its first customers in the autumn.",
            "# What comes next",
            "We expect fiscal 2025 to begin slowly and end well. We plan capital expenditures of between $80 million and $90 million, most "
            "of it for the second phase in Gdynia, and we expect services to grow faster than products for the fifth year running. "
            "We will go on returning about half of free cash flow to you and keep the other half at work.",
            "None of this is done by a board or by a chief executive. It is done by 5,940 people in 64 places, to whom we owe the "
            "results on the pages that follow. On behalf of the Board I thank them, and you, for your trust.",
            "**Margaret A. Thorsby**",
            "Chair and Chief Executive Officer, August 22, 2024",
        ],
        columns=2,
        size=11,
    )


def highlights(press: Press) -> None:
    press.new_page()
    press.title("Key figures", sub="Five years to June 30, 2024, in millions of US dollars, except per share data and percentages")
    press.y += 14
    top = press.y
    revenue, earned = n.five_years["Revenue"], n.five_years["Operating income"]
    years = [str(year) for year in range(2020, 2025)]
    half = (press.right - press.left - 24) / 2
    labels = [millions(value) for value in revenue]
    ticks = [en(tick, nil="0") for tick in range(0, 1501, 500)]
    bars(press, "Revenue", years, revenue, labels, x=press.left, width=half, height=150, step=5000, ticks=ticks, color=HOUSE.ink)
    labels, ticks = [millions(value) for value in earned], [en(tick, nil="0") for tick in range(0, 201, 50)]
    color = HexColor("#b08a34")
    bars(
        press,
        "Operating income",
        years,
        earned,
        labels,
        x=press.left + half + 24,
        width=half,
        height=150,
        step=500,
        ticks=ticks,
        color=color,
    )
    press.y = top + 212
    rows = [Row(label, tuple(millions(value) for value in values), sign=label == "Revenue") for label, values in n.five_years.items()]
    share = [
        tuple(f"{percent(part, whole)}%" for part, whole in zip(n.five_years[key], revenue, strict=True))
        for key in ("Gross profit", "Operating income")
    ]
    rows[2:2] = [Row("as a percentage of revenue", share[0], indent=1)]
    rows[4:4] = [Row("as a percentage of revenue", share[1], indent=1)]
    rows += [
        Row("Net cash provided by operating activities", ("131.4", "148.8", *(millions(v) for v in reversed(CASH["operating"])))),
        Row("Capital expenditures", ("48.3", "52.9", *(millions(-v) for v in reversed(CASH["capex"])))),
        Row("Diluted earnings per share", ("1.04", "1.30", *(str(eps) for eps in reversed(n.diluted_eps))), sign=True),
        Row("Dividends per share", ("0.60", "0.66", *(str(paid) for paid in reversed(n.dividend_per_share))), sign=True),
        Row("Employees at year end", ("5,120", "5,265", "5,610", "5,735", "5,940(1)")),
    ]
    draw(
        press,
        Table([Column(year, 58, sign="$") for year in years], rows, stub="Year ended June 30,", style="banded"),
        caption="Five-year summary",
    )
    press.y -= 4
    press.footnote("(1)  Including 118 employees of Tarn Flow Systems, acquired in November 2023.")
    press.y += 12
    prose(
        press,
        [
            f"Revenue has grown by {growth(revenue[-1], revenue[0])}% over the four years since 2020. Over the same time operating income "
            "has almost "
            f"doubled, from {money(earned[0])} to {money(earned[-1])}, as services grew and as the cost of adding a customer to our "
            "software fell.",
        ],
    )


def discussion(press: Press) -> None:
    press.new_page()
    press.title("Management’s discussion and analysis")
    r, g = INCOME["revenue"], n.geography
    press.title("Results of operations", level=2)
    prose(
        press,
        [
            f"**Revenue.** In 2024 revenue rose {growth(r[0], r[1])}% to {money(r[0])}, from {money(r[1])} in 2023. Products brought "
            f"{money(INCOME['products'][0])}, an increase of {growth(*INCOME['products'][:2])}%, and services and software "
            f"{money(INCOME['services'][0])}, an "
            f"increase of {growth(*INCOME['services'][:2])}%. Acquisitions added 1.6 percentage points to growth and currency took away "
            "0.4 points. "
            f"Revenue in China fell {abs(growth(*g['China'][:2]))}% to {money(g['China'][0])}; in the United States it rose "
            f"{growth(*g['United States'][:2])}% to {money(g['United States'][0])}.",
            f"**Gross profit.** Gross profit was {money(INCOME['gross profit'][0])}, or {percent(INCOME['gross profit'][0], r[0])}% of "
            "revenue, against "
            f"{money(INCOME['gross profit'][1])}, or {percent(INCOME['gross profit'][1], r[1])}%, in 2023. Lower freight costs and better "
            "prices for parts "
            "added about 130 basis points; the start of production in Gdynia cost about 30 basis points.",
            f"**Operating expenses.** Research and development expense increased {growth(*INCOME['research'][:2])}% to "
            f"{money(INCOME['research'][0])}. "
            f"Selling, general and administrative expense increased {growth(*INCOME['selling'][:2])}% to {money(INCOME['selling'][0])}, "
            "which is "
            f"{percent(INCOME['selling'][0], r[0])}% of revenue (2023: {percent(INCOME['selling'][1], r[1])}%). Restructuring costs of "
            f"{money(INCOME['restructuring'][0])} are those of closing our plant in Rosario; there were none in 2023.",
            f"**Operating income** was {money(INCOME['operating income'][0])}, {growth(*INCOME['operating income'][:2])}% more than in "
            "2023. The operating margin "
            f"was {percent(INCOME['operating income'][0], r[0])}%, against {percent(INCOME['operating income'][1], r[1])}%.",
            f"**Interest and taxes.** Interest expense fell to {money(INCOME['interest expense'][0])} from "
            f"{money(INCOME['interest expense'][1])}, because we "
            f"repaid debt. The effective tax rate was {percent(INCOME['tax'][0], INCOME['before tax'][0])}% (2023: "
            f"{percent(INCOME['tax'][1], INCOME['before tax'][1])}%). "
            f"Net income was {money(INCOME['net income'][0])}, or ${n.diluted_eps[0]} per diluted share.",
        ],
    )
    press.y += 6
    columns = [
        Column("2024", 56, sign="$"),
        Column("2023", 56, sign="$"),
        Column("Change", 62),
        Column("Change\nat constant\ncurrency", 66),
    ]
    rows, constant = [], ("6.5%", "8.7%", "14.2%")
    for name, values, steady in zip(n.SEGMENTS, n.segment_revenue, constant, strict=True):
        rows.append(Row(name, (millions(values[0]), millions(values[1]), f"{growth(*values[:2])}%", steady), sign=not rows))
    rows.append(Row("Revenue", (millions(r[0]), millions(r[1]), f"{growth(*r[:2])}%", "8.8%"), kind="grand", sign=True))
    draw(
        press,
        Table(columns, rows, stub="Year ended June 30,", style="plain"),
        caption="Revenue by segment",
        scale="(in millions of US dollars)",
    )
    press.title("Orders and backlog", level=2)
    prose(
        press,
        [
            f"Orders received were {money(n.orders[0])}, {growth(*n.orders)}% more than in 2023. The backlog at June 30, 2024 was "
            f"{money(n.backlog[0])}, of which we "
            "expect to deliver about 80% in fiscal 2025. Orders from chip makers, which had fallen by a third in 2023, turned up again in "
            "the fourth quarter.",
        ],
    )
    press.y += 4
    rows = [
        line("Backlog at beginning of year", (n.backlog[1], n.backlog[2]), sign=True),
        line("Orders received", n.orders),
        line("Revenue", tuple(-value for value in r[:2])),
        line("Backlog at end of year", n.backlog[:2], kind="grand", sign=True),
    ]
    draw(
        press,
        Table(
            [Column(year, 64, sign="$") for year in ("2024", "2023")],
            rows,
            stub="(in millions of US dollars)",
            spans=[(0, 1, "Year ended June 30,")],
        ),
    )
    press.title("Outlook", level=2)
    prose(
        press,
        [
            "For fiscal 2025 we expect revenue to grow by between 5% and 7%, an operating margin of about 15%, and capital expenditures of "
            "between $80 million and $90 million. These are expectations and not promises; they rest on orders in hand, on exchange rates "
            "of "
            "June 30, 2024, and on our reading of our customers’ plans, any of which may change.",
        ],
    )
    press.new_page()
    liquidity(press)


def liquidity(press: Press) -> None:
    press.title("Liquidity and capital resources", level=2)
    free = CASH["operating"][0] + CASH["capex"][0]
    prose(
        press,
        [
            f"At June 30, 2024 we held cash and cash equivalents of {money(BALANCE['cash'][0])} (2023: {money(BALANCE['cash'][1])}) and "
            "short-term investments of "
            f"{money(BALANCE['investments'][0])}. Of the cash, {money(612)} was held by subsidiaries outside the United States. Our "
            "revolving credit "
            "facility of $300.0 million, which runs to 2029, was drawn by $50.0 million.",
            f"Operating activities provided {money(CASH['operating'][0])}, against {money(CASH['operating'][1])} in 2023: net income was "
            "higher, and inventories "
            f"released {money(CASH['inventories'][0])} where in 2023 they had taken up {money(CASH['inventories'][1])}. Free cash flow, "
            "which we define as "
            f"cash provided by operating activities less capital expenditures, was {money(free)}.",
        ],
        columns=1,
    )
    press.y += 4
    rows = [
        Row("Net cash provided by operating activities", tuple(millions(v) for v in CASH["operating"]), sign=True),
        Row("Capital expenditures", tuple(millions(v) for v in CASH["capex"])),
        Row(
            "Free cash flow", tuple(millions(a + b) for a, b in zip(CASH["operating"], CASH["capex"], strict=True)), kind="total", sign=True
        ),
        Row(
            "as a percentage of net income",
            tuple(f"{percent(a + b, c)}%" for a, b, c in zip(CASH["operating"], CASH["capex"], INCOME["net income"], strict=True)),
            indent=1,
        ),
    ]
    years = [Column(str(year), 64, sign="$") for year in n.YEARS]
    draw(
        press,
        Table(years, rows, stub="(in millions of US dollars)", spans=[(0, 2, "Year ended June 30,")]),
        caption="Free cash flow (not a measure under US GAAP)",
    )
    net = [d - BALANCE["cash"][i] - BALANCE["investments"][i] for i, d in enumerate(n.debt_total)]
    prose(
        press,
        [
            f"Total debt was {money(n.debt_total[0])} at June 30, 2024, and net debt, after cash and short-term investments, "
            f"{money(net[0])} "
            f"(2023: {money(net[1])}). The ratio of current assets to current liabilities was "
            f"{Decimal(BALANCE['current assets'][0]) / BALANCE['current liabilities'][0]:.2f}x (2023: "
            f"{Decimal(BALANCE['current assets'][1]) / BALANCE['current liabilities'][1]:.2f}x). "
            "Our credit agreements require a ratio of total debt to earnings before interest, taxes, depreciation and amortization of no "
            "more than 3.5x; "
            "at the year’s end it was "
            f"{Decimal(n.debt_total[0]) / (INCOME['operating income'][0] + CASH['depreciation and amortization'][0]):.1f}x.",
        ],
    )
    press.title("Market risk", level=2)
    prose(
        press,
        [
            "**Currencies.** About 57% of revenue is earned outside the United States. A change of 10% in the US dollar against all other "
            "currencies "
            "would have changed revenue of 2024 by about $74 million and operating income by about $11 million.",
            f"**Interest rates.** Of our debt, {money(1550)} bears interest at variable rates. A rise of 100 basis points would add about "
            "$1.6 million to yearly interest expense.",
            "**Prices of materials.** We buy stainless steel, nickel alloys and electronic parts, together about $210 million a year. We "
            "pass on most "
            "changes in their price within two quarters.",
        ],
    )
    press.title("Contractual obligations", level=2)
    press.y += 2
    columns = [Column(head, 58, sign="$") for head in ("Total", "Within\n1 year", "1–3 years", "3–5 years", "After\n5 years")]
    due = tuple(n.maturities.values())
    lines = [
        ("Debt", (sum(due), due[0], due[1] + due[2], due[3] + due[4], due[5])),
        ("Interest on fixed-rate debt", (892, 138, 265, 202, 287)),
        ("Operating leases", (640, 121, 203, 148, 168)),
        ("Purchase commitments (1)", (1186, 934, 252, 0, 0)),
    ]
    rows = [Row(label, tuple(millions(v) for v in values), sign=not i) for i, (label, values) in enumerate(lines)]
    for _, values in lines:
        assert values[0] == sum(values[1:])
    rows.append(Row("Total", tuple(millions(sum(values[k] for _, values in lines)) for k in range(5)), kind="grand", sign=True))
    draw(press, Table(columns, rows, stub="At June 30, 2024 (in millions of US dollars)", style="boxed"))
    press.y -= 4
    press.footnote("(1)  Orders that cannot be cancelled without a substantial penalty. Purchases that we may cancel are left out.")
