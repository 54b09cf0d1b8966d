"""Words of the records app."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.states import Role
from thidua.core.lifecycle import Lifecycle, Move


class Grade(models.TextChoices):
    """Yearly rating, as the law's packs write it."""

    HTXS = "HTXS", _("Hoàn thành xuất sắc nhiệm vụ")
    HTT = "HTT", _("Hoàn thành tốt nhiệm vụ")
    HT = "HT", _("Hoàn thành nhiệm vụ")
    KHT = "KHT", _("Không hoàn thành nhiệm vụ")
    KXL = "KXL", _("Không xếp loại")


class Criterion(models.TextChoices):
    """What the unit's meeting judges with yes or no."""

    TAKES_PART = "takes_part", _("Chấp hành tốt, đoàn kết, tích cực tham gia phong trào")
    STUDIES = "studies", _("Tích cực học tập")
    ETHICS = "ethics", _("Đạo đức, lối sống lành mạnh")
    UNITY = "unity", _("Nội bộ đoàn kết")


class DisciplineForm(models.TextChoices):
    """Forms of discipline, lightest first."""

    KHIEN_TRACH = "khien_trach", _("Khiển trách")
    CANH_CAO = "canh_cao", _("Cảnh cáo")
    HA_BAC_LUONG = "ha_bac_luong", _("Hạ bậc lương")
    GIANG_CHUC = "giang_chuc", _("Giáng chức")
    CACH_CHUC = "cach_chuc", _("Cách chức")
    BUOC_THOI_VIEC = "buoc_thoi_viec", _("Buộc thôi việc")


class LeaveKind(models.TextChoices):
    """Long absences that the counting rules name."""

    MATERNITY = "thai_san", _("Thai sản")
    SICK = "om", _("Ốm")
    UNPAID = "khong_luong", _("Không lương")
    TRAINING = "dao_tao", _("Đào tạo")


class PetitionKind(models.TextChoices):
    """What may hold a review until it is concluded."""

    DENUNCIATION = "to_cao", _("Tố cáo")
    COMPLAINT = "khieu_nai", _("Khiếu nại")
    INSPECTION = "kiem_tra", _("Kiểm tra")
    INVESTIGATION = "dieu_tra", _("Điều tra")
    DISCIPLINE = "ky_luat", _("Xem xét kỷ luật")


class AchievementKind(models.TextChoices):
    """An initiative, or a research topic."""

    INITIATIVE = "sang_kien", _("Sáng kiến")
    RESEARCH = "de_tai", _("Đề tài")


class Scope(models.TextChoices):
    """How far an initiative's influence was recognised."""

    BASE = "co_so", _("Cơ sở")
    PROVINCE = "tinh", _("Tỉnh")
    NATIONAL = "toan_quoc", _("Toàn quốc")


class IncidentKind(models.TextChoices):
    """What the plan says must not happen."""

    MASS_PETITION = "khieu_kien_dong_nguoi", _("Khiếu kiện đông người")
    THEFT = "mat_trom_tai_san", _("Mất trộm tài sản")
    SECRETS = "lo_bi_mat_nha_nuoc", _("Lộ bí mật nhà nước")
    FIRE = "chay_no", _("Cháy, nổ")
    ACCIDENT = "tai_nan_lao_dong", _("Tai nạn lao động nghiêm trọng")
    CRIME = "pham_toi", _("CBCCVC phạm tội")
    SOCIAL_EVIL = "te_nan_xa_hoi", _("CBCCVC mắc tệ nạn xã hội")
    WASTE = (
        "vi_pham_tiet_kiem_lang_phi_tham_nhung",
        _("Vi phạm quy định về thực hành tiết kiệm, chống lãng phí, tham nhũng"),
    )
    FORBIDDEN = "vi_pham_dieu_khong_duoc_lam", _("Vi phạm những điều CBCCVC không được làm")


class ListKind(models.TextChoices):
    """Lists that can be stated to be complete for some years: only then does absence mean *none*."""

    DISCIPLINE = "discipline", _("Kỷ luật")
    PETITIONS = "petitions", _("Đơn thư, kiểm tra")
    ACHIEVEMENTS = "achievements", _("Sáng kiến, đề tài")
    AWARDS = "awards", _("Danh hiệu đã đạt")


class ImportPart(models.TextChoices):
    """Which sheets of a department's workbook one import takes in."""

    ALL = "all", _("Toàn bộ")
    START = "start", _("Danh sách đầu năm và các năm trước")
    YEAR = "year", _("Số liệu trong năm")
    TABLES = "tables", _("Bảng của đơn vị")


class ImportState(models.TextChoices):
    """A workbook received, its rows compared with what is known, taken in, undone; or put aside before that."""

    RECEIVED = "received", _("Chờ chọn bảng và cột")
    PREVIEWED = "previewed", _("Chờ xác nhận nhập")
    TAKEN = "taken", _("Đã nhập")
    UNDONE = "undone", _("Đã hủy lần nhập")
    DROPPED = "dropped", _("Đã bỏ, không nhập")


class JobKind(models.TextChoices):
    """What is done with a workbook beside the page that asked for it."""

    PREVIEW = "preview", _("Xem trước")
    TAKE_IN = "take_in", _("Nhập")


class RowState(models.TextChoices):
    """A row of a workbook against what is known; the words of ``core.workbooks.diff``."""

    NEW = "new", _("Mới")
    CHANGED = "changed", _("Thay đổi")
    SAME = "same", _("Không đổi")
    WRONG = "wrong", _("Sai")
    ASKED = "asked", _("Chờ chọn người")


class ObjectionState(models.TextChoices):
    """Somebody says that a fact is wrong; it is upheld (and the fact superseded) or turned down, with an answer."""

    OPEN = "open", _("Chờ trả lời")
    UPHELD = "upheld", _("Chấp nhận, đã sửa")
    TURNED_DOWN = "turned_down", _("Không chấp nhận")


# Names of titles and commendations by the packs' codes; the first is the one that papers write.
TITLE_WORDS = {
    "LDTT": ("Lao động tiên tiến",),
    "CSTDCS": ("Chiến sĩ thi đua cơ sở",),
    "CSTDT": ("Chiến sĩ thi đua cấp tỉnh",),
    "CSTDTQ": ("Chiến sĩ thi đua toàn quốc",),
    "TTLDTT": ("Tập thể lao động tiên tiến",),
    "TTLDXS": ("Tập thể lao động xuất sắc",),
    "GK": ("Giấy khen",),
    "BK_TINH": ("Bằng khen cấp tỉnh", "Bằng khen của Chủ tịch UBND tỉnh"),
    "BK_TTG": ("Bằng khen của Thủ tướng Chính phủ",),
    "CO_TINH": ("Cờ thi đua cấp tỉnh", "Cờ thi đua của UBND tỉnh"),
    "CO_CP": ("Cờ thi đua của Chính phủ",),
    "HCLD_BA": ("Huân chương Lao động hạng Ba",),
    "HCLD_NHI": ("Huân chương Lao động hạng Nhì",),
    "HCLD_NHAT": ("Huân chương Lao động hạng Nhất",),
}

IMPORT = Lifecycle(
    name="Import",
    states=ImportState.values,
    moves=[
        Move(
            "preview_import",
            (ImportState.RECEIVED.value, ImportState.PREVIEWED.value),
            ImportState.PREVIEWED.value,
            (Role.SECRETARY.value, Role.DIRECTOR.value),
        ),
        Move(
            "take_in_import",
            (ImportState.PREVIEWED.value,),
            ImportState.TAKEN.value,
            (Role.SECRETARY.value, Role.DIRECTOR.value),
        ),
        Move(
            "drop_import",
            (ImportState.RECEIVED.value, ImportState.PREVIEWED.value),
            ImportState.DROPPED.value,
            (Role.SECRETARY.value, Role.DIRECTOR.value),
        ),
        Move(
            "undo_import",
            (ImportState.TAKEN.value,),
            ImportState.UNDONE.value,
            (Role.SECRETARY.value, Role.DIRECTOR.value),
        ),
    ],
)

OBJECTION = Lifecycle(
    name="FactObjection",
    states=ObjectionState.values,
    moves=[
        Move("uphold_objection", (ObjectionState.OPEN.value,), ObjectionState.UPHELD.value, (Role.SECRETARY.value,)),
        Move(
            "turn_down_objection",
            (ObjectionState.OPEN.value,),
            ObjectionState.TURNED_DOWN.value,
            (Role.SECRETARY.value,),
        ),
    ],
)
