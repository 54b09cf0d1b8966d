"""The shape of what a person types to have a year judged."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.forms import ActForm, DayField


class EvaluateForm(ActForm):
    """The day whose law judges the year."""

    as_of = DayField(
        label=_("Xét theo luật có hiệu lực ngày"),
        help_text=_("Thường là ngày cuối của năm xét. Mỗi lần xét được giữ lại; lần mới đứng cạnh lần cũ."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_of"].widget.attrs["autofocus"] = True
