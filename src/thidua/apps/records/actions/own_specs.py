"""What an agency's own workbook may call its columns: the department workbook's words, and those people use.

The first header of a column is the one that this program writes; the others are other people's words for it.
"""

from collections.abc import Iterable
from dataclasses import replace

from thidua.apps.records.actions.workbook import department_specs
from thidua.apps.records.queries.tables import TABLES
from thidua.apps.records.states import Criterion
from thidua.core.workbooks.spec import Column, Kind, TableSpec
from thidua.core.workbooks.words import plain_words

NAME, BORN, OF_UNIT = "who_name", "who_born", "who_unit"
WHO = ("person", "subject")
STAFF = ("code", "full_name")
POST_TITLE, POST_SINCE = "post_title", "post_since"
OTHER_WORDS: dict[str, tuple[str, ...]] = {
    "person": ("Mã cán bộ", "Mã nhân viên", "Mã NV", "Mã CC", "Mã số CBCCVC"),
    "subject": ("Mã CBCCVC", "Mã đối tượng", "Mã cán bộ", "Mã nhân viên"),
    "code": ("Mã cán bộ", "Mã nhân viên", "Mã NV", "Mã CC", "Mã số CBCCVC", "Mã NV được giao"),
    "full_name": ("Họ tên", "Tên CBCCVC", "Họ tên cán bộ"),
    "birth_date": ("Ngày tháng năm sinh", "Sinh ngày", "Ngày, tháng, năm sinh"),
    "category": ("Diện", "Loại CBCCVC", "Đối tượng quản lý"),
    "recruited_on": ("Ngày vào cơ quan", "Ngày vào ngành", "Tuyển dụng ngày"),
    "unit": ("Đơn vị", "Phòng, ban", "Đơn vị công tác", "Phòng", "Tên đơn vị"),
    "year": ("Năm công tác", "Năm khen thưởng", "Năm đạt", "Năm xếp loại", "Năm thi đua"),
    "grade": ("Kết quả xếp loại", "Mức xếp loại", "Xếp loại chất lượng", "Mức hoàn thành"),
    "paper": ("Văn bản", "Số, ký hiệu văn bản"),
    "dated": ("Ngày ban hành",),
    "decision": ("Số QĐ", "Quyết định số", "Số, ngày quyết định"),
    "decided_on": ("Ngày QĐ", "Ngày ký", "Ngày ký quyết định"),
    "title": ("Danh hiệu thi đua", "Danh hiệu, hình thức khen thưởng", "Hình thức khen thưởng"),
    "name": ("Tên sáng kiến", "Tên đề tài", "Tên giải pháp"),
    "scope": ("Phạm vi ảnh hưởng", "Cấp công nhận"),
    "content": ("Nội dung nhiệm vụ", "Tên nhiệm vụ", "Nhiệm vụ"),
    "due": ("Thời hạn", "Hạn hoàn thành"),
    "done_on": ("Hoàn thành ngày",),
}
NAME_WORDS = ("Họ và tên", "Họ tên", "Tên CBCCVC", "Họ tên cán bộ", "Cá nhân", "Tên tập thể, cá nhân")
BORN_WORDS = ("Ngày sinh", "Ngày tháng năm sinh", "Sinh ngày")
UNIT_WORDS = ("Đơn vị", "Đơn vị công tác", "Phòng, ban", "Tên đơn vị", "Phòng")
LEFT_OUT = {("incidents", "source"), ("judgements", "registered")}


def own_specs(agency_code: str) -> tuple[TableSpec, ...]:
    """The tables that a person may bring in, in the order in which they are written."""
    by_key = {spec.key: spec for spec in department_specs(agency_code)}
    return tuple(_own(by_key[key]) for key in TABLES)


def _own(spec: TableSpec) -> TableSpec:
    columns = [replace(column) for column in spec.columns if (spec.key, column.key) not in LEFT_OUT]
    if any(column.key in WHO for column in columns):
        columns += [Column(NAME, NAME_WORDS), Column(BORN, BORN_WORDS, Kind.DATE)]
        if not any(column.key == "unit" for column in columns):
            columns.append(Column(OF_UNIT, UNIT_WORDS))
    if spec.key == "people":  # a list of staff may tell of somebody known only what is new
        columns = [replace(column, required=False) for column in columns]
        columns += [
            Column(OF_UNIT, UNIT_WORDS),
            Column(POST_TITLE, ("Chức vụ", "Chức danh", "Chức vụ, chức danh")),
            Column(POST_SINCE, ("Từ ngày", "Giữ chức vụ từ ngày"), Kind.DATE),
        ]
    taken: set[str] = {word for column in columns for word in map(plain_words, column.headers)}
    about = [column.key for column in columns if column.key in WHO]
    one_of = (*about, NAME) if about else STAFF if spec.key == "people" else ()
    widened = tuple(_widened(column, taken) for column in columns)
    return replace(spec, columns=widened, unique=(), required=False, one_of=one_of)


def _widened(column: Column, taken: set[str]) -> Column:
    """A column with the other words for it that no other column has; codes are looked up later, with the names."""
    words = list(_free(OTHER_WORDS.get(column.key, ()), taken))
    return replace(
        column,
        headers=(*column.headers, *words),
        refers_to=(),
        also_known=(),
        required=column.required and column.key not in WHO,
    )


def _free(words: Iterable[str], taken: set[str]) -> Iterable[str]:
    for word in words:
        if plain_words(word) not in taken:
            taken.add(plain_words(word))
            yield word


CRITERIA = tuple(Criterion.values)
