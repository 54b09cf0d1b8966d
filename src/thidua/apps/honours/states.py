"""Lifecycles of postings and of the objections they bring."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.states import Role
from thidua.core.lifecycle import Lifecycle, Move


class PostingKind(models.TextChoices):
    """What is posted for everybody to read: whom the council passed, or a decision."""

    RESULT = "result", _("Danh sách Hội đồng thông qua")
    DECISION = "decision", _("Quyết định")


class PostingState(models.TextChoices):
    """Posted for so many working days, then closed when every objection has its answer."""

    POSTED = "posted", _("Đang niêm yết")
    CLOSED = "closed", _("Đã hết niêm yết")


class ObjectionState(models.TextChoices):
    """An objection is received and owed an answer."""

    RECEIVED = "received", _("Đã nhận, chờ trả lời")
    ANSWERED = "answered", _("Đã trả lời")


STANDING = (Role.SECRETARY.value, Role.DIRECTOR.value)

POSTING = Lifecycle(
    name="Posting",
    states=PostingState.values,
    moves=[
        Move("close_posting", (PostingState.POSTED.value,), PostingState.CLOSED.value, STANDING, "posting_problems")
    ],
)
OBJECTION = Lifecycle(
    name="Objection",
    states=ObjectionState.values,
    moves=[
        Move("answer_objection", (ObjectionState.RECEIVED.value,), ObjectionState.ANSWERED.value, STANDING),
    ],
)
