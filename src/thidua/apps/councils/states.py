"""Words and lifecycles of councils, sessions and votes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.states import Role
from thidua.core.lifecycle import Lifecycle, Move


class CouncilKind(models.TextChoices):
    """Who meets. A unit's review meeting is a council of all its people."""

    EMULATION = "emulation", _("Hội đồng Thi đua - Khen thưởng")
    INITIATIVE = "initiative", _("Hội đồng Xét duyệt sáng kiến")
    UNIT = "unit", _("Hội nghị bình xét của đơn vị")


class MemberRole(models.TextChoices):
    """What a member is in a council; all of them vote alike."""

    CHAIR = "chair", _("Chủ tịch")
    VICE_CHAIR = "vice_chair", _("Phó Chủ tịch")
    STANDING = "standing", _("Ủy viên thường trực")
    CLERK = "clerk", _("Ủy viên thư ký")
    MEMBER = "member", _("Ủy viên")


class Presence(models.TextChoices):
    """How a member takes part in a session. Who is asked in writing counts as not present."""

    PRESENT = "present", _("Có mặt")
    WRITTEN = "written", _("Vắng, lấy ý kiến bằng văn bản")
    ABSENT = "absent", _("Vắng")


class VoteMode(models.TextChoices):
    """Open: each member's position on record. Paper secret: ballots counted twice, independently."""

    OPEN = "open", _("Biểu quyết công khai")
    PAPER_SECRET = "paper_secret", _("Bỏ phiếu kín bằng phiếu giấy")


class Choice(models.TextChoices):
    """One member's position on one item."""

    YES = "yes", _("Đồng ý")
    NO = "no", _("Không đồng ý")
    ABSTAIN = "abstain", _("Không biểu quyết")


class PositionWay(models.TextChoices):
    """How a position came: by the member's own account, by hand as the clerk saw it, or in writing."""

    ACCOUNT = "account", _("Tài khoản của thành viên")
    HAND = "hand", _("Giơ tay, thư ký ghi")
    WRITTEN = "written", _("Ý kiến bằng văn bản")


class SessionState(models.TextChoices):
    """A session is planned, opened with a quorum, closed, and its minutes are signed."""

    PLANNED = "planned", _("Đang chuẩn bị")
    OPENED = "opened", _("Đang họp")
    CLOSED = "closed", _("Đã bế mạc")
    MINUTED = "minuted", _("Đã ký biên bản")


class ItemState(models.TextChoices):
    """An item waits, is voted on, is closed with its result, or was withdrawn from the agenda."""

    WAITING = "waiting", _("Chưa biểu quyết")
    VOTING = "voting", _("Đang biểu quyết")
    VOTED = "voted", _("Đã có kết quả")
    WITHDRAWN = "withdrawn", _("Rút khỏi chương trình")


class MinutesKind(models.TextChoices):
    """Minutes of a session, and of the count of secret ballots."""

    SESSION = "session", _("Biên bản họp")
    TALLY = "tally", _("Biên bản kiểm phiếu")


RUNS = (Role.SECRETARY.value, Role.DIRECTOR.value, Role.HEAD.value)

SESSION = Lifecycle(
    name="Session",
    states=SessionState.values,
    moves=[
        Move("open_session", (SessionState.PLANNED.value,), SessionState.OPENED.value, RUNS, "opening_problems"),
        Move("close_session", (SessionState.OPENED.value,), SessionState.CLOSED.value, RUNS, "closing_problems"),
        Move("sign_minutes", (SessionState.CLOSED.value,), SessionState.MINUTED.value, RUNS, "minutes_problems"),
    ],
)
ITEM = Lifecycle(
    name="Item",
    states=ItemState.values,
    moves=[
        Move("open_vote", (ItemState.WAITING.value,), ItemState.VOTING.value, RUNS, "vote_problems"),
        Move("close_vote", (ItemState.VOTING.value,), ItemState.VOTED.value, RUNS, "count_problems"),
        Move(
            "withdraw_item",
            (ItemState.WAITING.value, ItemState.VOTING.value),
            ItemState.WITHDRAWN.value,
            RUNS,
        ),
    ],
)
