# ruff: noqa: E501 (a sentence form is read as one line; broken up it could not be compared with its neighbours)
"""French questions brought into the few orders of words that the sentence forms of `patterns` know.

French asks one thing in many orders ("combien la société a-t-elle versé de salaires", "quels salaires ont été versés", "à combien
s'élèvent les salaires"). Each rule here turns one of them into a plain one; names of lines stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

_OF = r"(?:du |de la |de l'|des |de |d')"
_THE = r"(?:le |la |les |l'|un |une |son |sa |ses |leur |leurs )"
_FIRM = r"(?:le groupe|la societe|l'entreprise|la compagnie|la maison|l'entite|la firme|elle|il|on)"
_DONE = r"(?:realise|degage|verse|paye|depense|investi|comptabilise|enregistre|constate|gagne|affiche|publie|inscrit|supporte|encaisse|produit|genere|consacre|reconnu|declare|distribue)(?:e|s|es)?"
_HAS = r"(?:emploie|employait|compte|comptait|dispose|disposait|possede|possedait|detient|detenait|affiche|affichait|a|avait)"
_ROSE = r"(?:augmente|progresse|cru|grimpe|monte|ameliore)e?s?"
_FELL = r"(?:diminue|baisse|recule|chute|regresse|decru|deteriore)e?s?"
_CHANGE = r"(?:progression|croissance|evolution|variation|hausse|baisse|augmentation|diminution|accroissement|recul)"
_PERCENT = r"(?:en pourcentage|en %|en pour cent|en termes relatifs|relative)"
_HIGH = r"(?:plus eleve|plus haut|plus fort|plus important|superieur|plus grand)e?s?"
_LOW = r"(?:moins eleve|plus bas|plus basse|plus faible|moins important|inferieur|plus petit)e?s?"
_ASKING = r"(?:de |d'|quel|combien|que |qu'|pourquoi|comment|a combien|a quel|sur |en quel|dans quel|parmi)"
_WHO = rf"(?:{_FIRM}|(?:le |la |l')[\w-]+)"
_RANK = r"(?:le|la|les) plus (?P<rank>eleve|haut|fort|important|faible|bas|basse|grand|petit)e?s?"

_IS_PART = re.compile(r"^(?:la |le )?(?:division|secteur|branche|zone|pole|filiale|segment)\b")


def _whole(found: re.Match[str]) -> str:
    """A part of the report's subject with what is measured of it: "la division Pompes" of sales is the sales of that division."""
    return f"{found['y']} de {found['x']}" if _IS_PART.match(found["x"]) else found["x"]


_INVERTED = re.compile(r"(?<=\w)(?:-t)?-(?:il|elle|ils|elles|on)\b")
_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(form), into)
    for form, into in (
        (r",? (?:arrondi|arrondir|arrondie)\b.*$", ""),
        (r"\bfin (?=(?:19|20)\d\d)", "au "),
        (r"\ba la (?:cloture|fin)(?: de (?:l'exercice|l'annee))? (?=(?:19|20)\d\d)", "au "),
        (r"\ba la (?:cloture|fin) de l'(?:exercice|annee) ", "au "),
        (r" sur un an\b", ""),
        (r"^(combien .+?) en moyenne\b", r"\1"),
        (r"\b((?:19|20)\d\d)-((?:19|20)\d\d)\b", r"\1 et \2"),
        (r"\beffectifs? moyens? total\b", "effectif moyen"),
        # what stands for another word: the plainer one is kept
        (rf"^(?P<head>.*?\b{_CHANGE}\b.*? )(?:{_OF}).+?, (?:c'est-a-dire|autrement dit|soit) {_OF}(?P<x>.+?)(?:, |$)", r"\g<head>de \g<x> "),
        (r"^quel(?:le|s|les)? (?:est|sont|etait|a ete) .+?, (?:c'est-a-dire|autrement dit|soit) (?P<x>.+)$", r"quel est \g<x>"),
        (rf"^quel est {_THE}?(?P<x>.+?) (?:rapporte|divise|ramene)e?s? (?:aux |au |a la |a l'|par )(?P<y>.+)$", r"rapport entre \g<x> et \g<y>"),
        # yes or no
        (rf"^(?:est-ce que )?(?P<x>(?!{_ASKING}).+?) (?:a|ont) {_ROSE}\b(?P<r>.*)$", r"did \g<x> increase \g<r>"),
        (rf"^(?:est-ce que )?(?P<x>(?!{_ASKING}).+?) (?:a|ont) {_FELL}\b(?P<r>.*)$", r"did \g<x> decrease \g<r>"),
        (
            rf"^(?:est-ce que )?(?P<x>(?!{_ASKING}).+?) (?:est|sont|etait|etaient) {_HIGH} (?P<new>(?:en |au |fin )?(?:\d+ \w+ )?(?:19|20)\d\d) (?:que|a) (?:celle? de |celui de |ceux de |en |au |fin )?(?P<old>(?:\d+ \w+ )?(?:19|20)\d\d)$",
            r"did \g<x> increase from \g<old> to \g<new>",
        ),
        (
            rf"^(?:est-ce que )?(?P<x>(?!{_ASKING}).+?) (?:est|sont|etait|etaient) {_LOW} (?P<new>(?:en |au |fin )?(?:\d+ \w+ )?(?:19|20)\d\d) (?:que|a) (?:celle? de |celui de |ceux de |en |au |fin )?(?P<old>(?:\d+ \w+ )?(?:19|20)\d\d)$",
            r"did \g<x> decrease from \g<old> to \g<new>",
        ),
        (
            rf"^(?:est-ce que )?(?P<x>(?!{_ASKING}).+?) (?:de |en )(?P<new>(?:19|20)\d\d) (?:est|sont|etait|etaient) {_HIGH} a (?:celle? de |celui de |ceux de |celles de )(?P<old>(?:19|20)\d\d)$",
            r"did \g<x> increase from \g<old> to \g<new>",
        ),
        (
            rf"^(?:est-ce que )?(?P<x>(?!{_ASKING}).+?) (?:de |en )(?P<new>(?:19|20)\d\d) (?:est|sont|etait|etaient) {_LOW} a (?:celle? de |celui de |ceux de |celles de )(?P<old>(?:19|20)\d\d)$",
            r"did \g<x> decrease from \g<old> to \g<new>",
        ),
        (
            rf"^(?:est-ce que )?(?P<a>(?!{_ASKING}).+?) (?:realise|degage|emploie|affiche|genere|compte) plus {_OF}(?P<m>.+?) que (?P<b>.+?)(?P<when> (?:en|au) .+)?$",
            r"was \g<m> de \g<a>\g<when> higher than \g<m> de \g<b>\g<when>",
        ),
        (
            rf"^(?:est-ce que )?(?P<a>(?!{_ASKING}).+?) (?:realise|degage|emploie|affiche|genere|compte) moins {_OF}(?P<m>.+?) que (?P<b>.+?)(?P<when> (?:en|au) .+)?$",
            r"was \g<m> de \g<a>\g<when> lower than \g<m> de \g<b>\g<when>",
        ),
        # shares
        (
            rf"^(?:quelle (?:part|proportion|fraction)|quel pourcentage) {_OF}(?P<y>.+?) (?:provient|proviennent|est realisee?|sont realisee?s|est faite?|vient|viennent) (?:{_OF}|en |au |aux |a l')(?P<x>.+)$",
            r"\g<x> en pourcentage de \g<y>",
        ),
        (
            rf"^(?:quelle (?:part|proportion|fraction)|quel pourcentage) {_OF}(?P<y>.+?) (?P<x>(?:le |la |les |l')\S.*?) (?:represente|representent|represent|constitue|constituent)\b(?P<r>.*)$",
            lambda found: f"{_whole(found)} en pourcentage de {found['y']}{found['r']}",
        ),
        (
            rf"^quel(?:le)? (?:est|etait|a ete) (?:la part|le poids|la proportion|le pourcentage) (?:{_OF})(?P<x>.+?) dans (?P<y>.+)$",
            r"\g<x> en pourcentage de \g<y>",
        ),
        (rf"^que represente(?:nt)? (?P<x>.+?) en (?:pourcentage|%|proportion|part) {_OF}(?P<y>.+)$", r"\g<x> en pourcentage de \g<y>"),
        # relative changes, then ratios and averages
        (rf"^quel(?:le|s|les)? (?:est|a ete|etait|fut),? ?{_PERCENT},? {_THE}?{_CHANGE} {_OF}(?P<x>.+)$", r"taux de variation de \g<x>"),
        (rf"^quel(?:le|s|les)? (?:est|a ete|etait|fut) {_THE}?{_CHANGE} {_PERCENT} {_OF}(?P<x>.+)$", r"taux de variation de \g<x>"),
        (rf"^quel(?:le|s|les)? (?:est|a ete|etait|fut) {_THE}?{_CHANGE} {_OF}(?P<x>.+?),? {_PERCENT}$", r"taux de variation de \g<x>"),
        (rf"^de (?:quel pourcentage|combien de pour cent|combien de %) (?P<x>.+?) (?:a|ont|s'est|se sont) (?:{_ROSE}|{_FELL}|varie|evolue)\b(?P<r>.*)$", r"taux de variation de \g<x> \g<r>"),
        (rf"^quel(?:le)? (?:est|etait|a ete) le rapport {_OF}(?P<x>.+?) (?:au |aux |a la |a l')(?P<y>.+)$", r"rapport entre \g<x> et \g<y>"),
        (
            rf"^quel(?:le|s|les)? (?:est|a ete|etait) (?!(?:{_THE})?(?:effectif|cout|taux)){_THE}?(?P<x>[^,]+?) (?:moyen|moyenne|moyens|moyennes) (?:{_OF}|sur |pour |entre )(?:la periode |les exercices |les annees )?(?P<r>.+)$",
            r"moyenne de \g<x> entre \g<r>",
        ),
        (r",? en (?:pourcentage|%|pour cent)$", ""),
        (r"^quel (?:est|etait|a ete) le ratio (?:d'|de |du )(?P<x>.+?) sur (?P<y>[^()]+?)(?: \([^)]*\))?(?P<r> (?:en|au|a) .+)?$", r"rapport entre \g<x> et \g<y>\g<r>"),
        # which row stands out
        (
            rf"^(?:quel|quelle) (?P<x>[\w' -]+?) (?:a |a realise |realise |affiche |a enregistre |presente |degage |a degage |emploie )(?P<y>.+?) {_RANK}(?P<r>.*)$",
            lambda found: f"which {found['x']} had the {'lowest' if found['rank'] in ('faible', 'bas', 'basse', 'petit') else 'highest'} {found['y']}{found['r']}",
        ),
        # look-ups
        (rf"^combien {_FIRM} a gagne\b[^(]*\((?P<x>[^)]+)\)(?P<r>.*)$", r"quel est \g<x>\g<r>"),
        (rf"^combien {_FIRM} a gagne\b(?P<r>.*)$", r"quel est le resultat net\g<r>"),
        (rf"^combien (?:{_FIRM}) a investi en (?P<x>.+)$", r"quelles sont les acquisitions de \g<x>"),
        (rf"^combien {_OF}(?P<x>.+?) {_WHO} (?:(?:a|ont|avait) {_DONE}|{_HAS})\b(?P<r>.*)$", r"quel est \g<x>\g<r>"),
        (rf"^(?:combien|que) {_WHO} (?:a|ont|avait) {_DONE} (?:{_OF}|en |pour |a titre de )?(?P<x>.+)$", r"quel est \g<x>"),
        (rf"^que doit {_FIRM} a ses (?P<x>.+)$", r"quelles sont les dettes \g<x>"),
        (rf"^de (?:quel(?:le|s|les)?|combien {_OF}) ?(?P<x>.+?) (?:{_FIRM} )?(?:dispose|disposait)\b(?: {_FIRM})?(?P<r>.*)$", r"quel est \g<x>\g<r>"),
        (rf"^quel(?:le|s|les)? (?P<x>.+?) (?P<part>(?:la division|le secteur|la branche|la filiale|le pole|la zone) \S+) (?:a|ont|avait) {_DONE}\b(?P<r>.*)$", r"quel est \g<x> de \g<part>\g<r>"),
        (rf"^quel(?:le|s|les)? (?P<x>.+?) {_WHO} (?:a|ont|avait) {_DONE}\b(?P<r>.*)$", r"quel est \g<x>\g<r>"),
        (
            r"^quel(?:le)? (?:est|etait|a ete) (?:le taux de |la )?marge operationnelle courante\b(?P<r>.*)$",
            r"resultat operationnel courant en pourcentage du chiffre d'affaires\g<r>",
        ),
        (r"^quel(?:le|s|les)? (?P<x>dividendes?.*?) (?:a|ont) ete (?:verse|paye|distribue)e?s?\b(?P<r>.*)$", r"quels sont les \g<x> verses\g<r>"),
        (rf"^quel(?:le|s|les)? (?P<x>.+?) (?:a|ont) ete {_DONE}\b(?P<r>.*)$", r"quel est \g<x>\g<r>"),
        (rf"^quel(?:le|s|les)? (?:est|sont|etait) (?P<x>.+?) {_DONE} (?:a l'|au |aux |a |par )(?P<r>.+)$", r"quel est \g<x> \g<r>"),
        (r"^combien (?:valent|vaut|valaient|valait|coutent|coute) (?P<x>.+)$", r"quel est \g<x>"),
        (r"^a combien (?:se sont eleve|s'est eleve|s'elevent|s'eleve|s'elevai(?:en)?t|se montai(?:en)?t|se montent?|ressort|ressortai(?:en)?t|ressortent)(?:e|s|es)? (?P<x>.+)$", r"quel est \g<x>"),
        (r"^sur combien d'(?P<u>annees|exercices|ans) (?P<x>.+)$", r"sur quelle duree \g<x>"),
    )
)  # fmt: skip
_ASKS_WORDS = re.compile(r"^(?:pourquoi|comment|qui|ou |quand|qu'est-ce|selon quel|sur quelle duree)")


def plainly(core: str, names: Collection[str] = ()) -> str:
    """A French question in the order of words that the sentence forms know; as it is where no rule fits.

    Args:
        core: The clause that asks, as `plain` gives it.
        names: Names that may be the company's, plain: as the subject of a sentence they are left out.
    """
    text = _INVERTED.sub("", core).strip(" ?.")
    text = re.sub(r"\s+", " ", text)
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!division )(?<!secteur )(?<!branche )(?<!zone )\b{re.escape(name)} (?=(?:{_HAS[3:-1]})\b)", "la societe ", text)
    if _ASKS_WORDS.match(text):
        return text
    for form, into in _RULES:
        text = form.sub(into, text)
    return re.sub(r"\s+", " ", text).strip()
