"""The shape of what narrows the records behind a figure."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.apps.units.forms import PeopleSearch


class LineSearch(PeopleSearch):
    """Records that count one way; units are named, for a record may be of none that we keep."""

    nhom = forms.ChoiceField(label=_("Nhóm"), required=False)

    def __init__(self, data: Any, *, units: Iterable[str], groups: Iterable[tuple[str, str]]) -> None:
        super().__init__(data, units=((name, name) for name in units))
        self.fields["q"].label = _("Tìm theo tên (không cần dấu)")
        self.offer("nhom", groups)
