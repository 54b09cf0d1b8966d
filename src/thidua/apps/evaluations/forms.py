"""The shape of what a person types to have a year judged, and to find somebody among the judged."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.forms import ActForm, DayField
from thidua.apps.evaluations.states import Outcome
from thidua.apps.units.forms import PeopleSearch


class EvaluateForm(ActForm):
    """The day whose law judges the year."""

    as_of = DayField(
        label=_("Xét theo luật có hiệu lực ngày"),
        help_text=_("Thường là ngày cuối của năm xét. Mỗi lần xét được giữ lại; lần mới đứng cạnh lần cũ."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_of"].widget.attrs["autofocus"] = True


class JudgedSearch(PeopleSearch):
    """Those of one outcome too, of one title or of any."""

    danh_hieu = forms.ChoiceField(label=_("Danh hiệu"), required=False)
    ket_qua = forms.ChoiceField(label=_("Kết quả xét"), required=False)

    def __init__(self, data: Any, *, units: Iterable[tuple[int, str]], titles: Iterable[tuple[str, str]]) -> None:
        super().__init__(data, units=units)
        self.offer("danh_hieu", titles)
        self.offer("ket_qua", Outcome.choices)
