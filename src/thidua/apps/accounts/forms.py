"""The shape of what a person types: to sign in, and the form that every act is submitted by."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.access import CannotDo, StillOpen
from thidua.apps.accounts.models import User
from thidua.apps.accounts.queries import open_units
from thidua.apps.accounts.states import Role
from thidua.apps.units.states import PostKind, Sex, StaffCategory, UnitKind
from thidua.core.law.errors import LawError
from thidua.core.lifecycle import LifecycleError

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class ActForm(forms.Form):
    """A form whose submission is one act: what was typed goes to the act by keyword.

    What the act cannot do becomes an error of the form, and nothing was changed; ``result`` is what the act gave back.
    Shown by ``{% include "form.html" with button=… %}``.
    """

    result: Any = None

    def submit(self, act: Callable[..., Any], **given: object) -> bool:
        """Run the act once if the form is complete; whether it was done. Raises Refused (answered with 403)."""
        if not self.is_valid():
            return False
        try:
            self.result = act(**given, **self.cleaned_data)
        except StillOpen as error:
            for problem in error.problems:
                self.add_error(None, problem)
        except (CannotDo, LifecycleError, LawError) as error:
            self.add_error(None, str(error))
        except forms.ValidationError as error:
            self.add_error(None, error)
        return not self.errors


class DayField(forms.DateField):
    """A day as people here write it: dd/mm/yyyy."""

    widget = forms.DateInput(
        format="%d/%m/%Y", attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off"}
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"], **kwargs)


class UnitField(forms.ModelChoiceField):
    """One of the agency's units that go on; ``StaffForm`` looks them up."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, **kwargs)


class StaffForm(ActForm):
    """An act on units and people: offers the units that have not ended."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, UnitField):
                field.queryset = open_units()


def _because(*, required: bool = True) -> forms.CharField:
    return forms.CharField(label=_("Lý do, căn cứ"), max_length=300, required=required)


def _code(label: "StrOrPromise") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=40,
        validators=[RegexValidator(r"^[A-Za-z0-9._-]+\Z", _("Chỉ dùng chữ không dấu, chữ số, dấu chấm và gạch nối."))],
    )


class BecauseForm(ActForm):
    """A reason, for acts that need nothing else."""

    because = _because()


class LastDayForm(BecauseForm):
    """The last day of something, and why it ends."""

    on = DayField(label=_("Ngày cuối"))
    field_order = ("on", "because")


class UnitForm(StaffForm):
    """A new unit."""

    name = forms.CharField(label=_("Tên đơn vị"), max_length=200)
    code = _code(_("Mã đơn vị"))
    kind = forms.ChoiceField(label=_("Loại đơn vị"), choices=UnitKind.choices)
    parent = UnitField(label=_("Trực thuộc"), required=False, empty_label=_("Thẳng cơ quan"))
    since = DayField(label=_("Từ ngày"))


class UnitCorrectionForm(ActForm):
    """What was written wrongly of a unit."""

    name = forms.CharField(label=_("Tên đơn vị"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại đơn vị"), choices=UnitKind.choices)
    because = _because()


class RenamingForm(ActForm):
    """A unit's new name, its own code, and from when."""

    name = forms.CharField(label=_("Tên mới"), max_length=200)
    code = _code(_("Mã mới"))
    on = DayField(label=_("Từ ngày"))


class MergerForm(StaffForm):
    """Which unit takes over, from when."""

    after = UnitField(label=_("Sáp nhập vào"))
    on = DayField(label=_("Từ ngày"))


class PersonForm(StaffForm):
    """A new member of staff with the post they hold."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    code = _code(_("Mã cán bộ"))
    category = forms.ChoiceField(label=_("Diện"), choices=StaffCategory.choices)
    birth_date = DayField(label=_("Ngày sinh"), required=False)
    sex = forms.ChoiceField(label=_("Giới tính"), choices=[("", "—"), *Sex.choices], required=False)
    unit = UnitField(label=_("Đơn vị"))
    title = forms.CharField(label=_("Chức vụ, vị trí"), max_length=200)
    since = DayField(label=_("Từ ngày"))


class TransferForm(StaffForm):
    """Where to, as what, from when, and by which decision."""

    unit = UnitField(label=_("Đơn vị mới"))
    title = forms.CharField(label=_("Chức vụ, vị trí"), max_length=200)
    on = DayField(label=_("Từ ngày"))
    because = _because()


class PostForm(StaffForm):
    """A further post, or a secondment."""

    unit = UnitField(label=_("Đơn vị"))
    title = forms.CharField(label=_("Chức vụ, vị trí"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại vị trí"), choices=PostKind.choices)
    elsewhere = forms.CharField(label=_("Nơi biệt phái đến"), max_length=200, required=False)
    since = DayField(label=_("Từ ngày"))
    until = DayField(label=_("Đến ngày"), required=False)


class PostCorrectionForm(ActForm):
    """What was written wrongly of a post."""

    title = forms.CharField(label=_("Chức vụ, vị trí"), max_length=200)
    since = DayField(label=_("Từ ngày"))
    until = DayField(label=_("Đến ngày"), required=False)
    because = _because()


class UsernameForm(ActForm):
    """The name of a new account."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        help_text=_("Chữ thường không dấu, chữ số, dấu chấm, gạch nối."),
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9.-]+\Z", _("Chỉ dùng chữ thường không dấu, chữ số, dấu chấm."))],
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )


class GrantForm(StaffForm):
    """A role from a day, to a day when it is known."""

    role = forms.TypedChoiceField(
        label=_("Vai trò"),
        coerce=Role,
        choices=[choice for choice in Role.choices if choice[0] not in (Role.MEMBER, Role.OPERATOR)],
    )
    unit = UnitField(
        label=_("Đơn vị"), required=False, help_text=_("Chỉ chọn cho trưởng đơn vị."), empty_label=_("Cả cơ quan")
    )
    since = DayField(label=_("Từ ngày"))
    until = DayField(label=_("Đến ngày"), required=False)
    because = _because(required=False)


class NewPasswordForm(ActForm):
    """A password typed twice; ``username`` says whom it must not resemble."""

    password = forms.CharField(
        label=_("Mật khẩu mới"),
        strip=False,
        max_length=200,
        help_text=_("Ít nhất 12 ký tự, không phải mật khẩu quen thuộc."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Nhập lại mật khẩu mới"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """The two must agree and be hard to guess; one is handed on."""
        given = super().clean() or self.cleaned_data
        password, again = given.get("password"), given.pop("again", None)
        if password and again and password != again:
            self.add_error("again", _("Hai lần nhập mật khẩu khác nhau. Nhập lại."))
        elif password:
            try:
                validate_password(password, User(username=given.get("username", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return given


class OwnPasswordForm(NewPasswordForm):
    """One's own password changed."""

    old = forms.CharField(
        label=_("Mật khẩu đang dùng"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old", "password", "again")


class SignInForm(AuthenticationForm):
    """User name and password, with messages that say what to do."""

    username = forms.CharField(label=_("Tên đăng nhập"), max_length=150)
    password = forms.CharField(label=_("Mật khẩu"), strip=False, widget=forms.PasswordInput)
    error_messages = {
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra rồi nhập lại."),
        "inactive": _("Tài khoản này đã ngừng. Liên hệ người quản trị hệ thống."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.update(autocomplete="username", autocapitalize="none", autofocus=True)
        self.fields["password"].widget.attrs.update(autocomplete="current-password")
