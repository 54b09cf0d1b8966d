"""Lifecycle of a unit's registration sheet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.states import Role
from thidua.core.lifecycle import Lifecycle, Move


class SheetState(models.TextChoices):
    """A unit's sheet is drafted, submitted, sent back with marks, or accepted."""

    DRAFTING = "drafting", _("Đơn vị đang lập")
    SUBMITTED = "submitted", _("Đã nộp")
    RETURNED = "returned", _("Trả lại để sửa")
    ACCEPTED = "accepted", _("Đã nhận")


SHEET = Lifecycle(
    name="UnitSheet",
    states=SheetState.values,
    moves=[
        Move(
            "submit_sheet",
            (SheetState.DRAFTING.value, SheetState.RETURNED.value),
            SheetState.SUBMITTED.value,
            (Role.HEAD.value, Role.SECRETARY.value),
            "sheet_problems",
        ),
        Move(
            "return_sheet",
            (SheetState.SUBMITTED.value, SheetState.ACCEPTED.value),
            SheetState.RETURNED.value,
            (Role.SECRETARY.value,),
        ),
        Move(
            "accept_sheet",
            (SheetState.SUBMITTED.value,),
            SheetState.ACCEPTED.value,
            (Role.SECRETARY.value,),
            "acceptance_problems",
        ),
    ],
)
