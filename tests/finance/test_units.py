"""What the words around a figure say about its scale, currency and kind."""

from decimal import Decimal

import pytest

from finlens.finance import kind_of_label, read_unit_note

K, M, BN = Decimal(1000), Decimal(10**6), Decimal(10**9)


@pytest.mark.parametrize(
    ("text", "scale", "currency", "share_scale"),
    [
        ("in millions of euros, except per share data", M, "EUR", None),
        ("(In millions)", M, None, None),
        ("(dollars in thousands, except share and per share amounts)", K, "USD", 1),
        ("$ in billions", BN, "USD", None),
        ("(000's omitted)", K, None, None),
        ("($000)", K, "USD", None),
        ("$'000", K, "USD", None),
        ("in thousands of U.S. dollars", K, "USD", None),
        ("expressed in thousands of Canadian dollars", K, "CAD", None),
        ("Amounts in €m", M, "EUR", None),
        ("(M€)", M, "EUR", None),
        ("en milliers d'euros", K, "EUR", None),
        ("en milliers d’euros", K, "EUR", None),
        ("en millions d'euros, sauf données par action", M, "EUR", None),
        ("(en K€)", K, "EUR", None),
        ("KEUR", K, "EUR", None),
        ("En k€", K, "EUR", None),
        ("en euros", 1, "EUR", None),
        ("€ million", M, "EUR", None),
        ("£m", M, "GBP", None),
        ("(In millions, except share data)", M, None, 1),
        ("(in millions, shares in thousands)", M, None, K),
        ("(₹ in crores)", Decimal(10**7), "INR", None),
        ("Millions of dollars", M, "USD", None),
        ("The table below presents net sales by contract type (in thousands):", K, None, None),
        ("In millions, except number of shares, which are reflected in thousands, and per share amounts", M, None, K),
    ],
)
def test_a_note_gives_scale_currency_and_what_it_does_not_apply_to(text, scale, currency, share_scale):
    note = read_unit_note(text)
    assert (note.scale, note.currency, note.share_scale) == (scale, currency, share_scale)


@pytest.mark.parametrize(
    "text", ["An increase of 12.3 million in revenue", "12,3 millions d'euros", "In 2019, $5 million was paid", "Revenue", "2019"]
)
def test_a_figure_in_a_sentence_is_no_note(text):
    assert read_unit_note(text).scale is None


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Basic EPS", "per share"),
        ("Résultat net par action (en euros)", "per share"),
        ("Dividends declared per share", "per share"),
        ("Weighted average shares used in computing earnings per share", "shares"),
        ("Nombre moyen d'actions", "shares"),
        ("Effective tax rate", "percent"),
        ("% of sales", "percent"),
        ("Taux d'imposition", "percent"),
        ("Interest rate swaps", None),
        ("Effect of exchange rate changes on cash", None),
        ("Gross margin", None),
        ("Days sales outstanding", "days"),
        ("Current ratio", "ratio"),
        ("Number of employees", "employees"),
        ("Effectif moyen", "employees"),
        ("Share-based compensation", None),
        ("Repurchase of common shares", None),
        ("Net sales", None),
    ],
)
def test_a_label_announces_its_kind_of_quantity(label, kind):
    assert kind_of_label(label) == kind
