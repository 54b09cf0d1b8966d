"""Lifecycles of plans and campaigns."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.states import Role
from thidua.core.lifecycle import Lifecycle, Move


class CampaignKind(models.TextChoices):
    """Regular campaigns run by the year, thematic ones by their subject."""

    REGULAR = "regular", _("Thường xuyên")
    THEMATIC = "thematic", _("Theo đợt, chuyên đề")


class PlanState(models.TextChoices):
    """A plan is read by the machine and confirmed by a person."""

    READ = "read", _("Máy đã đọc, chờ người xác nhận")
    CONFIRMED = "confirmed", _("Đã xác nhận")


class CampaignState(models.TextChoices):
    """A campaign is drafted from a confirmed plan, launched, and closed."""

    DRAFT = "draft", _("Dự thảo")
    LAUNCHED = "launched", _("Đang phát động")
    CLOSED = "closed", _("Đã kết thúc")


RUNS = (Role.SECRETARY.value, Role.DIRECTOR.value)

PLAN = Lifecycle(
    name="Plan",
    states=PlanState.values,
    moves=[
        Move("confirm_reading", (PlanState.READ.value,), PlanState.CONFIRMED.value, RUNS, "reading_problems"),
        Move("reopen_reading", (PlanState.CONFIRMED.value,), PlanState.READ.value, RUNS, "reopening_problems"),
    ],
)
CAMPAIGN = Lifecycle(
    name="Campaign",
    states=CampaignState.values,
    moves=[
        Move("launch", (CampaignState.DRAFT.value,), CampaignState.LAUNCHED.value, RUNS, "launch_problems"),
        Move("close", (CampaignState.LAUNCHED.value,), CampaignState.CLOSED.value, RUNS, "closing_problems"),
    ],
)


class ReadingStep(models.TextChoices):
    """What made a version of a reading; each is the name of the act."""

    RECEIVE = "receive_plan", _("Máy đọc tệp kế hoạch")
    ACCEPT = "accept_doubts", _("Giữ như máy đọc")
    ACCEPT_REST = "confirm_reading", _("Nhận tất cả chỗ còn lại khi xác nhận")
    WORDS = "correct_words", _("Sửa chữ")
    PASSAGE = "correct_passage", _("Sửa lời một mục")
    TAKE = "take_reading", _("Thay bằng bản đọc khác")
    HEAD = "correct_head", _("Sửa phần đầu văn bản")
    BASIS = "correct_basis", _("Sửa căn cứ")
    ADD_BASIS = "add_basis", _("Thêm căn cứ")
    DROP_BASIS = "drop_basis", _("Bỏ căn cứ")
    TARGET = "correct_target", _("Sửa chỉ tiêu")
    ADD_TARGET = "add_target", _("Thêm chỉ tiêu")
    DROP_TARGET = "drop_target", _("Bỏ chỉ tiêu")
    UNDO = "undo_step", _("Bỏ bước vừa làm")


class ReadingJobKind(models.TextChoices):
    """What is read beside the page that asked for it; each is the name of the act."""

    NEW = "receive_plan", _("Đọc kế hoạch mới")
    OTHER = "offer_reading", _("Đọc tệp khác của kế hoạch")


class AcknowledgementWay(models.TextChoices):
    """How a person said that they know the plan: with their account, or by signing the printed list."""

    ACCOUNT = "account", _("Xác nhận bằng tài khoản")
    PAPER = "paper", _("Ký danh sách giấy")


class MilestoneKind(models.TextChoices):
    """Days by which something must be done; each is computed from the packs and the calendar of working days."""

    BRIEFING = "briefing", _("Quán triệt kế hoạch tới mọi người")
    REGISTRATION = "registration", _("Nộp bảng đăng ký thi đua của đơn vị")
    UNIT_REVIEW = "unit_review", _("Họp bình xét ở đơn vị")
    APPRAISAL = "appraisal", _("Thẩm định hồ sơ")
    COUNCIL = "council", _("Họp Hội đồng Thi đua - Khen thưởng")
    POSTING = "posting", _("Hết hạn niêm yết công khai")
