"""Our units in words, in the size that the text writes them."""

from decimal import Decimal

from spacy.tokens import Doc

from monitor import assets
from monitor.domain.unit import Surface
from monitor.nlp.attributes import QuantitySpan
from monitor.units import load_units
from tests.quality.adapters.concepts import whole_of

TABLE = load_units((assets.models() / "ontology" / "units.toml").read_text(encoding="utf-8"))
_NAMES = {
    "count:item": "-",
    "ratio": "-",
    "magnitude": "-",
    "ton_unspecified": "ton",
    "million_british_thermal_unit": "mega british thermal unit",
    "GBP": "pound sterling",
    "CNY": "yuan",
    "ESP": "peseta",
}
_ALIKE = frozenset({"USD", "EUR", "JPY", "INR", "AUD", "CAD", "HKD", "NZD", "SGD", "CHF", "KRW", "TWD"})
_NOUNS = frozenset({"NOUN", "PROPN", "ADJ"})


def unit_in_words(doc: Doc, span: QuantitySpan) -> str:
    """The name of a figure's unit; of a count what is counted, of a share what it is of."""
    quantity, surface = span.quantity, doc.text[span.unit_start : span.unit_end]
    if quantity.unit == "percent" and not surface and span.counted is None:
        return f"% {whole_of(doc, span)}"
    if quantity.unit == "ratio" and surface:
        return surface
    if quantity.unit in ("year", "month", "week", "day") and _is_age(doc, span):
        return f"{quantity.unit} of age"
    if "/" in quantity.unit and any(one.unit == quantity.unit for one in TABLE.surfaces):
        return _plain(quantity.unit)
    top, _, bottom = quantity.unit.partition("/")
    if "/" in surface or "−" in surface:
        return surface
    is_first = span.same_as is not None and doc._.quantities[span.same_as].start > span.start
    is_told = span.counted is not None or is_first or span.end > max(span.number_end, span.unit_end)
    is_told = is_told and not doc.text[span.start : span.end].endswith(("each", "apiece"))
    form = _form(surface, top) or _sized(top, span.factor if not bottom else Decimal(1))
    above = _counted(doc, span) or (_plain(top) if form is None or form.factor == 1 else form.form)
    above = "-" if surface.lower().startswith("of ") else above
    above = "point" if surface.strip(".") == "p" else above
    if not bottom or not is_told:
        return above
    lower = _sized(bottom, (form.factor if form is not None else Decimal(1)) / span.factor)
    return f"{above} per {_plain(bottom) if lower is None else lower.form}"


def written_unit(doc: Doc, span: QuantitySpan) -> str:
    """The characters of the unit."""
    return "" if span.counted is not None else doc.text[span.unit_start : span.unit_end]


def _is_age(doc: Doc, span: QuantitySpan) -> bool:
    return span.aside == "age" or doc.text[span.end : span.end + 5].strip(" -").startswith("old")


def _counted(doc: Doc, span: QuantitySpan) -> str:
    """What is counted in its own words, each as a dictionary has it."""
    tokens = doc.char_span(span.unit_start, span.unit_end, alignment_mode="expand") if span.counted is not None else None
    return " ".join(t.lemma_.lower() if t.pos_ != "PROPN" else t.lower_ for t in tokens or () if t.pos_ in _NOUNS)


def _form(surface: str, unit: str) -> Surface | None:
    """The form of this unit that the text has."""
    forms = [one for one in TABLE.surfaces if one.unit == unit and _folded(one.form) == _folded(surface)]
    return next(
        (one for one in forms if one.form.replace(" ", "") == surface.replace(" ", "")), forms[0] if forms else None
    )


def _sized(unit: str, factor: Decimal) -> Surface | None:
    """A word for so much of this unit: 0.001 of a megawatt-hour is a kilowatt-hour."""
    words = (one for one in TABLE.surfaces if one.unit == unit and one.factor == factor and not one.exact_case)
    return next(words, None) if factor != 1 else None


def _folded(surface: str) -> str:
    return "".join(c for c in surface.lower() if c.isalnum() or c in "$€£¥%¢")


def _plain(unit: str) -> str:
    """A name of ours in words: "square_metre" is a square metre, "GEL" a georgian lari."""
    if unit in _NAMES or unit in _ALIKE:
        return _NAMES.get(unit, unit)
    if unit.isupper():
        forms = (one.form for one in TABLE.surfaces if one.unit == unit and not one.exact_case and one.factor == 1)
        return max(forms, key=lambda form: len(form.split()), default=unit)
    return unit.removeprefix("count:").partition(":")[0].replace("_", " ").replace("-", " ")
