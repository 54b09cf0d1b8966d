"""How well the reader reads: F1 of targets, sections and bases, on the project's own sentences and, when it is
there, on material shared for measuring beside the project (../shared/plans).

Run: make bench-reader, or python benchmarks/reader.py [--shared DIR] [--quiet] [--no-pages]. Prints F1 with a 95%
bootstrap interval over texts, beside it the baseline of reader_baseline.py on the same texts, every miss (–)
and every surplus (+), the words of clean text that repair changed (none may be), own sentences drawn, spoiled
and read back by Tesseract, the words in error before and after repair, and the time for 1,000 sentences.

A target counts as found when comparison, value, unit and title code agree and the quotes overlap by at least
half of the shorter; ">=", "<=" and "=" count as one, for a bare number is written any of these; one to one.
The sentences of sentences.yaml were all used to teach the reader, so their F1 only shows that nothing was lost;
what a round scored at first sight stands in docs/targets.md.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import reader_baseline
import reader_pages
import yaml
from rapidfuzz.distance import Indel, Levenshtein

from thidua.core.plans import read_plan, read_targets
from thidua.core.plans.errors import PlanError
from thidua.core.vietnamese import fold, place_tones

ROOT = Path(__file__).resolve().parent.parent
Counts = tuple[int, int, int]
_BARE = {">=", "<=", "="}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "plans")
    parser.add_argument("--quiet", action="store_true", help="figures only, no misses")
    parser.add_argument("--no-pages", action="store_true", help="without drawing pages for Tesseract")
    arguments = parser.parse_args()
    loud = not arguments.quiet
    own = yaml.safe_load((ROOT / "tests/core/plans/sentences.yaml").read_text(encoding="utf-8"))
    rounds = sorted({row.get("round", 0) for row in own})
    for number in rounds:
        part = [(row["text"], row["targets"]) for row in own if row.get("round", 0) == number]
        score(f"own sentences, round {number}" if number else "own sentences, first set", part, loud)
    score_clean([row["text"] for row in own if not row["text"].isascii()])
    time_sentences([row["text"] for row in own])
    score_papers(loud, pages=not arguments.no_pages)
    if not arguments.no_pages:
        score_pages([row for row in own if row.get("round", 0) == rounds[-1]], loud)
    if not (arguments.shared / "targets.jsonl").exists():
        print(f"shared material not found at {arguments.shared}: only the project's own sentences were scored")
        return 0
    rows = lines(arguments.shared / "targets.jsonl")
    score("shared sentences, typed", [(row["text"], row["targets"]) for row in rows], loud)
    noisy = lines(arguments.shared / "noisy" / "targets_noisy.jsonl")
    for form in ("eng", "vie"):
        score(f"shared sentences, {form}", [(row[form], row["targets"]) for row in noisy], loud, damaged=True)
    clean = sorted((arguments.shared / "noisy").glob("*.clean.txt"))
    score_clean([path.read_text(encoding="utf-8") for path in clean])
    score_plans(arguments.shared, loud)
    score_repair(arguments.shared)
    return 0


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def score(name: str, rows: Sequence[tuple[str, list[dict[str, Any]]]], loud: bool, *, damaged: bool = False) -> None:
    counts: list[Counts] = []
    misses: list[str] = []
    began = time.perf_counter()
    for text, expected in rows:
        _, found, _ = read_targets(text)
        got = [target.to_json() for target in found]
        pairs = match(expected, got, damaged=damaged)
        counts.append((len(pairs), len(expected), len(got)))
        if len(pairs) != len(expected) or len(pairs) != len(got):
            misses.append(describe(text, expected, got, pairs))
    seconds = time.perf_counter() - began
    report(name, counts, f"{len(rows)} texts, {1000 * seconds / max(len(rows), 1):.1f} ms each")
    guesses = [(expected, reader_baseline.find_targets(text)) for text, expected in rows]
    baseline = [(len(match(want, got, damaged=damaged)), len(want), len(got)) for want, got in guesses]
    report(f"    baseline of regular expressions, {name}", baseline)
    if loud and misses:
        print("\n".join(misses))


def score_clean(texts: Sequence[str]) -> None:
    """Count the words that repair changes in clean text: every one is a fault."""
    changed = sum(len(read_targets(text)[2]) for text in texts)
    total = sum(len(words(text)) for text in texts)
    print(f"clean text: {changed} changes in {total} words of {len(texts)} texts (must be 0)")


def time_sentences(texts: Sequence[str]) -> None:
    thousand = [texts[index % len(texts)] for index in range(1000)]
    began = time.perf_counter()
    for text in thousand:
        read_targets(text)
    reading = time.perf_counter() - began
    began = time.perf_counter()
    for text in thousand:
        reader_baseline.find_targets(text)
    print(f"1,000 sentences: {reading:.2f} s; baseline {time.perf_counter() - began:.2f} s")


def score_pages(rows: Sequence[Mapping[str, Any]], loud: bool) -> None:
    """Score own sentences of the last round as pages read back by Tesseract; one page is one text."""
    rows = [row for row in rows if "\n" not in row["text"] and "|" not in row["text"]]
    pages = [rows[start : start + 25] for start in range(0, len(rows), 25)]
    for model in ("vie", "eng"):
        if not reader_pages.has_tesseract(model):
            print(f"own pages, {model}: Tesseract with its model “{model}” is not on this machine, so none were read")
            continue
        for dpi in (150, 200):
            read = [reader_pages.read_back([row["text"] for row in page], model=model, dpi=dpi) for page in pages]
            wanted = [[target for row in page for target in row["targets"]] for page in pages]
            score(f"own pages, {model}, {dpi} dpi", list(zip(read, wanted, strict=True)), False, damaged=True)
            meant = [word for page in pages for row in page for word in words(row["text"])]
            before = [word for text in read for word in words(text)]
            after = [word for text in read for word in words(read_targets(text)[0])]
            shares = [Levenshtein.distance(found, meant) / len(meant) for found in (before, after)]
            print(f"    words in error {shares[0]:.3f} before repair, {shares[1]:.3f} after")


def match(
    expected: Sequence[Mapping[str, Any]], got: Sequence[Mapping[str, Any]], *, damaged: bool
) -> list[tuple[int, int]]:
    """Pair expected and found targets one to one, the longest overlap first."""
    options = sorted(
        (
            (overlap(str(want["quote"]), str(have["quote"]), damaged), left, right)
            for left, want in enumerate(expected)
            for right, have in enumerate(got)
            if same(want, have)
        ),
        reverse=True,
    )
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for share, left, right in options:
        if share >= 0.5 and left not in taken_left and right not in taken_right:
            pairs.append((left, right))
            taken_left.add(left)
            taken_right.add(right)
    return pairs


def same(want: Mapping[str, Any], have: Mapping[str, Any]) -> bool:
    ops = {str(want["op"]), str(have["op"])}
    return (len(ops) == 1 or ops <= _BARE) and all(
        want.get(key) == have.get(key) for key in ("value", "unit", "title_code")
    )


def overlap(left: str, right: str, damaged: bool) -> float:
    """Return the common stretch as a share of the shorter quote, accents apart; damaged words by their letters."""
    first, second = sorted((fold(left), fold(right)), key=len)
    share = common(first, second) / max(len(first), 1)
    if not damaged or share >= 0.5:
        return share
    windows = (second[at : at + len(first)] for at in range(len(second) - len(first) + 1))
    return max((Indel.normalized_similarity(first, window) for window in windows), default=share)


def common(left: str, right: str) -> int:
    """Return the length of the longest common stretch of two texts."""
    best = 0
    lengths = [0] * (len(right) + 1)
    for letter in left:
        row = [0] * (len(right) + 1)
        for index, other in enumerate(right):
            if letter == other:
                row[index + 1] = lengths[index] + 1
                best = max(best, row[index + 1])
        lengths = row
    return best


def describe(
    text: str,
    expected: Sequence[Mapping[str, Any]],
    got: Sequence[Mapping[str, Any]],
    pairs: Sequence[tuple[int, int]],
) -> str:
    left = {pair[0] for pair in pairs}
    right = {pair[1] for pair in pairs}
    parts = [f"    {text}"]
    parts += [f"      – {line(target)}" for index, target in enumerate(expected) if index not in left]
    parts += [f"      + {line(target)}" for index, target in enumerate(got) if index not in right]
    return "\n".join(parts)


def line(target: Mapping[str, Any]) -> str:
    return f"{target['op']} {target['value']} {target['unit']} {target.get('title_code')} “{target['quote']}”"


def report(name: str, counts: Sequence[Counts], note: str = "") -> None:
    low, high = interval(counts)
    hits, want, have = (sum(count[index] for count in counts) for index in range(3))
    print(f"{name}: F1 {f1(counts):.3f} [{low:.3f}, {high:.3f}]  (found {hits} of {want}, {have} given) {note}")


def f1(counts: Iterable[Counts]) -> float:
    hits = want = have = 0
    for count in counts:
        hits, want, have = hits + count[0], want + count[1], have + count[2]
    return 1.0 if want + have == 0 else 2 * hits / (want + have)


def interval(counts: Sequence[Counts]) -> tuple[float, float]:
    """Return the 2.5% and 97.5% points of F1 over 1,000 resamplings of the texts."""
    draw = random.Random(2020)
    scores = sorted(f1(draw.choices(counts, k=len(counts))) for _ in range(1000))
    return scores[25], scores[974]


def score_papers(loud: bool, *, pages: bool) -> None:
    """Score sections and bases of the project's own made-up papers: as typed, and read back by Tesseract."""
    folder = ROOT / "tests/core/plans/papers"
    wanted = yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))
    texts = {name: (folder / f"{name}.txt").read_text(encoding="utf-8") for name in wanted}
    score_outlines("own papers, typed", wanted, texts, loud)
    for model in ("vie", "eng"):
        if not pages or not reader_pages.has_tesseract(model):
            print(f"own papers, {model}: not drawn, for it was not asked or Tesseract has no model “{model}” here")
            continue
        drawn = {name: reader_pages.read_back(text.splitlines(), model=model, dpi=150) for name, text in texts.items()}
        score_outlines(f"own papers, {model}, 150 dpi", wanted, drawn, loud)


def score_outlines(label: str, wanted: Mapping[str, Any], texts: Mapping[str, str], loud: bool) -> None:
    sections: list[Counts] = []
    bases: list[Counts] = []
    for name, want in wanted.items():
        plan = read_plan(texts[name].encode(), filename=f"{name}.txt")
        titles = [f"{clause.id}. {clause.title}" for clause in plan.outline]
        sections.append(listed(name, "section", want["sections"], titles, loud))
        named = [f"{basis.number or basis.type} {basis.date} {basis.role}" for basis in plan.bases]
        meant = [f"{b['number'] or b['type']} {b['date']} {b['role']}" for b in want["bases"]]
        bases.append(listed(name, "basis", meant, named, loud))
    report(f"{label}, sections", sections)
    report(f"{label}, bases", bases)


def score_plans(shared: Path, loud: bool) -> None:
    expected = json.loads((shared / "expected.json").read_text(encoding="utf-8"))
    sections: list[Counts] = []
    bases: list[Counts] = []
    heads: list[Counts] = []
    for name, want in expected.items():
        path = shared / want["file"]
        try:
            plan = read_plan(path.read_bytes(), filename=path.name)
        except PlanError as error:
            print(f"    {name}: {error}")
            continue
        if not want["partial"]:
            titles = [f"{clause.id}. {clause.title}" for clause in plan.outline]
            sections.append(listed(name, "section", want["sections"], titles, loud))
        named = [f"{basis.number or basis.type} {basis.date} {basis.role}" for basis in plan.bases]
        bases.append(
            listed(
                name,
                "basis",
                [f"{b['number'] or b['type']} {b['date']} {b['role']}" for b in want["bases"]],
                named,
                loud,
            )
        )
        have = plan.document.to_json()
        keys = ("type", "number", "date", "issuer", "subject", "motto")
        heads.append(
            listed(
                name,
                "head",
                [f"{key}: {want[key]}" for key in keys if want[key]],
                [f"{key}: {have[key]}" for key in keys if have[key]],
                loud,
            )
        )
    report("plans, sections", sections)
    report("plans, bases", bases)
    report("plans, head fields", heads)


def listed(name: str, what: str, want: Sequence[str], have: Sequence[str], loud: bool) -> Counts:
    left, right = [plain(text) for text in want], [plain(text) for text in have]
    hits = [text for text in left if text in right]
    if loud:
        for text in (text for text in left if text not in right):
            print(f"    {name} – {what} {text}")
        for text in (text for text in right if text not in left):
            print(f"    {name} + {what} {text}")
    return len(hits), len(left), len(right)


def plain(text: str) -> str:
    return " ".join(place_tones(text).lower().split())


def score_repair(shared: Path) -> None:
    for damaged in sorted((shared / "noisy").glob("*.eng.txt")):
        clean = damaged.with_name(damaged.name.replace(".eng.", ".clean."))
        began = time.perf_counter()
        plan = read_plan(damaged.read_bytes(), filename=damaged.name)
        seconds = time.perf_counter() - began
        meant = words(clean.read_text(encoding="utf-8"))
        before = Levenshtein.distance(words(damaged.read_text(encoding="utf-8")), meant) / len(meant)
        after = Levenshtein.distance(words(plan.text), meant) / len(meant)
        print(f"repair of {damaged.name}: words in error {before:.3f} before, {after:.3f} after, {seconds:.2f} s")


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", place_tones(text).lower())


if __name__ == "__main__":
    sys.exit(main())
