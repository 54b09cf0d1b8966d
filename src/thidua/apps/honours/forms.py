"""The shape of an objection from anybody, of its answer, and of a posting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.forms import ActForm, DayField
from thidua.apps.councils.models import Session
from thidua.apps.decisions.models import Decision
from thidua.apps.honours.queries import decisions_to_post, sessions_to_post


class ObjectionForm(ActForm):
    """What somebody says against a posted list; ``website`` is a trap that only machines fill in."""

    name = forms.CharField(label=_("Họ và tên của bạn"), max_length=120)
    contact = forms.CharField(
        label=_("Cách liên hệ"), max_length=200, help_text=_("Địa chỉ, điện thoại hoặc thư điện tử để nhận trả lời.")
    )
    about = forms.CharField(label=_("Về ai trong danh sách"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Nội dung kiến nghị, phản ánh"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6})
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Without the trap; a form that fills it in is refused."""
        data = dict(super().clean() or {})
        if data.pop("website", ""):
            raise forms.ValidationError(_("Chưa gửi được. Tải lại trang rồi điền lại."))
        return data


class AnswerForm(ActForm):
    """The answer to an objection."""

    answer = forms.CharField(label=_("Nội dung trả lời"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))
    on = DayField(label=_("Ngày trả lời"))


class PostResultForm(ActForm):
    """Posting what a session passed."""

    session = forms.ModelChoiceField(label=_("Phiên họp"), queryset=Session.objects.none())
    on = DayField(label=_("Ngày niêm yết"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = sessions_to_post()  # type: ignore[attr-defined]  # declared above


class PostDecisionForm(ActForm):
    """Posting a signed decision."""

    decision = forms.ModelChoiceField(label=_("Quyết định"), queryset=Decision.objects.none())
    on = DayField(label=_("Ngày niêm yết"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = decisions_to_post()  # type: ignore[attr-defined]  # declared above


class CloseForm(ActForm):
    """Closing a posting."""

    on = DayField(label=_("Ngày kết thúc niêm yết"))
