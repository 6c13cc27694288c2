"""The texts of the metric ontology → Ontology."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from monitor.domain.ontology import Ontology, Tolerances, Words
from monitor.domain.question import Metric, Temper
from monitor.domain.stems import stem, stems
from monitor.errors import AssetsWrong


def load_ontology(metrics_toml: str, comparing_toml: str) -> Ontology:
    """The ontology of metrics.toml and comparing.toml. Raises AssetsWrong where a file cannot be understood."""
    try:
        rules = tomllib.loads(comparing_toml)
        words = _words(rules)
        metrics = tuple(_metric(entry) for entry in tomllib.loads(metrics_toml)["metric"])
        plain = Ontology(words=words)
        return Ontology(
            metrics=metrics,
            words=words,
            tolerances=_tolerances(rules["tolerances"]),
            tempers={name: Temper(temper) for name, temper in rules["tempers"].items()},
            families=dict(rules["families"]),
            additive=frozenset(rules["additive"]["dimensions"]),
            bare=frozenset(rules["bare"]["metrics"]),
            index=_index(metrics, plain),
            vocabulary={metric.name: frozenset().union(*_phrases(metric, plain)) for metric in metrics},
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise AssetsWrong(
            "Cannot read the metric ontology",
            why=f"{type(error).__name__}: {error}",
            mend="Repair models/ontology/metrics.toml and comparing.toml, or install the program again.",
        ) from error


def with_metrics(known: Ontology, own: tuple[Metric, ...]) -> Ontology:
    """The ontology with metrics of one's own before the others."""
    metrics, plain = own + known.metrics, Ontology(words=known.words)
    vocabulary = {metric.name: frozenset[str]().union(*_phrases(metric, plain)) for metric in own}
    return replace(known, metrics=metrics, index=_index(metrics, plain), vocabulary={**known.vocabulary, **vocabulary})


def _metric(entry: Mapping[str, Any]) -> Metric:
    fields = dict(entry)
    return Metric(temper=Temper(fields.pop("temper")), synonyms=tuple(fields.pop("synonyms")), **fields)


def _index(metrics: Iterable[Metric], plain: Ontology) -> dict[str, tuple[tuple[frozenset[str], int], ...]]:
    """Each head phrase under one of its words: a phrase whose words all occur is found by looking that one up."""
    index: dict[str, list[tuple[frozenset[str], int]]] = defaultdict(list)
    for rank, metric in enumerate(metrics):
        for words in _phrases(metric, plain):
            index[min(words)].append((words, rank))
    return {word: tuple(phrases) for word, phrases in index.items()}


def _phrases(metric: Metric, plain: Ontology) -> list[frozenset[str]]:
    """The head phrases of a metric as sets of stems."""
    found = (frozenset(stems(phrase, plain)) - plain.words.weak for phrase in (metric.name, *metric.synonyms))
    return [words for words in found if words]


def _words(rules: Mapping[str, Any]) -> Words:
    lists, cues = rules["words"], rules["cues"]
    same = {stem(word): stem(meant) for word, meant in lists["same"].items()}
    apart = {
        stem(word): (name, value)
        for name, values in rules["apart"].items()
        for value, listed in values.items()
        for word in listed
    }

    def stemmed(name: str) -> frozenset[str]:
        return frozenset(same.get(stem(word), stem(word)) for word in lists[name])

    return Words(
        apart=apart,
        strict=frozenset(lists["strict"]),
        same=same,
        weak=stemmed("weak"),
        light=stemmed("light"),
        change=stemmed("change"),
        future=stemmed("future"),
        calendar=stemmed("calendar"),
        common=stemmed("common"),
        before=tuple(cues["before"]),
        earlier=tuple(cues["earlier"]),
        counted_on=tuple(cues["counted_on"]),
        past=tuple(cues["past"]),
        under=tuple(cues["under"]),
        revised=tuple(cues["revised"]),
        corrected=tuple(cues["corrected"]),
        moved=tuple(cues["moved"]),
        now_said=tuple(cues["now_said"]),
        at_first=tuple(cues["at_first"]),
        formerly=tuple(cues["formerly"]),
        notice_heads=frozenset(cues["notice_heads"]),
        notices=tuple(cues["notices"]),
        notice_versions=tuple(cues["notice_versions"]),
        notice_selves=tuple(cues["notice_selves"]),
        notice_wrongs=tuple(cues["notice_wrongs"]),
        provisional=tuple(cues["provisional"]),
        event=stemmed("event"),
        happening={same.get(stem(w), stem(w)): kind for kind, listed in rules["happening"].items() for w in listed},
        trade=stemmed("trade"),
        telltale={name: tuple(phrases) for name, phrases in rules["telltale"].items()},
        kinds={name: frozenset(same.get(stem(w), stem(w)) for w in listed) for name, listed in rules["kinds"].items()},
        pronouns=stemmed("pronouns"),
        heads=stemmed("heads"),
        portion=tuple(cues["portion"]),
        portion_of=tuple(cues["portion_of"]),
        base=tuple(cues["base"]),
        fractions=frozenset(cues["fractions"]),
        ahead=tuple(cues["ahead"]),
        in_all=tuple(cues["in_all"]),
        total_of=tuple(cues["total_of"]),
        each=tuple(cues["each"]),
        incomplete=tuple(cues["incomplete"]),
        contrast=tuple(cues["contrast"]),
        rejects=tuple(cues["rejects"]),
        nots=frozenset(cues["nots"]),
        merely=frozenset(cues["merely"]),
        some=frozenset(cues["some"]),
        readings=frozenset(cues["readings"]),
        numbers=tuple(cues["numbers"]),
        sooner=frozenset(cues["sooner"]),
        later=frozenset(cues["later"]),
    )


def _tolerances(table: Mapping[str, Any]) -> Tolerances:
    exact = {name: Decimal(table[name]) for name in ("about", "round", "under", "rate", "reach")}
    return Tolerances(**{**table, **exact})
