"""What numbers mean: amounts with their unit and scale, periods, line items, ratios."""

from finlens.finance.amounts import parse_amount
from finlens.finance.calendars import fiscal_calendar, fiscal_year_end
from finlens.finance.formats import format_amount
from finlens.finance.interpret import interpret
from finlens.finance.kinds import kind_of_label
from finlens.finance.languages import guess_language
from finlens.finance.numerals import Locale, guess_locale
from finlens.finance.periods import FiscalCalendar, parse_period
from finlens.finance.prose import find_amounts
from finlens.finance.units import UnitNote, read_unit_note

__all__ = [
    "FiscalCalendar",
    "Locale",
    "UnitNote",
    "find_amounts",
    "fiscal_calendar",
    "fiscal_year_end",
    "format_amount",
    "guess_language",
    "guess_locale",
    "interpret",
    "kind_of_label",
    "parse_amount",
    "parse_period",
    "read_unit_note",
]
