"""The kinds of facts: their slug in addresses, their name on pages, which of them are sensitive."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from thidua.apps.records.models import (
    Achievement,
    Award,
    CompleteList,
    Confirmation,
    Discipline,
    Fact,
    Incident,
    Judgement,
    Leave,
    OrganisationRating,
    Petition,
    Rating,
    StandingTitle,
    Study,
    Task,
)


@dataclass(frozen=True)
class KindOfFact:
    """``slug`` as in addresses; ``year`` is the look-up by which the rows of a year are found."""

    slug: str
    model: type[Fact]
    name: Any
    year: str
    sensitive: bool = False


_ALL = (
    KindOfFact("xep-loai", Rating, _("Xếp loại chất lượng"), "year"),
    KindOfFact("nhan-xet", Judgement, _("Nhận xét của đơn vị"), "year"),
    KindOfFact("xac-nhan", Confirmation, _("Xác nhận, kết luận"), "year"),
    KindOfFact("to-chuc", OrganisationRating, _("Xếp loại tổ chức đảng, đoàn thể"), "year"),
    KindOfFact("nhiem-vu", Task, _("Nhiệm vụ được giao"), "year"),
    KindOfFact("sang-kien", Achievement, _("Sáng kiến, đề tài"), "year"),
    KindOfFact("hoc-tap", Study, _("Học tập, bồi dưỡng"), "held_on__year"),
    KindOfFact("nghi", Leave, _("Nghỉ dài ngày"), "since__year"),
    KindOfFact("ky-luat", Discipline, _("Kỷ luật"), "decided_on__year", sensitive=True),
    KindOfFact("don-thu", Petition, _("Đơn thư, kiểm tra"), "accepted_on__year", sensitive=True),
    KindOfFact("vu-viec", Incident, _("Vụ việc"), "year"),
    KindOfFact("giu-vung", StandingTitle, _("Danh hiệu giữ vững"), "year"),
    KindOfFact("danh-hieu", Award, _("Danh hiệu, hình thức khen thưởng"), "year"),
    KindOfFact("day-du", CompleteList, _("Xác nhận danh sách đầy đủ"), "last_year"),
)
KINDS: Mapping[str, KindOfFact] = {kind.slug: kind for kind in _ALL}
_BY_MODEL = {kind.model: kind for kind in _ALL}


def kind_of(fact: Fact) -> KindOfFact:
    """The kind of a fact."""
    return _BY_MODEL[type(fact)]


def name_of(model: type[Fact]) -> str:
    """The name of a kind of fact, in the reader's language."""
    return str(_BY_MODEL[model].name)


_LABELS = {
    "person": _("Cá nhân"),
    "unit": _("Đơn vị"),
    "organisation": _("Tổ chức"),
    "year": _("Năm"),
    "grade": _("Xếp loại"),
    "paper": _("Số văn bản"),
    "dated": _("Ngày văn bản"),
    "criterion": _("Nội dung nhận xét"),
    "met": _("Kết quả nhận xét"),
    "value": _("Kết luận"),
    "form": _("Hình thức kỷ luật"),
    "decision": _("Số quyết định"),
    "decided_on": _("Ngày quyết định"),
    "kind": _("Loại"),
    "since": _("Từ ngày"),
    "until": _("Đến ngày"),
    "accepted_on": _("Ngày thụ lý"),
    "concluded_on": _("Ngày kết luận"),
    "conclusion": _("Kết luận"),
    "name": _("Tên"),
    "scope": _("Phạm vi ảnh hưởng"),
    "recognised_on": _("Ngày công nhận"),
    "title": _("Danh hiệu, hình thức khen thưởng"),
    "code": _("Mã nhiệm vụ"),
    "content": _("Nội dung"),
    "assigned_by": _("Cơ quan giao"),
    "assigned_on": _("Ngày giao"),
    "due": _("Hạn"),
    "carried_from": _("Chuyển từ năm"),
    "done_on": _("Ngày hoàn thành"),
    "product": _("Sản phẩm"),
    "count": _("Số vụ"),
    "reported_on": _("Ngày báo cáo"),
    "kept": _("Kết quả giữ vững"),
    "subject": _("Nội dung học tập, bồi dưỡng"),
    "held_on": _("Ngày"),
    "result": _("Kết quả"),
    "source": _("Nguồn"),
}


def label_of(field: str) -> str:
    """What a field of a fact is called on pages, in the reader's language."""
    return str(_LABELS.get(field, field))
