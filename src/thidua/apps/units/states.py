"""Words of the units app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgencyKind(models.TextChoices):
    """Kinds of public agency."""

    DEPARTMENT = "so", _("Sở, ban, ngành cấp tỉnh")
    COMMUNE = "xa", _("Ủy ban nhân dân cấp xã")
    SERVICE = "su_nghiep", _("Đơn vị sự nghiệp công lập")
    OTHER = "khac", _("Cơ quan khác")


class UnitKind(models.TextChoices):
    """Kinds of collective inside an agency."""

    LEADERSHIP = "lanh_dao", _("Ban lãnh đạo")
    OFFICE = "van_phong", _("Văn phòng")
    INSPECTORATE = "thanh_tra", _("Thanh tra")
    DIVISION = "phong", _("Phòng")
    CENTRE = "trung_tam", _("Trung tâm")


class StaffCategory(models.TextChoices):
    """CBCCVC: how a person is employed."""

    OFFICIAL = "can_bo", _("Cán bộ")
    CIVIL_SERVANT = "cong_chuc", _("Công chức")
    PUBLIC_EMPLOYEE = "vien_chuc", _("Viên chức")
    WORKER = "nguoi_lao_dong", _("Người lao động")


class Sex(models.TextChoices):
    """As on the personnel file."""

    MALE = "nam", _("Nam")
    FEMALE = "nữ", _("Nữ")


class PostKind(models.TextChoices):
    """A regular post, or a secondment elsewhere for a time."""

    REGULAR = "chinh_thuc", _("Chính thức")
    SECONDED = "biet_phai", _("Biệt phái")


class MassOrganisationKind(models.TextChoices):
    """The Party organisation and the mass organisations of a unit."""

    PARTY = "dang", _("Tổ chức đảng")
    UNION = "cong_doan", _("Công đoàn")
    YOUTH = "thanh_nien", _("Đoàn thanh niên")
    WOMEN = "phu_nu", _("Hội phụ nữ")


class LineageKind(models.TextChoices):
    """How one unit became another."""

    MERGE = "sap_nhap", _("Sáp nhập")
    SPLIT = "chia_tach", _("Chia tách")
    RENAME = "doi_ten", _("Đổi tên")
