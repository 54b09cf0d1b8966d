"""Which places an agency's own template may have, what each means, and samples to try a template with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from thidua.apps.decisions.states import TemplateKind

SAMPLE = "x"


@dataclass(frozen=True)
class Place:
    """One place of a template: its name and meaning.

    ``lines``: a list of texts; ``fields``: a list of rows of a table, or of paragraphs (``in_text``).
    """

    name: str
    meaning: Any
    lines: bool = False
    fields: tuple["Place", ...] = ()
    in_text: bool = False

    @property
    def written(self) -> str:
        """How the place is written in Word: a text alone, a list inside its loop."""
        if self.fields:
            each = "p" if self.in_text else "tr"
            return f"{{%{each} for n in {self.name} %}} … {{%{each} endfor %}}"
        if self.lines:
            return f"{{%p for dong in {self.name} %}} … {{{{ dong }}}} … {{%p endfor %}}"
        return f"{{{{ {self.name} }}}}"

    @property
    def parts(self) -> tuple[tuple[str, Any], ...]:
        """How the parts of one row are written inside the loop, with their meaning."""
        return tuple((_of_row(field), field.meaning) for field in self.fields)


def _of_row(field: Place) -> str:
    if field.lines:
        return f"{{%p for dong in n.{field.name} %}} … {{{{ dong }}}} … {{%p endfor %}}"
    return f"{{{{ n.{field.name} }}}}"


HEAD_PLACES = (
    Place("co_quan_chu_quan", _("Cơ quan chủ quản")),
    Place("co_quan", _("Cơ quan ban hành")),
    Place("ky_hieu", _("Ký hiệu văn bản, ví dụ QĐ-STC")),
    Place("dia_danh", _("Địa danh ghi trước ngày tháng; dấu chấm nếu kế hoạch năm không ghi")),
    Place("trich_yeu", _("Trích yếu nội dung")),
    Place("nam_thi_dua", _("Năm thi đua")),
    Place("chuc_vu_ky", _("Quyền hạn, chức vụ người ký")),
    Place("nguoi_ky", _("Họ và tên người ký; để trống khi chưa rõ")),
    Place("minh_hoa", _("Dòng báo dữ liệu minh họa; để trống ở cơ quan thật")),
)
DATED_PLACES = (
    Place("so", _("Số văn bản; dấu chấm khi chưa lấy số")),
    Place("ngay", _("Ngày, hai chữ số")),
    Place("thang", _("Tháng; tháng 1, 2 có số 0 đứng trước")),
    Place("nam", _("Năm ban hành")),
    Place("can_cu", _("Các căn cứ, mỗi căn cứ một dòng"), lines=True),
    Place("noi_nhan", _("Nơi nhận, mỗi nơi một dòng"), lines=True),
)
MONEY_PLACES = (
    Place("tong_tien", _("Tổng số tiền bằng số (đồng)")),
    Place("tong_tien_bang_chu", _("Tổng số tiền bằng chữ")),
    Place("ma_kiem_tra", _("Mã kiểm tra ở chân trang")),
)
NAMED = (
    Place("stt", _("Số thứ tự")),
    Place("ho_ten", _("Họ và tên, tên tập thể")),
    Place("don_vi", _("Đơn vị")),
    Place("danh_hieu", _("Danh hiệu, hình thức khen thưởng")),
)
PRICED = (
    *NAMED,
    Place("muc", _("Mức thưởng: hệ số so với mức lương cơ sở")),
    Place("so_tien", _("Số tiền (đồng)")),
    Place("ghi_chu", _("Ghi chú")),
)
ARTICLE = (
    Place("ten", _("“Điều 1.”")),
    Place("noi_dung", _("Đoạn đầu của điều")),
    Place("doan", _("Các đoạn tiếp theo của điều, mỗi đoạn một dòng"), lines=True),
)
PLACES: dict[TemplateKind, tuple[Place, ...]] = {
    TemplateKind.DECISION: (
        *HEAD_PLACES,
        *DATED_PLACES,
        Place("tham_quyen", _("Thẩm quyền ban hành, ví dụ Giám đốc Sở Tài chính")),
        Place("dieu", _("Các điều của quyết định"), fields=ARTICLE, in_text=True),
        Place("ten_danh_sach", _("Tên danh sách kèm theo")),
        Place("kem_theo", _("Dòng “Kèm theo Quyết định số …”")),
        Place("danh_sach", _("Danh sách: tập thể trước, cá nhân sau"), fields=PRICED),
        *MONEY_PLACES,
    ),
    TemplateKind.PAYMENT: (
        *HEAD_PLACES,
        Place(
            "danh_sach",
            _("Danh sách chi tiền, xếp theo đơn vị"),
            fields=(*PRICED, Place("luong_co_so", _("Mức lương cơ sở (đồng)"))),
        ),
        *MONEY_PLACES,
    ),
    TemplateKind.PROPOSAL: (
        *HEAD_PLACES,
        *DATED_PLACES,
        Place("kinh_gui", _("Nơi nhận tờ trình")),
        Place("de_nghi", _("Câu đề nghị")),
        Place("danh_sach", _("Danh sách đề nghị"), fields=NAMED),
        Place("ho_so", _("Hồ sơ kèm theo, mỗi loại một dòng"), lines=True),
    ),
}


def known_placeholders(kind: TemplateKind) -> tuple[Place, ...]:
    """Every place that a template of a kind may have, in the order of the page."""
    return PLACES[kind]


def samples(kind: TemplateKind) -> tuple[dict[str, object], ...]:
    """Values to try a template with: everything there, everything blank, and lists without a row."""
    places = PLACES[kind]
    empty: dict[str, object] = {place.name: [] if place.lines or place.fields else "" for place in places}
    return (_sample(places, SAMPLE), _sample(places, ""), empty)


def _sample(places: Sequence[Place], text: str) -> dict[str, object]:
    return {
        place.name: [_sample(place.fields, text)] if place.fields else [text] if place.lines else text
        for place in places
    }
