"""A reading as it stands: its versions, what still has to be decided, and the page beside the structure."""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from thidua.apps.accounts.queries import names_of
from thidua.apps.accounts.states import JOB_OPEN, JobState
from thidua.apps.campaigns.models import Allocation, Campaign, Plan, Reading, ReadingJob, ReadingVersion
from thidua.apps.campaigns.queries.wholes import launch_day
from thidua.apps.campaigns.states import CampaignState
from thidua.core.plans.compare import Comparison, compare
from thidua.core.plans.formulas import formula_of, target_from_json
from thidua.core.plans.outline import clauses_in_order
from thidua.core.plans.reading import UNSURE, outline_of
from thidua.core.plans.settling import SET_BY_HAND, Doubt, Row, carry, doubts, repair_key, rows, standing
from thidua.core.plans.targets import find_targets

Json = dict[str, Any]
SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}
A_PAGE = 16_000  # code points of text on one page (a target counts as 400), so that a page stays under 200 KiB
AROUND = 160
UNREAD: Json = {
    **dict.fromkeys(("subject", "measure", "title_code", "title_class", "value", "unit_text", "deadline")),
    "op": ">=",
    "unit": "percent",
    "approximate": False,
    "confidence": SET_BY_HAND,
}
_SENTENCE = re.compile(r"[^\s.;][^.;\n]*")
MOST_MARKS = 750  # repairs on one page, for the same reason


@dataclass(frozen=True)
class Piece:
    """Words of the text in one manner: as they stood, repaired, or repaired without being sure."""

    words: str
    repair: Json | None = None
    key: str = ""
    unsure: bool = False
    decided: bool = False


@dataclass(frozen=True)
class Counted:
    """A target beside its sentence: its number, the row, and the formula in words (None: no formula fits)."""

    number: int
    row: Row
    wanted: str
    formula: dict[str, str] | None
    doubtful: bool


@dataclass(frozen=True)
class Passage:
    """A clause's own words (or the opening, or the end) with the targets read from them."""

    name: str
    title: str
    start: int
    end: int
    pieces: Sequence[Piece]
    targets: Sequence[Counted]
    repaired: int


@dataclass(frozen=True)
class Standing:
    """The reading of a plan as it stands, with what was read and what was settled."""

    plan: Plan
    version: ReadingVersion

    @property
    def read(self) -> Json:
        """What the reader made of the present text."""
        found: Json = self.version.reading.read
        return found

    @property
    def kept(self) -> Json:
        """What people settled about it."""
        found: Json = self.version.kept
        return found

    @property
    def aside(self) -> int | None:
        """The newest reading, by id, when it stands aside and can be taken; of a plan found by ``plan_to_show``."""
        newest: int | None = getattr(self.plan, "newest", None)
        corrects: int | None = getattr(self.plan, "newest_corrects", None)
        if newest is None or newest <= self.version.reading_id or corrects not in (None, self.version.reading_id):
            return None
        return newest

    @property
    def doubts(self) -> list[tuple[Doubt, Json | None]]:
        """Everything doubtful with how it was decided, in the order of the text."""
        return [(doubt, self.kept["decided"].get(doubt.key)) for doubt in doubts(self.read, self.kept)]

    @property
    def waiting(self) -> list[Doubt]:
        """What nobody has decided."""
        return [doubt for doubt, how in self.doubts if how is None]

    def rows(self, what: Any) -> list[Row]:
        """Targets or bases as they stand."""
        return rows(self.read, self.kept, what)


def plans_to_show() -> models.QuerySet[Plan]:
    """Plans with all that the pages of a reading need of them, the newest of their readings among it."""
    newest = Reading.objects.filter(plan=models.OuterRef("pk")).order_by("-pk")
    found = Plan.objects.select_related("document", "campaign")
    going_on = ReadingJob.objects.filter(plan=models.OuterRef("pk"), state__in=JOB_OPEN).order_by("-pk")
    named = {
        "newest": newest.values("pk")[:1],
        "newest_corrects": newest.values("corrects")[:1],
        "being_read": going_on.values("pk")[:1],
    }
    return found.annotate(**{name: models.Subquery(rows_) for name, rows_ in named.items()})


def jobs_to_show() -> models.QuerySet[ReadingJob]:
    """Files being read beside a page, or that were not read, newest first."""
    return ReadingJob.objects.exclude(state=JobState.DONE).select_related("document").order_by("-pk")[:5]


def current_version(plan: Plan) -> ReadingVersion:
    """The newest version of a plan's reading, with its text."""
    found: ReadingVersion = plan.versions.select_related("reading__document", "back").order_by("-number")[:1].get()
    return found


def standing_of(plan: Plan) -> Standing:
    """The reading of a plan as it stands."""
    return Standing(plan, current_version(plan))


def reading_problems(plan: Plan) -> list[str]:
    """What a person must settle before the reading can be confirmed: first what no tick settles."""
    now = standing_of(plan)
    return [*hard_problems(plan), *soft_problems(now)]


def hard_problems(plan: Plan) -> list[str]:
    """What has to be put right: nothing can be opened without it."""
    problems = []
    if not plan.reading["targets"]:
        problems.append("Chưa đọc được chỉ tiêu nào. Thêm chỉ tiêu bằng tay, hoặc đưa tệp rõ hơn vào.")
    if plan.reading["document"]["year"] is None:
        problems.append("Chưa rõ kế hoạch của năm nào. Ghi năm ở phần đầu văn bản.")
    if _handed_down(plan):
        problems.append("Chỉ tiêu của bản xác nhận trước đã giao cho đơn vị, nên không lập lại phong trào được nữa.")
    return problems


def soft_problems(now: Standing) -> list[str]:
    """What waits for a decision, which may also be to accept it as a whole."""
    waiting = now.waiting
    problems = []
    if unsure := sum(doubt.kind == "repair" for doubt in waiting):
        problems.append(f"Còn {unsure} chỗ sửa chữ chưa chắc chắn, chưa có ai quyết định.")
    if low := sum(doubt.kind == "target" for doubt in waiting):
        problems.append(f"Còn {low} chỉ tiêu máy đọc chưa chắc chắn, chưa có ai quyết định.")
    if noted := sum(doubt.kind == "warning" for doubt in waiting):
        problems.append(f"Còn {noted} lưu ý của máy đọc, chưa có ai quyết định.")
    return problems


def reopening_problems(plan: Plan) -> list[str]:
    """Why a confirmed reading cannot be opened again: what was built on it."""
    campaign: Campaign | None = getattr(plan, "campaign", None)
    if campaign and campaign.state != CampaignState.DRAFT:
        return [launched_words(campaign)]
    if _handed_down(plan):
        return ["Chỉ tiêu đã giao cho đơn vị theo bản đọc này, nên không mở lại được nữa."]
    return []


def launched_words(campaign: Campaign) -> str:
    """Why the reading of a launched campaign does not change, and what to do instead."""
    on = launch_day(campaign)
    return (
        f"Phong trào đã phát động{f' ngày {on:%d/%m/%Y}' if on else ''}; kế hoạch đã giao thì không sửa tại chỗ. "
        "Ban hành kế hoạch sửa đổi, bổ sung rồi đưa vào như một kế hoạch mới; bản đang thi hành giữ nguyên."
    )


def replacement_problems(version: ReadingVersion, reading: Reading) -> list[str]:
    """Why a reading that stands aside cannot be taken now."""
    if reading.plan_id != version.plan_id:
        return ["Bản đọc này là của một kế hoạch khác."]
    if reading.pk == version.reading_id:
        return ["Bản đọc này đang được dùng."]
    if reading.corrects_id and reading.corrects_id != version.reading_id:
        return ["Lời của kế hoạch đã được sửa tiếp sau khi có bản này. Mở bản đang dùng rồi sửa lại chỗ cần sửa."]
    return []


def what_changes(version: ReadingVersion, reading: Reading) -> tuple[Comparison, Json, list[str]]:
    """What taking a reading would change, what stays settled, and what of it could not be kept."""
    kept, lapsed = carry(version.kept, old=version.reading.read, new=reading.read)
    old, new = standing(version.reading.read, version.kept), standing(reading.read, kept)
    return compare(old, new), kept, lapsed


def history(plan: Plan) -> list[tuple[ReadingVersion, str]]:
    """The steps made on a reading, newest first, each with who made it."""
    found = list(plan.versions.defer("kept").order_by("-number"))
    names = names_of({version.made_by for version in found})
    return [(version, names.get(version.made_by, version.made_by)) for version in found]


def formula_words(row: Json, *, year: int | None) -> dict[str, str] | None:
    """The formula of a target in words: numerator, denominator, scope, as-of date; None where none fits."""
    formula = formula_of(target_from_json(row))
    if formula is None:
        return None
    scopes = {
        "person": "mọi người của cơ quan trong năm, theo đơn vị của từng người",
        "unit": "mọi tập thể của cơ quan trong năm",
        "agency": "cả cơ quan",
    }
    as_of = f"{datetime.date(year, 12, 31):%d/%m/%Y}" if year else "ngày cuối năm của kế hoạch"
    return {
        "numerator": formula.numerator,
        "denominator": formula.denominator,
        "scope": scopes[formula.subject],
        "as_of": as_of,
    }


def pages_in_words(pages: Sequence[int]) -> str:
    """Numbers of pages, those that follow each other put together: “1–3, 5”."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


def wanted(row: Json) -> str:
    """What a target wants, short: “≥ 95%”, “không để xảy ra”, “giữ vững”."""
    if row["op"] == "none":
        return _("không để xảy ra")
    if row["op"] == "keep":
        return _("giữ vững")
    unit = {"percent": "%", "money": _(" đồng")}.get(row["unit"] or "", f" {row['unit_text'] or ''}".rstrip())
    about = _("khoảng ") if row["approximate"] else ""
    return f"{about}{SIGNS[row['op']]} {(row['value'] or '?').replace('.', ',')}{unit}"


def passages(now: Standing) -> list[Passage]:
    """The whole text passage by passage, in order."""
    text = now.read["text"]
    year = now.plan.reading["document"]["year"]
    counted = [
        Counted(number, row, wanted(row.now), formula_words(row.now, year=year), row.now["confidence"] < UNSURE)
        for number, row in enumerate(now.rows("targets"), 1)
    ]
    repairs = now.read["repairs"]
    found, low = [], 0
    for name, title, start, end in _spans(text):
        marks = []
        while low < len(repairs) and repairs[low]["start"] < end:
            marks.append(repairs[low])
            low += 1
        targets = [one for one in counted if start <= one.row.now["start"] < end]
        pieces = list(_pieces(text, start, end, marks, now.kept["decided"]))
        found.append(Passage(name, title, start, end, pieces, targets, len(marks)))
    return found


def pages_of(found: Sequence[Passage]) -> list[list[Passage]]:
    """Passages by pages that stay light."""
    pages: list[list[Passage]] = [[]]
    size = marks = 0
    for one in found:
        length = one.end - one.start + 400 * len(one.targets)
        if pages[-1] and (size + length > A_PAGE or marks + one.repaired > MOST_MARKS):
            pages.append([])
            size = marks = 0
        pages[-1].append(one)
        size, marks = size + length, marks + one.repaired
    return pages


def repair_named(now: Standing, key: str) -> Json | None:
    """The repair of that name (``settling.repair_key``)."""
    return next((row for row in now.read["repairs"] if repair_key(row) == key), None)


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and after a place, up to a line each."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return before[before.rfind("\n") + 1 :], after.partition("\n")[0]


def sentences(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """The sentences of a passage with their places."""
    found = ((start + part.start(), start + part.end(), part.group()) for part in _SENTENCE.finditer(text[start:end]))
    return [one for one in found if len(one[2].split()) > 2]


def proposed_target(now: Standing, start: int, end: int) -> Json:
    """What the reader makes of one sentence, to start from; only the sentence itself where it makes nothing of it."""
    text = now.read["text"]
    clause = next((one.id for one in reversed(clauses_in_order(outline_of(text))) if one.start <= start), None)
    found = next(iter(find_targets(text, start, end)), None)
    quote = {"quote": text[start:end].strip(), "start": start, "end": end, "clause": clause}
    return {**(found.to_json() if found else UNREAD), **quote}


def quoted_place(text: str, words: str) -> tuple[int, int] | None:
    """Where the words that a warning quotes stand."""
    quoted = words.partition("“")[2].rpartition("”")[0]
    place = text.find(quoted) if quoted else -1
    return (place, place + len(quoted)) if place >= 0 else None


def passage_at(now: Standing, start: int) -> Passage | None:
    """The passage that begins at a place of the text."""
    return next((one for one in passages(now) if one.start == start), None)


def _spans(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Opening, clauses and ending: name, title and place; long ones are cut between paragraphs, else between words."""
    place = 0
    for clause in clauses_in_order(outline_of(text)):
        if clause.start > place:
            yield from _cut(text, "", "", place, clause.start)
        yield from _cut(text, clause.id, clause.title, clause.start, clause.end)
        place = clause.end
    yield from _cut(text, "", "", place, len(text))


def _cut(text: str, name: str, title: str, start: int, end: int) -> Iterator[tuple[str, str, int, int]]:
    while start < end and text[start] == "\n":
        start += 1
    while end > start and text[end - 1] == "\n":
        end -= 1
    while start < end:
        stop = end
        if end - start > A_PAGE:
            cut = max(text.rfind("\n", start, start + A_PAGE), text.rfind(" ", start + A_PAGE // 2, start + A_PAGE))
            stop = cut if cut > start else start + A_PAGE
        yield name, title, start, stop
        start, title = stop + (stop < end and text[stop] in "\n "), ""


def _pieces(text: str, start: int, end: int, marks: Sequence[Json], decided: Json) -> Iterator[Piece]:
    place = start
    for mark in marks:
        if mark["start"] > place:
            yield Piece(text[place : mark["start"]])
        unsure, key = mark["confidence"] < UNSURE, repair_key(mark)
        yield Piece(text[mark["start"] : mark["end"]], mark, key, unsure, key in decided)
        place = max(place, mark["end"])
    if place < end:
        yield Piece(text[place:end])


def _handed_down(plan: Plan) -> bool:
    campaign: Campaign | None = getattr(plan, "campaign", None)
    return campaign is not None and Allocation.objects.current().filter(target__campaign=campaign).exists()
