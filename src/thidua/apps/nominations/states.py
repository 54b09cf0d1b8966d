"""Lifecycle of a nomination: from the unit's list to the council's result."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.states import Role
from thidua.core.lifecycle import Lifecycle, Move


class NominationState(models.TextChoices):
    """Drafted, reviewed by the unit's meeting, submitted, appraised (or held), on the agenda, passed or not."""

    DRAFTED = "drafted", _("Dự thảo")
    ON_UNIT_AGENDA = "on_unit_agenda", _("Chờ đơn vị bình xét")
    UNIT_PASSED = "unit_passed", _("Đơn vị đã bình xét, thông qua")
    UNIT_DECLINED = "unit_declined", _("Đơn vị không thông qua")
    SUBMITTED = "submitted", _("Đã trình Thường trực Hội đồng")
    RETURNED = "returned", _("Trả lại đơn vị")
    APPRAISED = "appraised", _("Đã thẩm định")
    HELD = "held", _("Tạm dừng xét")
    ON_AGENDA = "on_agenda", _("Trong chương trình họp Hội đồng")
    PASSED = "passed", _("Hội đồng thông qua")
    NOT_PASSED = "not_passed", _("Hội đồng không thông qua")
    WITHDRAWN = "withdrawn", _("Đã rút")


class Advice(models.TextChoices):
    """What the standing secretary's appraisal advises the council; it decides nothing."""

    ELIGIBLE = "eligible", _("Đủ điều kiện, đề nghị xét")
    NOT_ELIGIBLE = "not_eligible", _("Chưa đủ điều kiện")
    UNCLEAR = "unclear", _("Còn thiếu dữ kiện")


UNIT = (Role.HEAD.value, Role.SECRETARY.value)
STANDING = (Role.SECRETARY.value,)
S = NominationState

NOMINATION = Lifecycle(
    name="Nomination",
    states=NominationState.values,
    moves=[
        Move("put_to_unit", (S.DRAFTED.value, S.RETURNED.value), S.ON_UNIT_AGENDA.value, UNIT),
        Move("take_unit_vote", (S.ON_UNIT_AGENDA.value,), S.UNIT_PASSED.value, UNIT, "unit_vote_open"),
        Move("decline_by_unit", (S.ON_UNIT_AGENDA.value,), S.UNIT_DECLINED.value, UNIT, "unit_vote_open"),
        Move("leave_unit_agenda", (S.ON_UNIT_AGENDA.value,), S.DRAFTED.value, UNIT),
        Move("submit", (S.UNIT_PASSED.value, S.RETURNED.value), S.SUBMITTED.value, UNIT, "submission_problems"),
        Move("return_nomination", (S.SUBMITTED.value, S.APPRAISED.value), S.RETURNED.value, STANDING),
        Move("appraise", (S.SUBMITTED.value, S.APPRAISED.value), S.APPRAISED.value, STANDING),
        Move(
            "hold",
            (S.SUBMITTED.value, S.APPRAISED.value, S.ON_AGENDA.value, S.PASSED.value),
            S.HELD.value,
            STANDING,
        ),
        Move("release", (S.HELD.value,), S.APPRAISED.value, STANDING),
        Move("release_passed", (S.HELD.value,), S.PASSED.value, STANDING),
        Move("put_on_agenda", (S.APPRAISED.value,), S.ON_AGENDA.value, STANDING, "agenda_problems"),
        Move("leave_agenda", (S.ON_AGENDA.value,), S.APPRAISED.value, STANDING),
        Move("reconsider", (S.PASSED.value,), S.APPRAISED.value, STANDING),
        Move("take_result", (S.ON_AGENDA.value,), S.PASSED.value, STANDING, "result_open"),
        Move("not_passed", (S.ON_AGENDA.value,), S.NOT_PASSED.value, STANDING, "result_open"),
        Move(
            "withdraw",
            (S.DRAFTED.value, S.UNIT_PASSED.value, S.SUBMITTED.value, S.RETURNED.value, S.APPRAISED.value),
            S.WITHDRAWN.value,
            UNIT,
        ),
    ],
)
