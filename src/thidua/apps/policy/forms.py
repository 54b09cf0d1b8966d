"""The shape of what is typed to found an agency and to change its packs."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.forms import ActForm, DayField, NewPasswordForm, UsernameForm
from thidua.apps.policy.models import InstalledPack
from thidua.apps.policy.queries import Shipped
from thidua.apps.units.states import AgencyKind


class SetUpForm(NewPasswordForm, UsernameForm):
    """The agency, its first administrator, its first packs."""

    name = forms.CharField(label=_("Tên cơ quan"), max_length=200)
    code = forms.CharField(
        label=_("Mã cơ quan"),
        max_length=40,
        help_text=_("Ngắn, chữ thường không dấu: stc. Mã này nằm trong địa chỉ trang công khai."),
        validators=[RegexValidator(r"^[a-z0-9-]+\Z", _("Chỉ dùng chữ thường không dấu, chữ số, gạch nối."))],
    )
    kind = forms.ChoiceField(label=_("Loại cơ quan"), choices=AgencyKind.choices)
    place = forms.CharField(label=_("Địa danh ghi trên văn bản"), max_length=120)
    parent_name = forms.CharField(label=_("Cơ quan cấp trên"), max_length=200, required=False)
    packs = forms.MultipleChoiceField(
        label=_("Bộ luật"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Luật chung của cả nước, và quy định riêng nếu có. Đổi về sau cần hai người."),
    )
    since = DayField(label=_("Làm theo bộ luật từ ngày"))
    field_order = ("name", "code", "kind", "place", "parent_name", "packs", "since", "username", "password", "again")

    def __init__(self, *args: Any, shipped: Sequence[Shipped], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.files_of = {one.pack.digest: one.files for one in shipped}
        self.fields["username"].label = _("Tên đăng nhập của người quản trị")
        choices = [(one.pack.digest, _label(one.pack.label, one.pack.version, one.pack.demo)) for one in shipped]
        self.fields["packs"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.initial["packs"] = [one.pack.digest for one in shipped if not one.pack.demo]

    def submit(self, act: Callable[..., Any], **given: object) -> bool:
        """As every act; the packs are handed on as their files."""
        if not self.is_valid():
            return False
        self.cleaned_data["packs"] = [self.files_of[digest] for digest in self.cleaned_data["packs"]]
        return super().submit(act, **given)


class InstallForm(ActForm):
    """One of the packs that came with the program and is not installed yet."""

    pack = forms.ChoiceField(label=_("Bộ luật đi kèm chương trình"))

    def __init__(self, *args: Any, shipped: Sequence[Shipped], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.files_of = {one.pack.digest: one.files for one in shipped}
        choices = [(one.pack.digest, _label(one.pack.label, one.pack.version, one.pack.demo)) for one in shipped]
        self.fields["pack"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """The files of the pack that was chosen are handed on."""
        given = super().clean() or self.cleaned_data
        chosen = given.pop("pack", None)
        return {**given, "files": self.files_of[chosen]} if chosen else given


class ProposalForm(ActForm):
    """Which packs, from when, why."""

    packs = forms.MultipleChoiceField(label=_("Bộ luật"), widget=forms.CheckboxSelectMultiple)
    since = DayField(label=_("Từ ngày"))
    because = forms.CharField(label=_("Lý do, căn cứ"), max_length=300)

    def __init__(self, *args: Any, installed: Sequence[InstalledPack], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_digest = {pack.digest: pack for pack in installed}
        choices = [(pack.digest, _label(pack.label, pack.version, pack.is_demo)) for pack in installed]
        self.fields["packs"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean_packs(self) -> list[InstalledPack]:
        """The packs that were chosen."""
        return [self.by_digest[digest] for digest in self.cleaned_data["packs"]]


def _label(label: str, version: str, demo: bool) -> str:
    return f"{label} ({version})" + (f" – {_('minh họa')}" if demo else "")
