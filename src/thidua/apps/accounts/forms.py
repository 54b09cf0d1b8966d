"""The shape of what a person types: to sign in, and the form that every act is submitted by."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.access import CannotDo, StillOpen
from thidua.core.law.errors import NoRule
from thidua.core.lifecycle import LifecycleError


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
        except (CannotDo, LifecycleError, NoRule) as error:
            self.add_error(None, str(error))
        return not self.errors


class DayField(forms.DateField):
    """A day as people here write it: dd/mm/yyyy."""

    widget = forms.DateInput(
        format="%d/%m/%Y", attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off"}
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"], **kwargs)


class SignInForm(AuthenticationForm):
    """User name and password, with messages that say what to do."""

    username = forms.CharField(label=_("Tên đăng nhập"), max_length=150)
    password = forms.CharField(label=_("Mật khẩu"), strip=False, widget=forms.PasswordInput)
    error_messages = {
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra rồi nhập lại."),
        "inactive": _("Tài khoản này đã ngừng. Liên hệ Thường trực Hội đồng."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.update(autocomplete="username", autocapitalize="none", autofocus=True)
        self.fields["password"].widget.attrs.update(autocomplete="current-password")
