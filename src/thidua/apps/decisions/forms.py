"""The shape of what people type about decisions and proposals."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.forms import ActForm, DayField
from thidua.apps.decisions.models import Decision
from thidua.apps.decisions.queries import Candidate, DecisionFile, LineShown, ProposalFile, decisions_of
from thidua.apps.decisions.states import DecisionKind, DecisionState
from thidua.core.papers.form import Stock
from thidua.core.papers.form.certificate import FARTHEST_MM
from thidua.core.papers.own_template import MAX_FILE

MOST_UPLOADED = 50_000_000
MOST_PROBLEMS = 100  # shown at once; the next ones come up when these are settled
OF_THE_PAGE = _("Các dòng của trang danh sách đang mở; tìm tên ở trên để thấy dòng khác.")
KINDS = [(DecisionKind.AWARD.value, DecisionKind.AWARD.label), (DecisionKind.SUPPLEMENT.value, _("Bổ sung"))]


class ChosenForm(ActForm):
    """A form over passed nominations: some of them, or all."""

    def __init__(self, *args: Any, candidates: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_pk = {str(row.nomination.pk): row.nomination for row in candidates}
        labels = [
            (str(row.nomination.pk), f"{row.nomination.subject} – {row.name} ({row.nomination.unit.name})")
            for row in candidates
        ]
        self.fields["everybody"] = forms.BooleanField(label=_("Chọn tất cả danh sách dưới đây"), required=False)
        self.fields["nominations"] = forms.MultipleChoiceField(
            label=_("Trường hợp Hội đồng đã thông qua"),
            choices=labels,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self) -> dict[str, Any]:
        """The chosen nominations in place of their numbers."""
        data = dict(super().clean() or {})
        chosen = list(self.by_pk) if data.pop("everybody", False) else data.get("nominations", [])
        if not chosen:
            self.add_error("nominations", _("Chọn ít nhất một trường hợp, hoặc chọn tất cả."))
        return data | {"nominations": [self.by_pk[key] for key in chosen]}


class DecisionForm(ChosenForm):
    """A new decision, or a supplement to one."""

    kind = forms.TypedChoiceField(
        label=_("Loại quyết định"), choices=KINDS, coerce=DecisionKind, initial=DecisionKind.AWARD.value
    )
    amends = forms.ModelChoiceField(
        label=_("Bổ sung cho quyết định"), queryset=Decision.objects.none(), required=False, empty_label="–"
    )
    because = forms.CharField(label=_("Lý do bổ sung"), max_length=500, required=False)
    subject = forms.CharField(label=_("Trích yếu"), max_length=300)
    dated = DayField(label=_("Ngày quyết định"))

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signed = decisions_of(year).filter(state=DecisionState.SIGNED).exclude(kind=DecisionKind.ANNULMENT)
        self.fields["amends"].queryset = signed  # type: ignore[attr-defined]  # the field is declared above


class ProposalForm(ChosenForm):
    """A new proposal to whoever decides."""

    addressed_to = forms.CharField(label=_("Kính gửi"), max_length=200)
    dated = DayField(label=_("Ngày tờ trình"))


class FileForm(ActForm):
    """A form about a decision or proposal as its page shows it; ``lines`` are those of a decision that the page has."""

    def __init__(
        self, *args: Any, shown: DecisionFile | ProposalFile, lines: Sequence[LineShown] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.shown, self.on_page = shown, lines


class SendForm(FileForm):
    """Sending out for signature; the number is the next free one unless given."""

    on = DayField(label=_("Ngày gửi ký"))
    number = forms.IntegerField(
        label=_("Số quyết định"), min_value=1, required=False, help_text=_("Để trống: lấy số tiếp theo của sổ văn bản.")
    )


class SignedForm(FileForm):
    """The signed copy."""

    on = DayField(label=_("Ngày nhận bản ký"))
    file = forms.FileField(
        label=_("Tệp PDF đã ký số"), help_text=_("Ký trên đúng tệp đã tải từ trang này; tệp khác sẽ không nhận.")
    )
    because = forms.CharField(
        label=_("Lý do nhận khi chứng thư ghi tên khác người ký"),
        max_length=500,
        required=False,
        help_text=_("Chỉ giám đốc ghi, kèm căn cứ; để trống khi chữ ký đúng tên."),
    )
    article = forms.CharField(label=_("Căn cứ nhận (điều, khoản, văn bản)"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """The file's bytes and name in place of the upload."""
        data = dict(super().clean() or {})
        file = data.pop("file", None)
        if file is None:
            return data
        if file.size > MOST_UPLOADED:
            self.add_error("file", _("Tệp quá lớn. Bản ký chỉ lớn hơn bản gốc vài trăm KB."))
            return data
        return data | {"data": file.read(), "filename": file.name}


class BecauseForm(FileForm):
    """An act that only needs a reason."""

    because = forms.CharField(label=_("Lý do"), max_length=500)


class SignerForm(FileForm):
    """Naming who signs a draft."""

    name = forms.CharField(
        label=_("Họ tên người ký"), max_length=120, help_text=_("Giám đốc, hoặc Phó Giám đốc ký thay.")
    )
    because = forms.CharField(label=_("Lý do đổi người ký"), max_length=500)


class DropForm(FileForm):
    """Taking one line out of a draft."""

    line = forms.ChoiceField(label=_("Dòng"), help_text=OF_THE_PAGE)
    because = forms.CharField(label=_("Lý do"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_pk = {str(row.line.pk): row.line for row in self.on_page}
        self.fields["line"].choices = [  # type: ignore[attr-defined]  # the field is declared above
            (str(row.line.pk), f"{row.name} – {row.line.title_name}") for row in self.on_page
        ]

    def clean(self) -> dict[str, Any]:
        """The line in place of its number."""
        data = dict(super().clean() or {})
        return data | {"line": self.by_pk[data["line"]]} if "line" in data else data


class OverrideForm(FileForm):
    """Setting one open problem aside."""

    problem = forms.ChoiceField(label=_("Vướng mắc"), widget=forms.RadioSelect)
    because = forms.CharField(label=_("Vì sao vẫn quyết định"), max_length=500)
    article = forms.CharField(label=_("Căn cứ (điều, khoản, văn bản)"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["problem"].choices = [  # type: ignore[attr-defined]  # the field is declared above
            (problem, problem) for problem in self.shown.problems[:MOST_PROBLEMS]
        ]


class AnnulForm(FileForm):
    """Annulling lines of a signed decision."""

    lines = forms.MultipleChoiceField(
        label=_("Dòng bị hủy bỏ"), widget=forms.CheckboxSelectMultiple, help_text=OF_THE_PAGE
    )
    dated = DayField(label=_("Ngày quyết định hủy bỏ"))
    because = forms.CharField(label=_("Lý do"), max_length=500)
    article = forms.CharField(label=_("Căn cứ (điều, khoản, văn bản)"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [row for row in self.on_page if row.annulled_by is None]
        self.by_pk = {str(row.line.pk): row.line for row in rows}
        self.fields["lines"].choices = [  # type: ignore[attr-defined]  # the field is declared above
            (str(row.line.pk), f"{row.name} – {row.line.title_name}") for row in rows
        ]

    def clean(self) -> dict[str, Any]:
        """The lines in place of their numbers."""
        data = dict(super().clean() or {})
        return data | {"lines": [self.by_pk[key] for key in data.get("lines", [])]}


class SendProposalForm(FileForm):
    """Sending a proposal out."""

    on = DayField(label=_("Ngày gửi"))
    number = forms.IntegerField(
        label=_("Số tờ trình"), min_value=1, required=False, help_text=_("Để trống: lấy số tiếp theo của sổ văn bản.")
    )


class AnswerForm(FileForm):
    """The answer to a proposal."""

    answer = forms.CharField(label=_("Kết quả (số, ngày văn bản trả lời)"), max_length=500)
    on = DayField(label=_("Ngày nhận kết quả"))


class TemplateForm(ActForm):
    """An agency's own Word template for one kind of paper."""

    on = DayField(label=_("Dùng từ ngày"))
    file = forms.FileField(
        label=_("Tệp mẫu Word (.docx)"),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        help_text=_("Tệp được thử điền trước khi nhận; tên chỗ điền nào chưa biết sẽ được nêu ra."),
    )

    def clean(self) -> dict[str, Any]:
        """The file's bytes and name in place of the upload."""
        data = dict(super().clean() or {})
        file = data.pop("file", None)
        if file is None:
            return data
        if file.size > MAX_FILE:
            largest = MAX_FILE // 2**20
            self.add_error(
                "file", _("Tệp mẫu lớn hơn %(largest)s MiB. Bỏ bớt hình rồi tải lại.") % {"largest": largest}
            )
            return data
        return data | {"data": file.read(), "filename": file.name}


class DropTemplateForm(ActForm):
    """Going back to the built-in layout."""

    because = forms.CharField(label=_("Lý do"), max_length=500)


class MillimetreField(forms.DecimalField):
    """A distance in millimetres, with a comma or a point."""

    def __init__(self, **kwargs: Any) -> None:
        far = _("Độ lệch phải từ -%(far)s đến %(far)s mm, quá nữa thì chữ ra ngoài tờ giấy. Đo lại phôi.") % {
            "far": FARTHEST_MM
        }
        not_a_number = _("Nhập số mi-li-mét, ví dụ 3 hoặc -2,5.")
        super().__init__(
            min_value=-FARTHEST_MM,
            max_value=FARTHEST_MM,
            decimal_places=1,
            widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
            error_messages={
                "invalid": not_a_number,
                "min_value": far,
                "max_value": far,
                "max_decimal_places": _("Chỉ nhập một chữ số sau dấu phẩy, ví dụ -2,5."),
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        """The number, whichever sign stands before its tenths."""
        return super().to_python(str(value).strip().replace(",", ".") if value is not None else value)


class StockForm(forms.Form):
    """Pre-printed stock and how far its print stands from ours."""

    x = MillimetreField(label=_("Lệch ngang (mm)"), initial=0, help_text=_("Số dương: sang phải; số âm: sang trái."))
    y = MillimetreField(label=_("Lệch dọc (mm)"), initial=0, help_text=_("Số dương: xuống dưới; số âm: lên trên."))

    @property
    def stock(self) -> Stock:
        """The stock, once the form is valid."""
        given = self.cleaned_data
        return Stock(preprinted=True, offset_x_mm=float(given["x"]), offset_y_mm=float(given["y"]))
