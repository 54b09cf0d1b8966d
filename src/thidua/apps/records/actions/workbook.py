"""The shape of a department's workbook: which sheets, which columns, which words."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils import translation

from thidua.apps.records.states import (
    TITLE_WORDS,
    AchievementKind,
    DisciplineForm,
    Grade,
    IncidentKind,
    LeaveKind,
    PetitionKind,
    Scope,
)
from thidua.apps.units.states import MassOrganisationKind, PostKind, Sex, StaffCategory, UnitKind
from thidua.core.workbooks.spec import Choice, Column, Kind, TableSpec

NONE_HERE = "khong_co"
SYNONYMS = {
    "Tổ chức đảng": ("Đảng bộ", "Chi bộ"),
    "Đoàn thanh niên": ("Thanh niên",),
    "Hội phụ nữ": ("Phụ nữ",),
    "Ban lãnh đạo": ("Lãnh đạo",),
    "Thai sản": ("Nghỉ thai sản",),
    "Tỉnh": ("Cấp tỉnh",),
}
SHORT_GRADES = {"HTXS": "HTXSNV", "HTT": "HTTNV", "HT": "HTNV", "KHT": "KHTNV"}


def _choices(words: type[TextChoices]) -> tuple[Choice, ...]:
    return tuple(Choice(value, (str(label), *SYNONYMS.get(str(label), ()))) for value, label in words.choices)


def _grades(*, with_none: bool = False) -> tuple[Choice, ...]:
    found = [Choice(value, (str(label), SHORT_GRADES.get(value, "KXL"))) for value, label in Grade.choices]
    if not with_none:
        return tuple(found)
    # An organisation is rated or does not exist; "not rated" is a person's word only.
    return (*(choice for choice in found if choice.value != Grade.KXL), Choice(NONE_HERE, ("Không có",)))


def _subject(*, own_code: str = "") -> Column:
    known = (own_code,) if own_code else ()
    refers = (("people", "code"), ("units", "code"))
    return Column("subject", ("Đối tượng",), Kind.CODE, required=True, refers_to=refers, also_known=known)


def _person() -> Column:
    return Column("person", ("Mã CBCCVC",), Kind.CODE, required=True, refers_to=("people", "code"))


def _year() -> Column:
    return Column("year", ("Năm",), Kind.INT, required=True)


def department_specs(agency_code: str) -> tuple[TableSpec, ...]:
    """The sheets of a department's workbook; ``agency_code`` may stand where a unit is asked for the agency itself."""
    with translation.override("vi"):  # the workbook's words are Vietnamese whatever the reader's language
        return (*_people_specs(agency_code), *_yearly_specs(agency_code), *_history_specs())


def _people_specs(agency_code: str) -> Iterable[TableSpec]:
    yield TableSpec(
        "units",
        ("Đơn vị",),
        (
            Column("code", ("Mã đơn vị",), Kind.CODE, required=True),
            Column("name", ("Tên đơn vị",), required=True),
            Column("kind", ("Loại",), Kind.CHOICE, required=True, choices=_choices(UnitKind)),
            Column(
                "parent",
                ("Đơn vị cấp trên",),
                Kind.CODE,
                refers_to=("units", "code"),
                also_known=(agency_code,),
            ),
            Column("since", ("Ngày thành lập",), Kind.DATE),
        ),
        unique=("code",),
    )
    yield TableSpec(
        "people",
        ("Nhân sự",),
        (
            Column("code", ("Mã CBCCVC",), Kind.CODE, required=True),
            Column("full_name", ("Họ và tên",), required=True),
            Column("birth_date", ("Ngày sinh",), Kind.DATE),
            Column("sex", ("Giới tính",), Kind.CHOICE, choices=_choices(Sex)),
            Column("category", ("Loại",), Kind.CHOICE, required=True, choices=_choices(StaffCategory)),
            Column("recruited_on", ("Ngày tuyển dụng",), Kind.DATE),
        ),
        unique=("code",),
    )
    yield TableSpec(
        "posts",
        ("Quá trình công tác",),
        (
            _person(),
            Column("unit", ("Mã đơn vị",), Kind.CODE, required=True, refers_to=("units", "code")),
            Column("title", ("Chức vụ",), required=True),
            Column("kind", ("Hình thức",), Kind.CHOICE, required=True, choices=_choices(PostKind)),
            Column("elsewhere", ("Nơi đến (nếu biệt phái)", "Nơi đến")),
            Column("since", ("Từ ngày",), Kind.DATE, required=True),
            Column("until", ("Đến ngày",), Kind.DATE),
        ),
    )


def _yearly_specs(agency_code: str) -> Iterable[TableSpec]:
    yield TableSpec(
        "ratings",
        ("Xếp loại",),
        (
            _subject(),
            _year(),
            Column("grade", ("Xếp loại",), Kind.CHOICE, required=True, may_be_blank=True, choices=_grades()),
            Column("paper", ("Số văn bản",)),
            Column("dated", ("Ngày văn bản",), Kind.DATE),
        ),
        unique=("subject", "year"),
    )
    yield TableSpec(
        "judgements",
        ("Đăng ký, nhận xét",),
        (
            _subject(),
            _year(),
            Column("registered", ("Đăng ký thi đua",), Kind.YES_NO),
            Column("takes_part", ("Tham gia phong trào, đoàn kết", "Tham gia phong trào"), Kind.YES_NO),
            Column("studies", ("Tích cực học tập",), Kind.YES_NO),
            Column("ethics", ("Đạo đức, lối sống",), Kind.YES_NO),
            Column("unity", ("Nội bộ đoàn kết",), Kind.YES_NO),
        ),
        unique=("subject", "year"),
    )
    unit = Column(
        "unit",
        ("Mã đơn vị",),
        Kind.CODE,
        required=True,
        refers_to=("units", "code"),
        also_known=(agency_code,),
    )
    kinds = _choices(MassOrganisationKind)
    yield TableSpec(
        "mass_organisations",
        ("Đảng, đoàn thể",),
        (
            unit,
            Column("kind", ("Tổ chức",), Kind.CHOICE, required=True, choices=kinds),
            _year(),
            Column("grade", ("Xếp loại",), Kind.CHOICE, required=True, choices=_grades(with_none=True)),
        ),
        unique=("unit", "kind", "year"),
    )
    yield from _event_specs()


def _event_specs() -> Iterable[TableSpec]:
    yield TableSpec(
        "tasks",
        ("Nhiệm vụ được giao",),
        (
            Column("code", ("Mã nhiệm vụ",), Kind.CODE, required=True),
            Column("content", ("Nội dung",), required=True),
            Column("unit", ("Đơn vị chủ trì",), Kind.CODE, required=True, refers_to=("units", "code")),
            Column("assigned_by", ("Cơ quan giao",), required=True),
            Column("assigned_on", ("Ngày giao",), Kind.DATE),
            Column("due", ("Hạn",), Kind.DATE),
            _year(),
            Column("carried_from", ("Chuyển từ năm",), Kind.INT),
            Column("done_on", ("Ngày hoàn thành",), Kind.DATE),
            Column("product", ("Sản phẩm",)),
        ),
        unique=("code", "year"),
    )
    yield TableSpec(
        "incidents",
        ("Vụ việc",),
        (
            Column("kind", ("Loại vụ việc",), Kind.CHOICE, required=True, choices=_choices(IncidentKind)),
            _year(),
            Column("count", ("Số vụ (0 = đã rà soát, không có)", "Số vụ"), Kind.INT, required=True),
            Column("source", ("Nguồn",)),
            Column("reported_on", ("Ngày",), Kind.DATE),
        ),
        unique=("kind", "year"),
    )
    yield TableSpec(
        "standing_titles",
        ("Danh hiệu giữ vững",),
        (
            Column("name", ("Tên danh hiệu",), required=True),
            _year(),
            Column("kept", ("Kết quả giữ vững", "Giữ vững"), Kind.YES_NO),
            Column("paper", ("Số văn bản",)),
            Column("dated", ("Ngày", "Ngày văn bản"), Kind.DATE),
        ),
        unique=("name", "year"),
    )


def _history_specs() -> Iterable[TableSpec]:
    yield TableSpec(
        "discipline",
        ("Kỷ luật",),
        (
            _person(),
            Column(
                "form",
                ("Hình thức kỷ luật", "Hình thức"),
                Kind.CHOICE,
                required=True,
                choices=_choices(DisciplineForm),
            ),
            Column("decision", ("Số quyết định",)),
            Column("decided_on", ("Ngày quyết định",), Kind.DATE, required=True),
        ),
    )
    yield TableSpec(
        "leave",
        ("Nghỉ",),
        (
            _person(),
            Column("kind", ("Loại nghỉ", "Loại"), Kind.CHOICE, required=True, choices=_choices(LeaveKind)),
            Column("since", ("Từ ngày",), Kind.DATE, required=True),
            Column("until", ("Đến ngày",), Kind.DATE),
        ),
    )
    yield TableSpec(
        "initiatives",
        ("Sáng kiến, đề tài",),
        (
            _person(),
            Column("name", ("Tên sáng kiến, đề tài", "Tên"), required=True),
            Column("kind", ("Loại",), Kind.CHOICE, required=True, choices=_choices(AchievementKind)),
            Column("scope", ("Phạm vi",), Kind.CHOICE, required=True, choices=_choices(Scope)),
            _year(),
            Column("decision", ("Số quyết định công nhận", "Số quyết định")),
            Column("recognised_on", ("Ngày", "Ngày công nhận"), Kind.DATE),
        ),
    )
    yield TableSpec(
        "petitions",
        ("Đơn thư, kiểm tra",),
        (
            _subject(),
            Column("kind", ("Loại",), Kind.CHOICE, required=True, choices=_choices(PetitionKind)),
            Column("accepted_on", ("Ngày thụ lý",), Kind.DATE, required=True),
            Column("concluded_on", ("Ngày kết luận",), Kind.DATE),
            Column("conclusion", ("Kết luận",)),
        ),
    )
    titles = tuple(Choice(code, labels) for code, labels in TITLE_WORDS.items())
    yield TableSpec(
        "awards",
        ("Danh hiệu đã đạt",),
        (
            _subject(),
            _year(),
            Column("title", ("Danh hiệu",), Kind.CHOICE, required=True, choices=titles),
            Column("decision", ("Số quyết định",)),
            Column("decided_on", ("Ngày quyết định",), Kind.DATE),
        ),
        unique=("subject", "year", "title"),
    )
