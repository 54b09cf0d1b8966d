"""What a target counts: from the words of a target to a formula that records can answer.

A formula names *what* is counted; where the records are is the reports app's business. A target that no formula
fits stays uncounted and shows as not yet known: never a guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from thidua.core.plans.plan import Target
from thidua.core.vietnamese import fold

FormulaKind = Literal[
    "title_share",
    "rating_share",
    "tasks_done",
    "standing_title",
    "organisation_rating",
    "incidents",
    "discipline",
]
COLLECTIVE_TITLES = ("TTLDTT", "TTLDXS", "CO_TINH", "CO_CP")
INCIDENT_WORDS: tuple[tuple[str, str], ...] = (
    ("khieu kien", "khieu_kien_dong_nguoi"),
    ("trom", "mat_trom_tai_san"),
    ("bi mat nha nuoc", "lo_bi_mat_nha_nuoc"),
    ("chay", "chay_no"),
    ("tai nan lao dong", "tai_nan_lao_dong"),
    ("te nan xa hoi", "te_nan_xa_hoi"),
    ("pham toi", "pham_toi"),
    ("tham nhung", "vi_pham_tiet_kiem_lang_phi_tham_nhung"),
    ("lang phi", "vi_pham_tiet_kiem_lang_phi_tham_nhung"),
    ("khong duoc lam", "vi_pham_dieu_khong_duoc_lam"),
)
DISCIPLINE_WORDS = (("canh cao", "canh_cao"), ("khien trach", "khien_trach"), ("ky luat", "khien_trach"))


@dataclass(frozen=True)
class Formula:
    """``kind`` of count over ``subject``; ``argument`` is a title code, a grade, a name or an incident kind.

    ``numerator`` and ``denominator`` say in words what is counted and over whom (empty for a plain count).
    """

    kind: FormulaKind
    subject: Literal["person", "unit", "agency"]
    argument: str
    numerator: str
    denominator: str

    def to_json(self) -> dict[str, str]:
        """The fields by name."""
        return dict(vars(self))


def formula_from_json(row: Mapping[str, str]) -> Formula:
    """The formula that ``to_json`` wrote."""
    return Formula(**row)  # type: ignore[arg-type]  # the kinds were checked when it was written


def target_from_json(row: Mapping[str, object]) -> Target:
    """The target that a reading's JSON holds."""
    return Target(**row)  # type: ignore[arg-type]  # written by Target.to_json


def formula_of(target: Target) -> Formula | None:
    """The formula that counts a target, or None where none fits."""
    words = fold(f"{target.subject or ''} {target.measure or ''} {target.quote}").lower()
    if target.title_code and target.unit == "percent":
        return _title_share(target.title_code)
    if target.op == "keep":
        return Formula("standing_title", "agency", target.quote, "danh hiệu được giữ vững", "")
    if target.unit == "rating":
        return _organisation_rating(fold(target.subject or target.quote).lower(), target.value or "")
    if target.op == "none":
        return _absence(words)
    if target.unit == "percent" and "nhiem vu" in words:
        return _tasks_or_ratings(words)
    return None


def _title_share(code: str) -> Formula:
    if code in COLLECTIVE_TITLES:
        return Formula("title_share", "unit", code, "tập thể đạt danh hiệu", "tập thể của cơ quan")
    return Formula("title_share", "person", code, "người đạt danh hiệu", "CBCCVC của cơ quan trong năm")


def _organisation_rating(words: str, grade: str) -> Formula | None:
    party = "to chuc dang" in words and "doan the" not in words
    if party:
        return Formula("organisation_rating", "agency", f"dang:{grade}", "tổ chức đảng đạt mức", "tổ chức đảng")
    if "doan the" in words:
        return Formula("organisation_rating", "agency", f"doan_the:{grade}", "đoàn thể đạt mức", "đoàn thể của cơ quan")
    return None


def _absence(words: str) -> Formula | None:
    for marker, form in DISCIPLINE_WORDS:
        if marker in words and "ky luat" in words:
            return Formula("discipline", "person", form, "người bị kỷ luật từ mức này trở lên", "")
    for marker, kind in INCIDENT_WORDS:
        if marker in words:
            return Formula("incidents", "agency", kind, "vụ việc được ghi nhận trong năm", "")
    return None


def _assigner(words: str) -> str:
    """Who assigned the tasks that a target speaks of, as far as it says; empty means whoever did."""
    return "uy ban nhan dan" if "uy ban nhan dan" in words or "ubnd" in words else ""


def _tasks_or_ratings(words: str) -> Formula:
    people = any(word in words for word in ("cbccvc", "cong chuc", "can bo", "vien chuc", "nguoi lao dong"))
    if people and "giao" not in words:
        return Formula(
            "rating_share",
            "person",
            "HT",
            "người hoàn thành nhiệm vụ trở lên",
            "CBCCVC của cơ quan trong năm",
        )
    return Formula(
        "tasks_done",
        "agency",
        _assigner(words),
        "nhiệm vụ đã hoàn thành",
        "nhiệm vụ cấp trên giao trong năm",
    )
