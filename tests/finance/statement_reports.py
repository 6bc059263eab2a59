"""Small reports as a reader leaves them, made of texts: a title over each table."""

from finlens.documents import Box, Cell, Document, Line, Page, Source, Table
from finlens.documents.model import Block

SHA = "cd" * 32


def block(text: str, top: float, role: str = "body") -> Block:
    box = Box(50, top, 500, top + 12)
    return Block(role, tuple(Line(line, box) for line in text.split("\n")), box=box)


def table(page: int, top: float, grid: list[list[str]], caption: str = "") -> Table:
    """A table whose first row is its head; labels that begin with spaces are set in."""
    cells = tuple(
        Cell(
            r,
            c,
            text.strip(),
            Source(SHA, page, Box(50 + 120 * c, top + 12 * r, 160 + 120 * c, top + 12 * r + 10), "parts"),
            header=r == 0,
            indent=(len(text) - len(text.lstrip())) // 2 if c == 0 else 0,
        )
        for r, row in enumerate(grid)
        for c, text in enumerate(row)
        if text.strip()
    )
    return Table(cells, ((page, Box(50, top, 500, top + 12 * len(grid))),), "parts", caption)


def document(pages: dict[int, list[Block]], tables: list[Table]) -> Document:
    made = tuple(Page(number, 595.0, 842.0, blocks=tuple(blocks)) for number, blocks in sorted(pages.items()))
    return Document(SHA, "report.pdf", made, tuple(tables), page_count=len(made))


HEAD = ["(in millions)", "December 31, 2024", "December 31, 2023"]
YEARS = ["(in millions)", "2024", "2023"]
BALANCE = [
    HEAD,
    ["Current assets:", "", ""],
    ["  Cash and cash equivalents", "$ 120", "$ 100"],
    ["  Accounts receivable, net", "80", "70"],
    ["  Total current assets", "200", "170"],
    ["Property and equipment, net", "300", "280"],
    ["Total assets", "$ 500", "$ 450"],
    ["Current liabilities:", "", ""],
    ["  Accounts payable", "60", "50"],
    ["  Total current liabilities", "60", "50"],
    ["Long-term debt", "140", "150"],
    ["Total liabilities", "200", "200"],
    ["Retained earnings", "300", "250"],
    ["Total stockholders’ equity", "300", "250"],
    ["Total liabilities and stockholders’ equity", "$ 500", "$ 450"],
]
INCOME = [
    YEARS,
    ["Net sales", "$ 400", "$ 360"],
    ["Cost of sales", "240", "220"],
    ["Gross profit", "160", "140"],
    ["Operating income", "90", "75"],
    ["Income before income taxes", "85", "70"],
    ["Provision for income taxes", "20", "15"],
    ["Net income", "$ 65", "$ 55"],
]
CASH = [
    YEARS,
    ["Operating activities:", "", ""],
    ["  Net income", "$ 65", "$ 55"],
    ["  Accounts receivable", "(10)", "(5)"],
    ["  Net cash provided by operating activities", "70", "62"],
    ["Investing activities:", "", ""],
    ["  Purchases of property and equipment", "(40)", "(35)"],
    ["  Net cash used in investing activities", "(40)", "(35)"],
    ["Financing activities:", "", ""],
    ["  Repayments of long-term debt", "(10)", "(12)"],
    ["  Net cash used in financing activities", "(10)", "(12)"],
    ["Net increase in cash and cash equivalents", "20", "15"],
]
