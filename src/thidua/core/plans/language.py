"""How likely one Vietnamese word follows another in the papers of agencies.

Single syllables come from the wordfreq list for Vietnamese (written and spoken language at large), word pairs
and the field's own vocabulary from lexicon.txt, which this project wrote: one phrase or sentence a line.
Probabilities are interpolated: P(w | v) = (n(v, w) + K·P(w)) / (n(v) + K).
"""

from __future__ import annotations

import gzip
import importlib.util
import itertools
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import msgpack  # type: ignore[import-untyped]  # ships no stubs

from thidua.core.vietnamese import fold, is_syllable, place_tones

_PAIR_WEIGHT = 2.0
_FIELD_SHARE = 0.75
_FLOOR = 1e-7
UNKNOWN = 15.0  # what a syllable costs that was never seen
_WORD = re.compile(r"[^\W\d_]+|\d[\d.,/]*")
NUMBER = "0"
_ABBREVIATIONS = "abbreviations:"


@dataclass
class Node:
    """A step in the tree of known syllables: its letters onwards, and the syllable that ends here."""

    children: dict[str, Node] = field(default_factory=dict)
    word: str | None = None


@dataclass(frozen=True)
class Language:
    """Costs (negative natural logarithms) of syllables alone and in pairs, and the tree of syllables.

    `after` gives for a syllable the costs of those that were seen after it; after `backoff` of it, any other costs
    what it costs alone. `skeletons` gives, for each syllable without accents, the cost of the likeliest that has it.
    """

    alone: dict[str, float]
    after: dict[str, dict[str, float]]
    backoff: dict[str, float]
    tree: Node
    skeletons: dict[str, float]
    abbreviations: dict[str, str]
    phrases: frozenset[tuple[str, str]]

    def cost(self, word: str, left: str | None = None) -> float:
        """Return what a syllable costs after another, or at the beginning."""
        alone = self.alone.get(word, UNKNOWN)
        if left is None:
            return alone
        return self.after.get(left, {}).get(word, self.backoff.get(left, 0.0) + alone)


@lru_cache(maxsize=1)
def language() -> Language:
    """Return the language model, read once for the process."""
    folder = Path(__file__).parent
    lines = (folder / "lexicon.txt").read_text(encoding="utf-8").splitlines()
    # the words of the target grammar are the field's vocabulary too: one phrase between commas is one line
    grammar = (folder / "grammar.txt").read_text(encoding="utf-8").splitlines()
    lines += [phrase for line in grammar if not line.startswith(("#", "[")) for phrase in line.split(",")]
    singles: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    before: Counter[str] = Counter()
    abbreviations: dict[str, str] = {}
    for line in lines:
        if line.startswith("#"):
            continue
        if line.startswith(_ABBREVIATIONS):
            names = line.removeprefix(_ABBREVIATIONS).replace(",", " ").split()
            abbreviations.update({fold(name).upper(): name for name in names})
            continue
        for stretch in re.split(r"(?<!\d)[.;:()“”|]", place_tones(line).lower()):
            words = [NUMBER if word[0].isdigit() else word for word in _WORD.findall(stretch)]
            singles.update(words)
            before.update(words[:-1])
            pairs.update(itertools.pairwise(words))
    return _assemble(singles, pairs, before, abbreviations)


def _assemble(
    singles: Counter[str],
    pairs: Counter[tuple[str, str]],
    before: Counter[str],
    abbreviations: dict[str, str],
) -> Language:
    general = _general()
    total, mass = sum(singles.values()), sum(general.values())
    chance = {
        word: _FIELD_SHARE * singles[word] / total + (1 - _FIELD_SHARE) * general.get(word, 0.0) / mass + _FLOOR
        for word in {*general, *singles}
    }
    alone = {word: -math.log(share) for word, share in chance.items()}
    after: dict[str, dict[str, float]] = {}
    for (left, right), count in pairs.items():
        share = (count + _PAIR_WEIGHT * chance[right]) / (before[left] + _PAIR_WEIGHT)
        after.setdefault(left, {})[right] = -math.log(share)
    backoff = {left: -math.log(_PAIR_WEIGHT / (count + _PAIR_WEIGHT)) for left, count in before.items()}
    skeletons: dict[str, float] = {}
    for word, cost in alone.items():
        skeletons[fold(word)] = min(cost, skeletons.get(fold(word), 99.0))
    tree = Node()
    for word in chance.keys() - {NUMBER}:
        node = tree
        for letter in word:
            node = node.children.setdefault(letter, Node())
        node.word = word
    return Language(alone, after, backoff, tree, skeletons, abbreviations, frozenset(pairs))


def _general() -> dict[str, float]:
    """Return the shares of Vietnamese syllables in the wordfreq list, without importing wordfreq itself.

    Importing the package costs a quarter of a second for tokenisers this reader has no use for; the list is
    a gzipped msgpack whose n-th bin holds the words of frequency 10^(-n/100).
    """
    spec = importlib.util.find_spec("wordfreq")
    if spec is None or spec.origin is None:
        return {}
    path = Path(spec.origin).parent / "data" / "small_vi.msgpack.gz"
    if not path.exists():
        return {}
    bins = msgpack.unpackb(gzip.decompress(path.read_bytes()), raw=False)
    return {
        place_tones(word): 10 ** (-place / 100)
        for place, words in enumerate(bins[1:])
        for word in words
        if is_syllable(word)
    }
