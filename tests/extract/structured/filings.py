# ruff: noqa: E501 - markup reads best a row a line
"""Small filings as tests need them: a 10-K and an ESEF report in inline XBRL, and an XBRL instance."""

import zipfile

_SPACES = (
    'xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xmlns:xbrli="http://www.xbrl.org/2003/instance" '
    'xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" '
    'xmlns:ixt-sec="http://www.sec.gov/inlineXBRL/transformation/2015-08-31" '
    'xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xbrldi="http://xbrl.org/2006/xbrldi" '
    'xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:us-gaap="http://fasb.org/us-gaap/2024" xmlns:dei="http://xbrl.sec.gov/dei/2024" '
    'xmlns:ifrs-full="https://xbrl.ifrs.org/taxonomy/2023-03-23/ifrs-full" xmlns:acme="http://acme.example/20241231"'
)


def context(name, start=None, end=None, member="", scheme="http://www.sec.gov/CIK", entity="0000012345"):
    segment = f'<xbrli:segment><xbrldi:explicitMember dimension="us-gaap:StatementBusinessSegmentsAxis">{member}</xbrldi:explicitMember></xbrli:segment>'
    when = (
        f"<xbrli:startDate>{start}</xbrli:startDate><xbrli:endDate>{end}</xbrli:endDate>"
        if start
        else f"<xbrli:instant>{end}</xbrli:instant>"
    )
    return (
        f'<xbrli:context id="{name}"><xbrli:entity><xbrli:identifier scheme="{scheme}">{entity}</xbrli:identifier>'
        f"{segment if member else ''}</xbrli:entity><xbrli:period>{when}</xbrli:period></xbrli:context>"
    )


def unit(name, measure, below=""):
    said = f"<xbrli:measure>{measure}</xbrli:measure>"
    if below:
        said = (
            f"<xbrli:divide><xbrli:unitNumerator>{said}</xbrli:unitNumerator>"
            f"<xbrli:unitDenominator><xbrli:measure>{below}</xbrli:measure></xbrli:unitDenominator></xbrli:divide>"
        )
    return f'<xbrli:unit id="{name}">{said}</xbrli:unit>'


UNITS = unit("usd", "iso4217:USD") + unit("per", "iso4217:USD", "xbrli:shares") + unit("eur", "iso4217:EUR") + unit("pure", "xbrli:pure")
YEARS = {f"y{year}": (f"{year}-01-01", f"{year}-12-31") for year in (2023, 2024)}
CONTEXTS = (
    "".join(context(name, *days) for name, days in YEARS.items())
    + context("i2024", end="2024-12-31")
    + context("i2023", end="2023-12-31")
    + context("q4", "2024-10-01", "2024-12-31")
    + context("europe", "2024-01-01", "2024-12-31", member="acme:EuropeMember")
)


def tag(element, text, where="y2024", *, unit="usd", scale=6, decimals=-6, sign="", form="ixt:num-dot-decimal", name=""):
    extra = (f' sign="{sign}"' if sign else "") + (f' id="{name}"' if name else "")
    return (
        f'<ix:nonFraction name="{element}" contextRef="{where}" unitRef="{unit}" scale="{scale}" decimals="{decimals}" format="{form}"{extra}>'
        f"{text}</ix:nonFraction>"
    )


def row(label, *figures, padding=0):
    """A row as filers print it: three physical columns to a figure, the dollar sign and the bracket in their own."""
    cells = "".join(f'<td colspan="3"></td><td>{before}</td><td>{figure}</td><td>{after}</td>' for before, figure, after in figures)
    return f'<tr><td colspan="3" style="padding:0 1pt 0 {2 + padding}pt">{label}</td>{cells}</tr>'


def us_filing(*, scale=6, body="", lead="") -> bytes:
    """A page of a 10-K; ``scale`` is that of the revenue tag of 2024."""
    head = '<tr><td colspan="3"></td><td colspan="3"></td><td colspan="9"><b>Year ended December 31,</b></td></tr>' + (
        '<tr><td colspan="3"></td><td colspan="3"></td><td colspan="3"><b>2024</b></td><td colspan="3"></td><td colspan="3"><b>2023</b></td></tr>'
    )
    rows = (
        row(
            "Revenues",
            ("$", tag("us-gaap:Revenues", "1,234", scale=scale, name="rev24"), ""),
            ("$", tag("us-gaap:Revenues", "1,100", "y2023"), ""),
        )
        + row("Operating expenses:")
        + row(
            "Cost of sales",
            ("", tag("us-gaap:CostOfRevenue", "1,290"), ""),
            ("", tag("us-gaap:CostOfRevenue", "1,000", "y2023"), ""),
            padding=9,
        )
        + row(
            "Net income (loss)",
            ("", "(" + tag("us-gaap:NetIncomeLoss", "56", sign="-"), ")"),
            ("", tag("us-gaap:NetIncomeLoss", "100", "y2023"), ""),
        )
        + row(
            "Net income (loss) per share",
            ("$", "(" + tag("us-gaap:EarningsPerShareBasic", "0.12", unit="per", scale=0, decimals=2, sign="-"), ")"),
            ("$", tag("us-gaap:EarningsPerShareBasic", "0.21", "y2023", unit="per", scale=0, decimals=2), ""),
        )
        + row(
            "Dividends paid",
            ("", "(" + tag("us-gaap:PaymentsOfDividends", "15"), ")"),
            ("", tag("us-gaap:PaymentsOfDividends", "—", "y2023", form="ixt:fixed-zero"), ""),
        )
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>{lead}
<html {_SPACES} xml:lang="en-US"><head><title>acme-20241231</title></head><body>
<div style="display:none"><ix:header><ix:hidden>
<ix:nonNumeric name="dei:DocumentType" contextRef="y2024">10-K</ix:nonNumeric>
<ix:nonNumeric name="dei:DocumentFiscalYearFocus" contextRef="y2024">2024</ix:nonNumeric>
<ix:nonNumeric name="dei:CurrentFiscalYearEndDate" contextRef="y2024">--12-31</ix:nonNumeric></ix:hidden>
<ix:references><link:schemaRef xlink:type="simple" xlink:href="http://127.0.0.1:9/acme-20241231.xsd"/></ix:references>
<ix:resources>{CONTEXTS}{UNITS}</ix:resources></ix:header></div>
<p>Acme Corporation — Form 10-K for the year ended
<ix:nonNumeric name="dei:DocumentPeriodEndDate" contextRef="y2024" format="ixt:date-monthname-day-year-en">December 31, 2024</ix:nonNumeric></p>
<hr style="page-break-after:always"/>
<p style="font-weight:700">CONSOLIDATED STATEMENTS OF OPERATIONS</p><p>(in millions, except per share amounts)</p>
<table>{head}{rows}</table>
<div style="page-break-after:always"></div>
<p><ix:nonNumeric name="us-gaap:SegmentReportingDisclosureTextBlock" contextRef="y2024" id="note" continuedAt="more">Revenue in Europe was
${tag("us-gaap:Revenues", "12.3", "europe", decimals=-5)} million in 2024 and the tax rate was
{tag("us-gaap:EffectiveIncomeTaxRateContinuingOperations", "21.5", unit="pure", scale=-2, decimals=3)}%.</ix:nonNumeric></p>
<p><ix:continuation id="more">It was earned by
{tag("us-gaap:NumberOfReportableSegments", "three", unit="pure", scale=0, decimals=0, form="ixt-sec:numwordsen")} segments.</ix:continuation></p>
{body}</body></html>""".encode()


def french_filing() -> bytes:
    """A page of an ESEF report under IFRS, in French."""
    where = {"scheme": "http://standards.iso.org/iso/17442", "entity": "969500ABCDEFGHIJKL12"}
    contexts = (
        context("n", "2024-01-01", "2024-12-31", **where)
        + context("p", "2023-01-01", "2023-12-31", **where)
        + context("f", end="2024-12-31", **where)
    )

    def figure(element, text, when, **more):
        return tag(element, text, when, unit="eur", scale=3, decimals=-3, form="ixt:num-comma-decimal", **more)

    return f"""<?xml version="1.0" encoding="UTF-8"?>
<html {_SPACES} xml:lang="fr"><head><title>Rapport annuel</title></head><body>
<div style="display:none"><ix:header><ix:references><link:schemaRef xlink:type="simple" xlink:href="acme-20241231.xsd"/></ix:references>
<ix:resources>{contexts}{UNITS}</ix:resources></ix:header></div>
<h2>Compte de résultat consolidé</h2><p>(en milliers d'euros)</p>
<table><tr><th></th><th>2024</th><th>2023</th></tr>
<tr><td>Chiffre d'affaires</td><td>{figure("ifrs-full:Revenue", "12 345,6", "n")}</td><td>{figure("ifrs-full:Revenue", "11 000,0", "p")}</td></tr>
<tr><td>Résultat net de l'exercice</td><td>({figure("ifrs-full:ProfitLoss", "234", "n", sign="-")})</td>
<td>{figure("ifrs-full:ProfitLoss", "1 020", "p")}</td></tr></table></body></html>""".encode()


def instance() -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?><xbrli:xbrl {_SPACES.replace('xmlns="http://www.w3.org/1999/xhtml" ', "")}>
<link:schemaRef xlink:type="simple" xlink:href="http://127.0.0.1:9/acme.xsd"/>{CONTEXTS}{UNITS}
<us-gaap:Revenues contextRef="y2024" unitRef="usd" decimals="-6">1234000000</us-gaap:Revenues>
<us-gaap:Revenues contextRef="y2023" unitRef="usd" decimals="-6">1100000000</us-gaap:Revenues>
<dei:EntityRegistrantName contextRef="y2024">Acme Corporation</dei:EntityRegistrantName></xbrli:xbrl>""".encode()


def package(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path
