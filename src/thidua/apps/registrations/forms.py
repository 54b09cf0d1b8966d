"""The shape of what is typed on registration pages."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.forms import ActForm
from thidua.apps.registrations.models import Registration
from thidua.apps.registrations.queries import SheetLine, SheetTable, TitleChoice


class TitlesForm(ActForm):
    """The titles that somebody aims at; ``seen`` is what the page was made from."""

    titles = forms.MultipleChoiceField(
        label=_("Danh hiệu đăng ký"),
        required=False,
        help_text=_("Không chọn danh hiệu nào là đăng ký tham gia thi đua, chưa nhắm danh hiệu."),
        widget=forms.CheckboxSelectMultiple,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: Sequence[TitleChoice], present: Registration | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(seen=present.pk if present else 0, titles=present.titles if present else [])
        titles: Any = self.fields["titles"]
        titles.choices = [(choice.code, choice.name) for choice in choices]


class DeclineForm(ActForm):
    """Not to register, and why if one likes to say."""

    because = forms.CharField(label=_("Lý do"), max_length=200, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, present: Registration | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = present.pk if present else 0


class ContractForm(ActForm):
    """The unit's emulation contract in its own words."""

    contract = forms.CharField(label=_("Nội dung giao ước"), widget=forms.Textarea, max_length=20_000)


class ReturnForm(ActForm):
    """Notes on lines of a sheet, and on the whole."""

    whole = forms.CharField(label=_("Về cả bảng"), max_length=500, required=False)

    def __init__(self, *args: Any, table: SheetTable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: dict[str, Registration] = {}
        for line in (table.collective, *table.people):
            if line.registration is not None:
                name = f"line{line.registration.pk}"
                self.rows[name] = line.registration
                self.fields[name] = forms.CharField(label=_label(line, table), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """The notes that were written."""
        typed = super().clean() or {}
        notes = [(None, typed.get("whole") or ""), *((row, typed.get(name) or "") for name, row in self.rows.items())]
        return {"marks": [(row, note) for row, note in notes if note]}


def _label(line: SheetLine, table: SheetTable) -> str:
    return line.person.full_name if line.person else f"{table.unit.name} ({_('tập thể')})"
