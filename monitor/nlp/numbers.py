"""Numerals and number words → exact numbers, with the worth of their last digit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from monitor.nlp.lexing import Lexed, Piece
from monitor.nlp.powers import power_of_ten

_LONGEST = 24  # characters of a numeral; what is longer is a serial number or an attack
_MOST_SCALES = 3  # "3 lakh crore"
_MOST_WORDS = 40
_MOST_DECIMALS = 6
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class NumberWords:
    """The number words of a language, lower case."""

    cardinals: Mapping[str, int]
    scales: Mapping[str, int]
    short_scales: Mapping[str, int]
    suffixes: Mapping[str, int]
    fractions: Mapping[str, int]
    vague: Mapping[str, tuple[int, int]]
    vague_times: Mapping[str, tuple[int, int]]
    vague_of: frozenset[str]
    multiples: Mapping[str, int]
    halves: Mapping[str, int]
    articles: frozenset[str]
    joiner: str
    half: str
    point: str
    bare_multiples: frozenset[str]
    multiple_followers: frozenset[str]
    ratio_joiners: tuple[tuple[str, ...], ...]
    mark_joiners: tuple[tuple[str, ...], ...]
    minus: frozenset[str]
    unicode_fractions: Mapping[str, tuple[int, int]]
    share_followers: frozenset[str]
    no_share_leads: frozenset[str]

    @staticmethod
    def of(data: Mapping[str, Any]) -> "NumberWords":
        """The words of a file such as models/cues/en/numbers.toml, already parsed."""
        words = data["words"]
        return NumberWords(
            cardinals=data["cardinals"],
            scales=data["scales"],
            short_scales=data["short_scales"],
            suffixes=data["suffixes"],
            fractions=data["fractions"],
            vague={word: (low, high) for word, (low, high) in data["vague"].items()},
            vague_times={word: (low, high) for word, (low, high) in data["vague_times"].items()},
            vague_of=frozenset(words["vague_of"]),
            multiples=data["multiples"],
            halves=data["halves"],
            articles=frozenset(words["articles"]),
            joiner=words["and"],
            half=words["half"],
            point=words["point"],
            bare_multiples=frozenset(words["bare_multiples"]),
            multiple_followers=frozenset(words["multiple_followers"]),
            ratio_joiners=tuple(sorted((tuple(j.split()) for j in words["in"]), key=len, reverse=True)),
            mark_joiners=tuple(tuple(j.split()) for j in words["in_of_mark"]),
            minus=frozenset(words["minus"]),
            unicode_fractions={sign: (top, bottom) for sign, (top, bottom) in words["unicode_fractions"].items()},
            share_followers=frozenset(words["share_followers"]),
            no_share_leads=frozenset(words["no_share_leads"]),
        )


@dataclass(frozen=True)
class Number:
    """A number as written: pieces `first` to `last` (half-open). `step`: the worth of its last digit.

    `kind`: digits, words, share (a fraction of something: `value` is percent), part (a fraction that multiplies what
    follows: "a quarter of a percentage point"), vague ("dozens": `low` and `high`), multiple ("doubled").
    `scaled`: a word or suffix such as million was part of it. `bare`: the numeral before that. `suffix`: the m of 2.5m.
    """

    first: int
    last: int
    value: Decimal
    step: Decimal
    kind: str
    scaled: bool = False
    bare: Decimal = Decimal(0)
    low: Decimal | None = None
    high: Decimal | None = None
    suffix: str = ""


def number_at(lexed: Lexed, index: int, words: NumberWords) -> Number | None:
    """The longest number that starts at this piece, or None."""
    piece = lexed.pieces[index]
    if piece.kind == "n":
        number = _digits(lexed, index, words)
    elif piece.kind == "w":
        number = _word_number(lexed, index, words)
    else:
        number = _sign_fraction(lexed, index, words)
    if number is None:
        return None
    return _in_every(lexed, number, words) or number


def number_starts(lexed: Lexed, words: NumberWords) -> Sequence[int]:
    """The indices of pieces at which a number may start."""
    heads = {*words.cardinals, *words.fractions, *words.vague, *words.vague_times, *words.multiples, *words.halves}
    heads |= {*words.scales, words.half}
    signs = words.unicode_fractions
    return [
        i
        for i, piece in enumerate(lexed.pieces)
        if piece.kind == "n"
        or (piece.kind == "w" and (piece.low in heads or (piece.low in words.articles and _opens(lexed, i + 1, words))))
        or (piece.kind == "s" and piece.text in signs)
    ]


def _opens(lexed: Lexed, index: int, words: NumberWords) -> bool:
    low = lexed.low(index)
    return low in words.scales or low in words.fractions


def _digits(lexed: Lexed, index: int, words: NumberWords) -> Number | None:
    piece = lexed.pieces[index]
    if len(piece.text) > _LONGEST:
        return None
    text = "".join(c for c in piece.text if c.isdigit() or c == ".")
    try:
        value = Decimal(text)
    except ArithmeticError:  # digits of other scripts that Decimal does not know
        return None
    number = Number(index, index + 1, value, last_digit_worth(text), "digits", bare=value)
    power = power_of_ten(lexed, number.last, text)
    if power is not None:
        factor, last = power
        return replace(number, last=last, value=value * factor, step=number.step * factor, scaled=True)
    number = _with_written_fraction(lexed, number, words)
    return _scale(lexed, number, words)


def last_digit_worth(numeral: str) -> Decimal:
    """0.1 for 41.5, 0.1 for 7.0, 10000 for 50000, 1 for 0."""
    _, point, decimals = numeral.partition(".")
    if point:
        return Decimal(1).scaleb(-len(decimals))
    stripped = numeral.rstrip("0")
    return Decimal(1).scaleb(len(numeral) - len(stripped)) if stripped.strip("0") else Decimal(1)


def _with_written_fraction(lexed: Lexed, number: Number, words: NumberWords) -> Number:
    """2½, 3/4, 1 1/2."""
    at = number.last
    if at < len(lexed.pieces) and lexed.pieces[at].text in words.unicode_fractions:
        top, bottom = words.unicode_fractions[lexed.pieces[at].text]
        # "$5.62¾": behind decimals it is a part of the last digit.
        unit = number.step if "." in lexed.pieces[number.first].text else Decimal(1)
        return replace(number, last=at + 1, value=number.value + unit * top / bottom, step=Decimal(0))
    own = _slash(lexed, number.first)
    if own is not None:
        return replace(number, last=number.first + 3, value=own, bare=own, step=Decimal(0))
    second = _slash(lexed, at)
    if second is not None and not lexed.pieces[at].glued:
        return replace(number, last=at + 3, value=number.value + second, step=Decimal(0))
    return number


def _slash(lexed: Lexed, index: int) -> Decimal | None:
    """A fraction such as 3/4; "24/7" and "9/11" are none."""
    pieces = lexed.pieces[index : index + 4]
    if len(pieces) < 3 or [p.kind for p in pieces[:3]] != ["n", "s", "n"] or pieces[1].text != "/":
        return None
    if not (pieces[1].glued and pieces[2].glued) or (len(pieces) > 3 and pieces[3].glued and pieces[3].text in "/-"):
        return None
    top, bottom = pieces[0].text, pieces[2].text
    if not (top.isdecimal() and bottom.isdecimal() and len(bottom) <= 2 and 0 < int(top) < int(bottom)):
        return None
    return Decimal(int(top)) / int(bottom) if int(bottom) in {2, 3, 4, 5, 6, 8, 10, 12, 16} else None


def _sign_fraction(lexed: Lexed, index: int, words: NumberWords) -> Number | None:
    piece = lexed.pieces[index]
    if piece.text not in words.unicode_fractions:
        return None
    top, bottom = words.unicode_fractions[piece.text]
    value = Decimal(top) / bottom
    return _scale(lexed, Number(index, index + 1, value, Decimal(0), "digits", bare=value), words)


def _scale(lexed: Lexed, number: Number, words: NumberWords) -> Number:
    """Multiply by what follows: a suffix (5.5bn) or words (3 lakh crore, 5-million)."""
    at = number.last
    runs_on = at + 1 < len(lexed.pieces) and lexed.pieces[at + 1].glued and lexed.pieces[at + 1].kind == "n"  # 80m2
    if at < len(lexed.pieces) and lexed.pieces[at].glued and lexed.pieces[at].text in words.suffixes and not runs_on:
        factor = Decimal(words.suffixes[lexed.pieces[at].text])
        suffix = lexed.pieces[at].text
        value, step = number.value * factor, number.step * factor
        return replace(number, last=at + 1, value=value, step=step, scaled=True, suffix=suffix)
    for _ in range(_MOST_SCALES):
        at = _past_hyphen(lexed, number.last)
        word = lexed.low(at)
        factor_of = words.scales.get(word) or words.short_scales.get(word)
        if factor_of is None:
            return number
        factor = Decimal(factor_of)
        number = replace(number, last=at + 1, value=number.value * factor, step=number.step * factor, scaled=True)
    return number


def _past_hyphen(lexed: Lexed, index: int) -> int:
    pieces = lexed.pieces
    if index + 1 < len(pieces) and pieces[index].text in "-‐‑" and pieces[index].glued and pieces[index + 1].glued:
        return index + 1
    return index


def _word_number(lexed: Lexed, index: int, words: NumberWords) -> Number | None:
    low = lexed.low(index)
    if low in words.vague or low in words.vague_times:
        vague = _vague(lexed, index, words)
        if vague is not None:
            return vague
    if low in words.halves and low not in words.fractions:
        return Number(index, index + 1, Decimal(words.halves[low]), Decimal(0), "multiple")
    if low in words.bare_multiples and lexed.low(index + 1) not in words.multiple_followers:
        return None
    if low in words.multiples:
        return Number(index, index + 1, Decimal(words.multiples[low]), Decimal(0), "multiple")
    fraction = _fraction(lexed, index, words)
    if fraction is not None:
        return fraction
    if low in words.articles:
        if lexed.low(index + 1) not in words.scales:
            return None
        cardinal = _cardinal(lexed, index + 1, words, given=1)
        return None if cardinal is None else replace(cardinal, first=index)
    if low in words.scales:
        # "million" alone: "several million"; no number.
        return None
    cardinal = _cardinal(lexed, index, words)
    return None if cardinal is None else _spoken_decimal(lexed, _and_a_half(lexed, cardinal, words), words)


def _vague(lexed: Lexed, index: int, words: NumberWords) -> Number | None:
    """Dozens, tens of thousands."""
    low = lexed.low(index)
    if low in words.vague_times and lexed.low(index + 1) == "of":
        scale = lexed.low(index + 2)
        factor = words.scales.get(scale.removesuffix("s"), 0)
        if scale.endswith("s") and factor >= 1000:
            ends = words.vague_times[low]
            return _between(index, index + 3, ends[0] * factor, ends[1] * factor + factor - 1)
    if low in words.vague and (low not in words.vague_of or lexed.low(index + 1) == "of"):
        return _between(index, index + 1, *words.vague[low])
    return None


def _between(first: int, last: int, low: int, high: int) -> Number:
    return Number(first, last, Decimal(low), Decimal(0), "vague", low=Decimal(low), high=Decimal(high))


def _cardinal(lexed: Lexed, index: int, words: NumberWords, given: int | None = None) -> Number | None:
    """Forty-one; one hundred and five; six million. `given`: the 1 of "a hundred", already read."""
    total, group, at, scaled, worth = 0, given, index, False, 1
    while at - index < _MOST_WORDS:
        word = lexed.low(at)
        if word in words.cardinals and _may_add(group, words.cardinals[word]):
            group = (group or 0) + words.cardinals[word]
            worth = 10 if words.cardinals[word] % 10 == 0 and words.cardinals[word] else 1
            at += 1
        elif word in words.scales and group is not None:
            scaled = True
            if words.scales[word] < 1000:
                group *= words.scales[word]
            else:
                total, group = total + group * words.scales[word], 0
            worth = words.scales[word]
            at += 1
        else:
            break
        at = _past_joiner(lexed, at, words, scaled=scaled, worth=worth)
    if group is None or at == index:
        return None
    while at > index and (lexed.low(at - 1) == words.joiner or lexed.pieces[at - 1].kind == "s"):
        at -= 1
    value = Decimal(total + group)
    step = Decimal(worth) if value >= _HUNDRED else Decimal(1)
    return Number(index, at, value, step, "words", scaled=scaled, bare=value)


def _may_add(group: int | None, value: int) -> bool:
    """Twenty takes five, hundred takes ninety; five takes nothing."""
    if not group:
        return True
    return (group % 100 == 0 and value < 100) or (group % 100 >= 20 and group % 10 == 0 and 0 < value < 10)


def _past_joiner(lexed: Lexed, at: int, words: NumberWords, *, scaled: bool, worth: int) -> int:
    """Step over the hyphen of "forty-one" and the "and" of "one hundred and five", where number words go on."""
    after = _past_hyphen(lexed, at)
    if after != at:
        return after if lexed.low(after) in words.cardinals or lexed.low(after) in words.scales else at
    if scaled and lexed.low(at) == words.joiner and lexed.low(at + 1) in words.cardinals:
        tail = _past_hyphen(lexed, at + 2)
        if lexed.low(tail) in words.cardinals:
            tail += 1
        # "one hundred and two hundred" are two numbers, "two hundred and fifty thousand" is one.
        return at if 0 < words.scales.get(lexed.low(tail), 0) <= worth else at + 1
    return at


def _and_a_half(lexed: Lexed, number: Number, words: NumberWords) -> Number:
    """Two and a half, three and three quarters; then a scale: two and a half million."""
    at = number.last
    if lexed.low(at) != words.joiner or number.scaled:
        return number
    fraction = _bare_fraction(lexed, at + 1, words)
    if fraction is None:
        return number
    value, last = fraction
    whole = replace(number, last=last, value=number.value + value, bare=number.value + value, step=Decimal(0))
    return _scale(lexed, whole, words)


def _spoken_decimal(lexed: Lexed, number: Number, words: NumberWords) -> Number:
    """Three point five; three point two five; then a scale."""
    at, digits = number.last + 1, ""
    if lexed.low(number.last) != words.point or number.scaled:
        return number
    while len(digits) < _MOST_DECIMALS and 0 <= words.cardinals.get(lexed.low(at), 99) <= 9:
        digits, at = digits + str(words.cardinals[lexed.low(at)]), at + 1
    if not digits:
        return number
    value, step = number.value + Decimal(f"0.{digits}"), Decimal(1).scaleb(-len(digits))
    return _scale(lexed, replace(number, last=at, value=value, step=step, bare=value), words)


def _bare_fraction(lexed: Lexed, index: int, words: NumberWords) -> tuple[Decimal, int] | None:
    """A half, three-quarters: the value and the piece after it."""
    low = lexed.low(index)
    if low == words.half:
        return Decimal("0.5"), index + 1
    top = 1 if low in words.articles else words.cardinals.get(low, 0)
    at = _past_hyphen(lexed, index + 1)
    bottom = words.fractions.get(lexed.low(at), 0)
    if not 0 < top < bottom or (top > 1) != lexed.low(at).endswith("s"):
        return None
    return Decimal(top) / bottom, at + 1


def _fraction(lexed: Lexed, index: int, words: NumberWords) -> Number | None:
    """Half, a third, two-thirds: a share, or a part of the unit or scale that follows."""
    found = _bare_fraction(lexed, index, words)
    lead = lexed.low(index - 1)
    if found is None and lexed.low(index) in words.fractions and not lexed.low(index).endswith("s"):
        # "quarter point", "quarter of a percentage point" without an article
        found = Decimal(1) / words.fractions[lexed.low(index)], index + 1
        if lexed.low(index) != "quarter" or lead in words.no_share_leads:
            return None
    if found is None:
        return None
    value, last = found
    if lexed.low(index) == words.half and lead in words.no_share_leads - {"the"}:
        return None
    part = Number(index, last, value, Decimal(0), "part", bare=value)
    return _part_of_scale(lexed, part, words) or part


def _part_of_scale(lexed: Lexed, part: Number, words: NumberWords) -> Number | None:
    """Half a million, a quarter of a million, half a dozen."""
    at = part.last
    if lexed.low(at) == "of":
        at += 1
    if lexed.low(at) in words.articles:
        at += 1
    factor = words.scales.get(lexed.low(at))
    if factor is None or factor == 100:
        return None
    value = part.value * factor
    return Number(part.first, at + 1, value, Decimal(0), "words", scaled=True, bare=value)


def _in_every(lexed: Lexed, number: Number, words: NumberWords) -> Number | None:
    """One in five, nine out of ten, 4.6 out of 10: a share."""
    if number.kind not in ("digits", "words") or number.scaled:
        return None
    joiners = words.ratio_joiners if number.value == int(number.value) else words.mark_joiners
    for joiner in joiners:
        if all(lexed.low(number.last + i) == word for i, word in enumerate(joiner)):
            at = number.last + len(joiner)
            other = _plain_number(lexed, at, words)
            if other is not None and 0 < number.value < other.value and _like(lexed.pieces[number.first], other, lexed):
                share = _HUNDRED * number.value / other.value
                return Number(number.first, other.last, _tidy(share), Decimal(0), "share", bare=number.value)
    return None


def _plain_number(lexed: Lexed, index: int, words: NumberWords) -> Number | None:
    if index >= len(lexed.pieces):
        return None
    piece = lexed.pieces[index]
    if piece.kind == "n":
        return _digits(lexed, index, words)
    if piece.low in words.articles and lexed.low(index + 1) in words.scales:
        return _cardinal(lexed, index + 1, words, given=1)
    return _cardinal(lexed, index, words) if piece.kind == "w" else None


def _like(first: Piece, other: Number, lexed: Lexed) -> bool:
    """Both in words or both in digits ("three in 2019" is no share), and of a size that is spoken so."""
    second = lexed.pieces[other.first]
    if first.kind == "n" and second.kind == "n":
        return not second.text.isdecimal() or not 1800 <= int(second.text) <= 2100
    return first.kind == second.kind or first.low == "one"


def as_share(number: Number) -> Number:
    """A part said of a whole: half of it is 50 percent."""
    return replace(number, value=_tidy(number.value * _HUNDRED), kind="share")


def _tidy(value: Decimal) -> Decimal:
    """Two decimals are enough for a third."""
    return value.quantize(Decimal("0.01")).normalize() if value != int(value) else Decimal(int(value))
