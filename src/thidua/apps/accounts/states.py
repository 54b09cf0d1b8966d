"""Roles of the accounts app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may do in an agency, from a day to a day. Everybody with an account is a member.

    The administrator keeps units, people and accounts, and sees no records. The operator is whoever runs commands on
    the server: sets up agencies and first accounts, installs packs, sees no records.
    """

    MEMBER = "member", _("Cán bộ, công chức, viên chức, người lao động")
    HEAD = "head", _("Trưởng đơn vị")
    SECRETARY = "secretary", _("Thường trực Hội đồng")
    DIRECTOR = "director", _("Giám đốc")
    INSPECTOR = "inspector", _("Thanh tra, kiểm tra")
    ADMINISTRATOR = "administrator", _("Quản trị hệ thống của cơ quan")
    OPERATOR = "operator", _("Người quản trị máy chủ")


class JobState(models.TextChoices):
    """How far work beside the page that asked for it has come."""

    WAITING = "waiting", _("Chờ tới lượt")
    RUNNING = "running", _("Đang làm")
    DONE = "done", _("Xong")
    STOPPED = "stopped", _("Đã dừng")
    FAILED = "failed", _("Không làm được")


JOB_OPEN = (JobState.WAITING, JobState.RUNNING)
