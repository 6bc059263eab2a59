# ruff: noqa: E501 (one catalogue line a ratio reads and sorts better than wrapped ones)
"""Named ratios: what analysts ask for by name, each as an expression over line items.

An expression is arithmetic over concept names (`finance.concepts`) with ``average(x)`` for the mean of opening and closing
balance, ``prior(x)`` for the period before and ``change(x)`` for their difference. A question that brings its own
definition is answered with that one; these are for questions that only give the name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from finlens.finance.concepts import concept
from finlens.finance.taxonomy import Place
from finlens.finance.words import plain

_FUNCTIONS = frozenset({"average", "prior", "change", "optional"})
RatioUnit = Literal["percent", "ratio", "days", "money"]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A named ratio with its definition."""

    name: str
    unit: RatioUnit
    expression: str
    english: tuple[str, ...]
    french: tuple[str, ...]
    definition: str
    """In words, as the answer shows it."""

    @property
    def title(self) -> str:
        return self.english[0]

    @property
    def concepts(self) -> tuple[str, ...]:
        """The line items that it needs, in order of appearance; those in ``optional(…)`` too."""
        named = (word for word in re.findall(r"[a-z_]+", self.expression) if word not in _FUNCTIONS)
        return tuple(dict.fromkeys(named))

    @property
    def statements(self) -> dict[str, Place]:
        """Which statement each line item comes from: {"revenue": "income", "receivables": "balance sheet"}."""
        return {name: concept(name).statement for name in self.concepts}


# name | unit | expression | English names | French names | definition
_CATALOGUE = """
gross_margin | percent | (revenue - cost_of_revenue) / revenue | gross margin; gross profit margin; gross margin percentage; gross profit percentage | taux de marge brute; marge brute en pourcentage | (revenue − cost of revenue) ÷ revenue
operating_margin | percent | operating_income / revenue | operating margin; operating profit margin; operating income margin; ebit margin | marge opérationnelle; taux de marge opérationnelle; marge d'exploitation | operating income ÷ revenue
pretax_margin | percent | pretax_income / revenue | pretax margin; pre-tax margin; pretax profit margin | marge avant impôt | income before tax ÷ revenue
net_margin | percent | net_income / revenue | net profit margin; net margin; net income margin; profit margin | marge nette; taux de marge nette | net income ÷ revenue
ebitda | money | operating_income + depreciation_amortization | unadjusted ebitda; ebitda | ebitda | operating income + depreciation and amortization
ebitda_margin | percent | (operating_income + depreciation_amortization) / revenue | unadjusted ebitda margin; ebitda margin; ebitda % margin | marge d'ebitda; taux d'ebitda; marge ebitda | (operating income + depreciation and amortization) ÷ revenue
depreciation_margin | percent | depreciation_amortization / revenue | depreciation and amortization margin; d&a margin; depreciation and amortization % margin | dotations aux amortissements sur chiffre d'affaires | depreciation and amortization ÷ revenue
rd_intensity | percent | research_and_development / revenue | r&d intensity; research and development intensity; r&d as % of revenue | intensité de r&d | research and development ÷ revenue
sga_ratio | percent | selling_general_administrative / revenue | sg&a ratio; sg&a margin; sg&a as % of revenue | frais généraux sur chiffre d'affaires | selling, general and administrative ÷ revenue
effective_tax_rate | percent | income_tax / pretax_income | effective tax rate; effective income tax rate | taux effectif d'impôt; taux d'imposition effectif; taux effectif d'imposition; taux d'impôt effectif | income tax ÷ income before tax
working_capital | money | current_assets - current_liabilities | net working capital; working capital | fonds de roulement net | current assets − current liabilities
current_ratio | ratio | current_assets / current_liabilities | current ratio; working capital ratio | ratio de liquidité générale; ratio de liquidité | current assets ÷ current liabilities
quick_ratio | ratio | (cash_and_equivalents + optional(marketable_securities) + receivables) / current_liabilities | quick ratio; acid test ratio; acid-test ratio | ratio de liquidité réduite; ratio de liquidité immédiate | (cash + short-term investments + receivables) ÷ current liabilities
cash_ratio | ratio | (cash_and_equivalents + optional(marketable_securities)) / current_liabilities | cash ratio | ratio de trésorerie | (cash + short-term investments) ÷ current liabilities
operating_cash_flow_ratio | ratio | operating_cash_flow / current_liabilities | operating cash flow ratio | ratio de flux de trésorerie d'exploitation | cash from operations ÷ current liabilities
operating_cash_flow_margin | percent | operating_cash_flow / revenue | operating cash flow margin; cash flow margin | marge de trésorerie d'exploitation | cash from operations ÷ revenue
return_on_assets | ratio | net_income / average(total_assets) | return on assets; return on total assets; roa | rentabilité des actifs; rendement des actifs | net income ÷ average total assets
return_on_equity | percent | net_income / average(equity) | return on equity; return on shareholders equity; roe | rentabilité des capitaux propres; rendement des capitaux propres | net income ÷ average equity
asset_turnover | ratio | revenue / average(total_assets) | asset turnover ratio; asset turnover; total asset turnover | rotation des actifs; rotation de l'actif | revenue ÷ average total assets
fixed_asset_turnover | ratio | revenue / average(ppe_net) | fixed asset turnover ratio; fixed asset turnover | rotation des immobilisations | revenue ÷ average net property, plant and equipment
inventory_turnover | ratio | cost_of_revenue / average(inventories) | inventory turnover ratio; inventory turnover | rotation des stocks | cost of revenue ÷ average inventory
receivables_turnover | ratio | revenue / average(receivables) | receivables turnover; accounts receivable turnover; receivables turnover ratio | rotation des créances clients | revenue ÷ average receivables
days_sales_outstanding | days | 365 * average(receivables) / revenue | days sales outstanding; dso | délai moyen de règlement clients; délai de règlement clients; délai clients | 365 × average receivables ÷ revenue
days_inventory_outstanding | days | 365 * average(inventories) / cost_of_revenue | days inventory outstanding; dio; days of inventory | durée de rotation des stocks; délai d'écoulement des stocks | 365 × average inventory ÷ cost of revenue
days_payable_outstanding | days | 365 * average(payables) / (cost_of_revenue + change(inventories)) | days payable outstanding; days payables outstanding; dpo | délai moyen de règlement fournisseurs; délai de règlement fournisseurs; délai fournisseurs | 365 × average payables ÷ (cost of revenue + change in inventory)
cash_conversion_cycle | days | 365 * average(inventories) / cost_of_revenue + 365 * average(receivables) / revenue - 365 * average(payables) / (cost_of_revenue + change(inventories)) | cash conversion cycle; ccc | cycle de conversion de la trésorerie; cycle de trésorerie | days of inventory + days of sales − days of payables
interest_coverage | ratio | operating_income / interest_expense | interest coverage ratio; interest coverage; times interest earned; interest cover | couverture des intérêts; ratio de couverture des intérêts; couverture des frais financiers | operating income ÷ interest expense
net_debt | money | optional(short_term_debt) + optional(current_long_term_debt) + long_term_debt - cash_and_equivalents - optional(marketable_securities) | net debt; net financial debt | endettement net; dette nette; dette financière nette | debt − cash and short-term investments
total_debt | money | optional(short_term_debt) + optional(current_long_term_debt) + long_term_debt | total debt; debt on balance sheet; gross debt; financial debt; total borrowings; debt | dette financière; endettement brut; dette totale | short-term debt + current portion of long-term debt + long-term debt
debt_to_equity | ratio | total_liabilities / equity | liabilities to equity ratio; total liabilities to equity | ratio passif sur capitaux propres | total liabilities ÷ equity
equity_ratio | percent | equity / total_assets | equity ratio; equity to assets ratio | ratio d'autonomie financière; autonomie financière | equity ÷ total assets
debt_ratio | percent | total_liabilities / total_assets | debt ratio; liabilities to assets ratio; liability to asset ratio; total liabilities to total assets | ratio d'endettement | total liabilities ÷ total assets
free_cash_flow | money | operating_cash_flow - capital_expenditures | free cash flow; fcf | flux de trésorerie disponible; cash-flow libre; free cash flow | cash from operations − capital expenditures
free_cash_flow_margin | percent | (operating_cash_flow - capital_expenditures) / revenue | free cash flow margin; fcf margin | marge de flux de trésorerie disponible | (cash from operations − capital expenditures) ÷ revenue
free_cash_flow_conversion | percent | (operating_cash_flow - capital_expenditures) / net_income | free cash flow conversion; free cashflow conversion; fcf conversion | taux de conversion en trésorerie | (cash from operations − capital expenditures) ÷ net income
capex_intensity | percent | capital_expenditures / revenue | capex intensity; capex to revenue; capital expenditure intensity; capex to revenue ratio; capex as % of revenue; capital expenditures as % of revenue | taux d'investissement; investissements sur chiffre d'affaires | capital expenditures ÷ revenue
dividend_payout | ratio | dividends_paid / net_income | dividend payout ratio; payout ratio; dividend payout | taux de distribution; taux de distribution des dividendes | dividends paid ÷ net income
retention_ratio | ratio | 1 - dividends_paid / net_income_attributable | retention ratio; earnings retention ratio; plowback ratio | taux de rétention | 1 − dividends paid ÷ net income
earnings_per_share | money | net_income / shares_basic | computed earnings per share | bénéfice par action calculé | net income ÷ weighted average shares
book_value_per_share | money | equity / shares_outstanding | book value per share | actif net par action | equity ÷ shares outstanding
equity_multiplier | ratio | total_assets / equity | equity multiplier; financial leverage ratio | multiplicateur de capitaux propres; levier financier | total assets ÷ equity
capital_intensity | ratio | total_assets / revenue | capital intensity ratio; capital intensity | intensité capitalistique | total assets ÷ revenue
return_on_invested_capital | percent | operating_income * (1 - income_tax / pretax_income) / average(optional(short_term_debt) + optional(current_long_term_debt) + long_term_debt + equity - cash_and_equivalents) | return on invested capital; roic | rentabilité du capital investi; rendement du capital investi | operating income × (1 − effective tax rate) ÷ average (debt + equity − cash)
return_on_capital_employed | percent | operating_income / (total_assets - current_liabilities) | return on capital employed; roce | rentabilité des capitaux employés; roce | operating income ÷ (total assets − current liabilities)
capital_employed | money | total_assets - current_liabilities | capital employed | capitaux employés | total assets − current liabilities
net_operating_profit_after_tax | money | operating_income * (1 - income_tax / pretax_income) | net operating profit after tax; net operating profit after taxes; nopat | résultat opérationnel après impôt; nopat | operating income × (1 − effective tax rate)
net_debt_to_ebitda | ratio | (optional(short_term_debt) + optional(current_long_term_debt) + long_term_debt - cash_and_equivalents - optional(marketable_securities)) / (operating_income + depreciation_amortization) | net debt to ebitda; net debt / ebitda; net debt to ebitda ratio; net leverage ratio; net leverage | dette nette sur ebitda; ratio de levier net; levier d'endettement net | (debt − cash and short-term investments) ÷ EBITDA
debt_to_ebitda | ratio | (optional(short_term_debt) + optional(current_long_term_debt) + long_term_debt) / (operating_income + depreciation_amortization) | debt to ebitda; debt to ebitda ratio; total debt to ebitda; leverage ratio; gross leverage | dette sur ebitda; ratio de levier; levier d'endettement | debt ÷ EBITDA
financial_debt_to_equity | ratio | (optional(short_term_debt) + optional(current_long_term_debt) + long_term_debt) / equity | debt to equity ratio; debt-to-equity ratio; debt to equity | ratio dette sur capitaux propres; dette sur capitaux propres | debt ÷ equity
gearing | percent | (optional(short_term_debt) + optional(current_long_term_debt) + long_term_debt - cash_and_equivalents - optional(marketable_securities)) / equity | net debt to equity; net gearing; gearing ratio; gearing | taux d'endettement net; gearing | (debt − cash and short-term investments) ÷ equity
ebitda_interest_coverage | ratio | (operating_income + depreciation_amortization) / interest_expense | ebitda interest coverage; ebitda to interest; ebitda coverage | couverture des intérêts par l'ebitda | EBITDA ÷ interest expense
fixed_charge_coverage | ratio | (operating_income + lease_cost_operating) / (interest_expense + lease_cost_operating) | fixed charge coverage ratio; fixed-charge coverage; fixed charge coverage | couverture des charges fixes | (operating income + operating lease cost) ÷ (interest expense + operating lease cost)
cash_flow_to_debt | percent | operating_cash_flow / (optional(short_term_debt) + optional(current_long_term_debt) + long_term_debt) | cash flow to debt; cash flow to debt ratio; operating cash flow to total debt | flux d'exploitation sur dette | cash from operations ÷ debt
cash_conversion | percent | operating_cash_flow / net_income | cash conversion ratio; cash conversion rate; quality of earnings ratio | taux de conversion du résultat en trésorerie | cash from operations ÷ net income
payables_turnover | ratio | cost_of_revenue / average(payables) | payables turnover; accounts payable turnover; payables turnover ratio | rotation des dettes fournisseurs | cost of revenue ÷ average payables
working_capital_turnover | ratio | revenue / (current_assets - current_liabilities) | working capital turnover | rotation du fonds de roulement | revenue ÷ (current assets − current liabilities)
equity_turnover | ratio | revenue / average(equity) | equity turnover | rotation des capitaux propres | revenue ÷ average equity
operating_expense_ratio | percent | operating_expenses / revenue | operating expense ratio; opex ratio; opex to revenue; operating expenses as % of revenue | charges opérationnelles sur chiffre d'affaires | operating expenses ÷ revenue
cost_of_revenue_ratio | percent | cost_of_revenue / revenue | cost of revenue ratio; cost of sales ratio; cost of goods sold ratio; cogs margin; cogs % margin; cost of goods sold % margin | coût des ventes sur chiffre d'affaires | cost of revenue ÷ revenue
capex_to_depreciation | ratio | capital_expenditures / depreciation_amortization | capex to depreciation; reinvestment rate; capital expenditures to depreciation | investissements sur amortissements | capital expenditures ÷ depreciation and amortization
capex_to_operating_cash_flow | percent | capital_expenditures / operating_cash_flow | capex to operating cash flow; capex coverage | investissements sur flux d'exploitation | capital expenditures ÷ cash from operations
revenue_per_share | money | revenue / shares_diluted | revenue per share; sales per share | chiffre d'affaires par action | revenue ÷ diluted weighted average shares
operating_cash_flow_per_share | money | operating_cash_flow / shares_diluted | operating cash flow per share; cash flow per share | flux d'exploitation par action | cash from operations ÷ diluted weighted average shares
free_cash_flow_per_share | money | (operating_cash_flow - capital_expenditures) / shares_diluted | free cash flow per share; fcf per share | flux de trésorerie disponible par action | (cash from operations − capital expenditures) ÷ diluted weighted average shares
cash_per_share | money | (cash_and_equivalents + optional(marketable_securities)) / shares_outstanding | cash per share | trésorerie par action | (cash + short-term investments) ÷ shares outstanding
tangible_book_value | money | equity - optional(goodwill) - optional(intangibles) | tangible book value; tangible net worth | actif net tangible | equity − goodwill − intangible assets
total_payout | percent | (dividends_paid + share_repurchases) / net_income | total payout ratio; total shareholder payout | taux de distribution total | (dividends paid + share repurchases) ÷ net income
tax_burden | ratio | net_income / pretax_income | tax burden | poids de l'impôt | net income ÷ income before tax
"""


@cache
def catalogue() -> dict[str, Ratio]:
    """Every named ratio."""
    ratios: dict[str, Ratio] = {}
    for line in _CATALOGUE.strip().splitlines():
        name, unit, expression, english, french, definition = (part.strip() for part in line.split("|"))
        ratios[name] = Ratio(name, cast("RatioUnit", unit), expression, _split(english), _split(french), definition)
    return ratios


def _split(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(";"))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Ratio], ...]:
    named = [(plain(name), ratio) for ratio in catalogue().values() for name in (*ratio.english, *ratio.french)]
    named.sort(key=lambda pair: -len(pair[0]))
    return tuple(
        (re.compile(r"(?<![\w&])" + re.escape(name).replace(r"\ ", r"[\s-]+").replace("margin", r"(?:%\s*)?margin") + r"(?!\w)"), ratio)
        for name, ratio in named
    )


def find_ratio(text: str) -> tuple[Ratio, tuple[int, int]] | None:
    """The named ratio that a text mentions and where, the longest name first; None where it names none."""
    text = plain(text)
    for pattern, ratio in _patterns():
        found = pattern.search(text)
        if found:
            return ratio, found.span()
    return None


_IMPLIED: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"\bcapital[- ]intensi|\bintensite capitalistique|\bcapitalistique"), ("capital_intensity", "capex_intensity")),
    (re.compile(r"\bliquid(?:ity|ite)\b|\bshort[- ]term obligations\b"), ("quick_ratio", "current_ratio")),
    (re.compile(r"\bprofitab|\brentab"), ("operating_margin", "net_margin")),
    (re.compile(r"\bleverage[d]?\b|\bindebted|\bendett"), ("total_debt", "debt_to_equity")),
    (re.compile(r"\bsolven|\bsolvab"), ("debt_ratio", "interest_coverage")),
)
"""Judgements that a question asks for, and the ratios that analysts base them on."""


def implied_ratios(text: str) -> tuple[Ratio, ...]:
    """The ratios that a judgement is based on: "is it a capital-intensive business?"; none where no ratio is implied."""
    text = plain(text)
    return tuple(catalogue()[name] for pattern, names in _IMPLIED if pattern.search(text) for name in names)
