"""The shape of what is typed on a campaign's pages."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.forms import ActForm, DayField
from thidua.apps.campaigns.queries import AllocationTable
from thidua.apps.campaigns.queries.cascade import TargetColumn, UnitRow
from thidua.apps.units.models import Person
from thidua.core.plans import PLAN_SUFFIXES, PlanError

ANY_FILE = forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"})


class PlanForm(ActForm):
    """A plan document to be read."""

    document = forms.FileField(
        label=_("Tệp kế hoạch"),
        help_text=_(
            "Tệp Word .docx, PDF, bản quét hoặc ảnh chụp (.pdf, .png, .jpg, .tif), hoặc tệp chữ .txt, "
            ".md. Tối đa 20 MB, "
            "300 trang; quét tối đa 60 trang, mỗi trang đọc mất vài giây."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(PLAN_SUFFIXES)}),
    )

    def submit(self, act: Callable[..., Any], **given: object) -> bool:
        """As every act; what the reader cannot read is said at the file."""
        if not self.is_valid():
            return False
        document = self.cleaned_data.pop("document")
        try:
            return super().submit(act, data=document.read(), filename=document.name, **given)
        except PlanError as error:
            self.add_error("document", str(error))
        return False


class DayForm(ActForm):
    """One day, for acts that need nothing else."""

    on = DayField(label=_("Ngày"))


class CouncilDayForm(ActForm):
    """The council's day, from which most other days count."""

    council_on = DayField(label=_("Ngày họp Hội đồng"), required=False)


class BriefingForm(ActForm):
    """Short minutes of a unit's briefing."""

    held_on = DayField(label=_("Ngày họp"))
    place = forms.CharField(label=_("Địa điểm"), max_length=200)
    led_by = forms.CharField(label=_("Người chủ trì"), max_length=200)
    content = forms.CharField(label=_("Nội dung"), max_length=1000, widget=forms.Textarea)


class PaperForm(ActForm):
    """A signed list: its scan, its day, and who signed."""

    people: Any = forms.ModelMultipleChoiceField(
        label=_("Những người đã ký"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    on = DayField(label=_("Ngày ký"))
    document = forms.FileField(
        label=_("Bản quét danh sách đã ký"), help_text=_("Tệp PDF, JPG hoặc PNG."), widget=ANY_FILE
    )

    def __init__(self, *args: Any, waiting: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["people"]
        people.queryset = Person.objects.filter(pk__in=[person.pk for person in waiting])

    def submit(self, act: Callable[..., Any], **given: object) -> bool:
        """As every act, with the bytes of the scan."""
        if not self.is_valid():
            return False
        document = self.cleaned_data.pop("document")
        self.cleaned_data["people"] = list(self.cleaned_data["people"])
        return super().submit(act, scan=document.read(), filename=document.name, **given)


class AllocationForm(ActForm):
    """Units × targets: a whole number in each place that a unit can be given; empty places stay as they are."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, table: AllocationTable, proposed: Mapping[Any, Mapping[int, int]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = table.seen
        self.table = table
        self.lines = []
        for row in table.rows:
            cells = []
            for column, amount in zip(table.columns, row.amounts, strict=True):
                name = f"a{column.target.pk}-{row.unit.pk}"
                start = amount if amount is not None else proposed.get(column.target, {}).get(row.unit.pk)
                self.fields[name] = _cell(row, column, start)
                cells.append((column, self[name]))
            self.lines.append((row, cells))

    def clean(self) -> dict[str, Any]:
        """The amounts by target and unit."""
        typed = super().clean() or {}
        amounts: dict[int, dict[int, int]] = {}
        for row in self.table.rows:
            for column in self.table.columns:
                amount = typed.get(f"a{column.target.pk}-{row.unit.pk}")
                if amount is not None:
                    amounts.setdefault(column.target.pk, {})[row.unit.pk] = amount
        return {"amounts": amounts, "seen": typed.get("seen")}


def _cell(row: UnitRow, column: TargetColumn, start: int | None) -> forms.IntegerField:
    label = f"{row.unit.name}, {column.name}"
    most = None
    if column.whole is not None:
        most = 1 if column.counted == "tập thể" else row.headcount
    widget = forms.NumberInput(attrs={"aria-label": label, "inputmode": "numeric"})
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=most, initial=start, widget=widget, disabled=bool(row.ended)
    )
