"""Which file comes next: its seed, its damage, its name and its door, all from one number."""

from dataclasses import dataclass
from pathlib import PurePath
from random import Random

from fuzzing.damage import ways_for
from fuzzing.seeds import Seeds

# Of a hundred files. Pictures are few: recognising one takes seconds.
SHARES = {"text": 27, "docx": 15, "pdf": 10, "scan": 1, "png": 2, "jpg": 1, "tif": 1}
SHARES |= {"xlsx": 24, "xls": 6, "ods": 5, "csv": 8}
WORKBOOKS = ("xlsx", "xls", "ods", "csv")
ENDINGS = (".txt", ".md", ".docx", ".pdf", ".png", ".jpg", ".tif", ".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".exe", "")
WRONG_NAME, WRONG_DOOR, TWICE, WHOLE_BOOK = 0.08, 0.05, 0.15, 0.4
NAMES = ("{}", "{}", "{}", "{}", "../../{}", "Kế hoạch “năm” 2020 {}", "{}\n.txt", "a" * 180 + "{}")


@dataclass(frozen=True)
class Job:
    """One file to hand in. ``kind`` is its seed's, ``damage`` what was done to it.

    ``door``: plan; book, the department's whole workbook; or table, one or more of its tables.
    """

    number: int
    kind: str
    damage: str
    door: str
    name: str
    data: bytes


def job(number: int, *, seed: int, seeds: Seeds) -> Job:
    """The file of a number, the same for the same seed and seeds."""
    rng = Random(f"{seed}:{number}")
    kinds = [kind for kind in SHARES if seeds.get(kind)]
    kind = rng.choices(kinds, [SHARES[one] for one in kinds])[0]
    name, data = rng.choice(seeds[kind])
    ways = ways_for(kind)
    way = rng.choice(sorted(ways))
    data = _done(ways[way], data, rng)
    if rng.random() < TWICE:
        data = _done(ways_for("xls")[rng.choice(("bits", "run", "cut"))], data, rng)
    if rng.random() < WRONG_NAME:
        name = PurePath(name).stem + rng.choice(ENDINGS)
    tables = "book" if kind == "xlsx" and rng.random() < WHOLE_BOOK else "table"
    door = tables if (kind in WORKBOOKS) is (rng.random() > WRONG_DOOR) else "plan"
    return Job(number, kind, way, door, rng.choice(NAMES).format(name), data)


def _done(damage: object, data: bytes, rng: Random) -> bytes:
    """The damage done; what is too broken for it stays as it is."""
    try:
        return damage(data, rng)  # type: ignore[operator,no-any-return]  -- a Damage
    except (ValueError, KeyError, IndexError):
        return data
