"""What is said of a workbook: the file, its tables and columns, who is meant, whether wrong rows stay out."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.forms import ActForm
from thidua.apps.records.actions.examining import NOBODY
from thidua.apps.records.forms import WorkbookForm
from thidua.apps.records.queries.imports import Question
from thidua.apps.records.queries.tables import TABLES
from thidua.core.workbooks.layout import SheetLayout
from thidua.core.workbooks.spec import TableSpec

ACCEPTED = ".xlsx,.xlsm,.xls,.ods,.csv"


class OwnWorkbookForm(WorkbookForm):
    """A workbook of any kind."""

    part = None  # type: ignore[assignment]  # how Django leaves a field of the parent out
    workbook = forms.FileField(
        label=_("Tệp bảng tính (.xlsx, .xlsm, .xls, .ods, .csv)"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )


class TablesForm(ActForm):
    """Which table each sheet is, and where its header stands."""

    def __init__(self, *args: Any, layouts: Sequence[SheetLayout], **given: Any) -> None:
        super().__init__(*args, **given)
        self.layouts = layouts
        choices = [("", _now("Không nhập trang này")), *((key, own.name) for key, own in TABLES.items())]
        for place, layout in enumerate(layouts):
            self.fields[f"bang{place}"] = forms.ChoiceField(
                label=_now("Trang “{name}” là bảng").format(name=layout.sheet),
                choices=choices,
                initial=layout.table,
                required=False,
            )
            self.fields[f"dong{place}"] = forms.IntegerField(
                label=_now("Dòng tiêu đề của trang “{name}”").format(name=layout.sheet),
                initial=layout.row + 1,
                min_value=1,
                max_value=1000,
            )

    def clean(self) -> dict[str, Any]:
        """What the act takes."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        said = {
            layout.sheet: (cleaned[f"bang{place}"], cleaned[f"dong{place}"] - 1)
            for place, layout in enumerate(self.layouts)
        }
        return {"chosen": said}


class ColumnsForm(ActForm):
    """Which column of each sheet means which column of its table."""

    def __init__(self, *args: Any, layouts: Sequence[SheetLayout], specs: Sequence[TableSpec], **given: Any) -> None:
        super().__init__(*args, **given)
        self.layouts = layouts
        by_key = {spec.key: spec for spec in specs}
        for place, layout in enumerate(layouts):
            if layout.table:
                self._ask(place, layout, by_key[layout.table])

    def _ask(self, place: int, layout: SheetLayout, spec: TableSpec) -> None:
        meant = {column: key for key, column in layout.columns.items()}
        choices = [("", _now("Không nhập cột này")), *((column.key, column.header) for column in spec.columns)]
        for column, header in enumerate(layout.headers):
            samples = ", ".join(layout.samples[column]) if column < len(layout.samples) else ""
            if not header and not samples:
                continue
            self.fields[f"cot{place}-{column}"] = forms.ChoiceField(
                label=f"{layout.sheet}: {header or _now('cột không tên')}",
                help_text=_now("Ví dụ: {samples}").format(samples=samples) if samples else "",
                choices=choices,
                initial=meant.get(column, ""),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """The layouts as chosen; a column of the table that two columns of a sheet would be is refused."""
        cleaned = super().clean() or self.cleaned_data
        layouts = []
        for place, layout in enumerate(self.layouts):
            columns: dict[str, int] = {}
            for column in range(len(layout.headers)):
                key = cleaned.get(f"cot{place}-{column}")
                if key and key in columns:
                    said = _now("Hai cột cùng được chọn là một; chọn lại một cột.")
                    self.add_error(f"cot{place}-{column}", said)
                elif key:
                    columns[key] = column
            layouts.append(_with(layout, columns))
        return {"layout": layouts}


class AnswersForm(ActForm):
    """Who is meant, for each question."""

    def __init__(self, *args: Any, questions: Sequence[Question], **given: Any) -> None:
        super().__init__(*args, **given)
        self.questions = questions
        for place, question in enumerate(questions):
            self.fields[f"ai{place}"] = forms.ChoiceField(
                label=_now("“{said}” ({count} dòng) là ai").format(said=question.said, count=question.rows),
                choices=[
                    *question.options,
                    (NOBODY, _now("Không phải ai trong số này")),
                    ("", _now("Trả lời sau")),
                ],
                widget=forms.RadioSelect,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """What the act takes."""
        cleaned = super().clean() or self.cleaned_data
        return {
            "answers": {question.key: cleaned.get(f"ai{place}", "") for place, question in enumerate(self.questions)}
        }


class TakeInForm(ActForm):
    """That the rows are taken in; with wrong ones among them, that these stay out."""

    without_wrong = forms.BooleanField(required=False)

    def __init__(self, *args: Any, sound: int, wrong: int, **given: Any) -> None:
        super().__init__(*args, **given)
        if wrong:
            self.fields["without_wrong"].label = _now(
                "Nhập {sound} dòng đúng; {wrong} dòng sai không nhập, trả lại trong tệp."
            ).format(sound=sound, wrong=wrong)
        else:
            del self.fields["without_wrong"]


def _with(layout: SheetLayout, columns: dict[str, int]) -> SheetLayout:
    """A layout with other columns."""
    return SheetLayout(
        sheet=layout.sheet,
        table=layout.table,
        row=layout.row,
        data=layout.data,
        columns=columns,
        headers=layout.headers,
        samples=layout.samples,
        rows=layout.rows,
    )
