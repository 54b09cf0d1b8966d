"""The shape of what is typed about records: a workbook, one fact, a result, an objection and its answer."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.forms import ActForm, DayField
from thidua.apps.files.actions import MAX_BYTES
from thidua.apps.records.models import Confirmation, Fact
from thidua.apps.records.queries.confirmed import facts_to_confirm
from thidua.apps.records.queries.kinds import KINDS, KindOfFact, label_of
from thidua.apps.records.states import TITLE_WORDS, ImportPart, ListKind
from thidua.apps.units.forms import People, PersonField
from thidua.apps.units.models import MassOrganisation, Person, Unit
from thidua.core.law.facts import MOST
from thidua.core.law.schema import Fact as LawFact
from thidua.core.workbooks.errors import WorkbookError

MOST_SHOWN = 50
SUBJECT = ("person", "unit")
FIELDS: dict[str, tuple[str, ...]] = {
    "xep-loai": (*SUBJECT, "grade", "paper", "dated"),
    "nhan-xet": (*SUBJECT, "criterion", "met"),
    "xac-nhan": (*SUBJECT, "criterion", "value", "amount", "paper", "dated"),
    "to-chuc": ("organisation", "grade"),
    "nhiem-vu": ("code", "content", "unit", "assigned_by", "assigned_on", "due", "carried_from"),
    "sang-kien": ("person", "name", "kind", "scope", "decision", "recognised_on"),
    "hoc-tap": ("person", "subject", "held_on", "result"),
    "nghi": ("person", "kind", "since", "until"),
    "ky-luat": ("person", "form", "decision", "decided_on"),
    "don-thu": (*SUBJECT, "kind", "accepted_on", "concluded_on", "conclusion"),
    "vu-viec": ("kind", "count", "reported_on"),
    "giu-vung": ("name", "kept", "paper", "dated"),
    "danh-hieu": (*SUBJECT, "title", "decision", "decided_on"),
}
RESULT_OF_TASK = ("done_on", "product")
YES_NO = (("", _("Chưa có kết quả")), ("True", _("Có")), ("False", _("Không")))
WORDS_OF_BOOL = {"true": True, "false": False}


class ThingField(forms.ModelChoiceField):
    """A choice among the agency's units and organisations."""

    def label_from_instance(self, thing: Any) -> str:
        """How the choice reads."""
        if isinstance(thing, MassOrganisation):
            return f"{thing.get_kind_display()} – {thing.unit.name if thing.unit else thing.agency.name}"
        return str(thing)


class ProofField(forms.FileField):
    """A file as proof; a larger one than can be kept is refused before it is read."""

    def __init__(self, **given: Any) -> None:
        super().__init__(
            help_text=_("PDF, ảnh, Word hoặc Excel, không quá 50 MB."),
            widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.tif,.tiff,.docx,.xlsx"}),
            **given,
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file as uploaded, or None."""
        found = super().clean(data, initial)
        if found and found.size > MAX_BYTES:
            raise forms.ValidationError(
                _("Tệp lớn hơn %(most)s MB; giảm dung lượng rồi chọn lại.") % {"most": MAX_BYTES // 1_000_000}
            )
        return found


class ProofForm(ActForm):
    """A form with a proof beside its other fields: the act gets its bytes and its name."""

    def clean(self) -> dict[str, Any]:
        """Exchange the uploaded file for what the act takes."""
        cleaned = super().clean() or self.cleaned_data
        upload = cleaned.get("proof")
        cleaned["filename"] = upload.name if upload else ""
        cleaned["proof"] = upload.read() if upload else None
        return cleaned


class WorkbookForm(ActForm):
    """A department's workbook, and which part of it is taken in."""

    part = forms.ChoiceField(label=_("Phần cần nhập"), choices=ImportPart.choices, widget=forms.RadioSelect)
    workbook = forms.FileField(label=_("Sổ của cơ quan (.xlsx)"), widget=forms.FileInput(attrs={"accept": ".xlsx"}))

    def submit(self, act: Callable[..., Any], **given: object) -> bool:
        """As every act; what is wrong in the workbook is said cell by cell, and nothing was written."""
        if not self.is_valid():
            return False
        upload = self.cleaned_data.pop("workbook")
        if upload.size > MAX_BYTES:
            self.add_error("workbook", _now("Tệp lớn hơn {most} MB.").format(most=MAX_BYTES // 1_000_000))
            return False
        try:
            return super().submit(act, data=upload.read(), filename=upload.name, **given)
        except WorkbookError as error:
            for problem in error.problems[:MOST_SHOWN]:
                self.add_error(None, str(problem))
            more = len(error.problems) - MOST_SHOWN
            if more > 0:
                self.add_error(None, _now("… và {count} chỗ nữa.").format(count=more))
        return False


class FactForm(ActForm):
    """One fact of a kind, its fields as the kind has them; ``fact`` fills in what holds now.

    A confirmation's fact is chosen among those of the packs, and its value as a word or as a number.
    """

    source = forms.CharField(label=_("Nguồn: văn bản, sổ, người cung cấp"), max_length=300)

    def __init__(self, *args: Any, kind: KindOfFact, year: int, fact: Fact | None = None, **given: Any) -> None:
        self.kind, self.year, self.fact = kind, year, fact
        self.facts: dict[str, LawFact] = {}
        names = FIELDS[kind.slug]
        confirming: dict[str, forms.Field] = {}
        if kind.model is Confirmation:
            confirming = self._confirming()
            names = tuple(name for name in names if name in confirming or name not in ("criterion", "value", "amount"))
        if fact is not None:
            names = tuple(name for name in names if name not in (*SUBJECT, "organisation"))
            given["initial"] = {name: getattr(fact, name) for name in (*names, *RESULT_OF_TASK) if hasattr(fact, name)}
            given["initial"] |= _typed_value(fact)
            if kind.slug == "nhiem-vu":
                names = (*names, *RESULT_OF_TASK)
        super().__init__(*args, **given)
        own = {name: confirming.get(name) or _field(kind.model, name) for name in names}
        self.fields = own | self.fields
        if fact is not None:
            del self.fields["source"]

    def limit_to(self, people: Sequence[Person], units: Sequence[Unit]) -> None:
        """Offer only these people and units."""
        who, which = self.fields.get("person"), self.fields.get("unit")
        if isinstance(who, PersonField):
            who.limit_to(People(Person.objects.filter(pk__in=[person.pk for person in people])))
        if isinstance(which, forms.ModelChoiceField):
            which.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])

    def clean(self) -> dict[str, Any]:
        """One subject; a day of the year the page is of; the year itself for kinds that bear one."""
        cleaned = super().clean() or self.cleaned_data
        either = self.fact is None and set(SUBJECT) <= self.fields.keys()
        if either and bool(cleaned.get("person")) is bool(cleaned.get("unit")):
            self.add_error("person", _now("Chọn một cá nhân hoặc một đơn vị, không chọn cả hai."))
        named, _separator, _rest = self.kind.year.partition("__")
        day = cleaned.get(named)
        if isinstance(day, datetime.date) and day.year != self.year:
            self.add_error(
                named, _now("Ngày {day} không thuộc năm {year}.").format(day=f"{day:%d/%m/%Y}", year=self.year)
            )
        if self.fact is None and named == "year":
            cleaned["year"] = self.year
        if self.kind.model is Confirmation:
            self._conclude(cleaned)
        return cleaned

    def _confirming(self) -> dict[str, forms.Field]:
        """The fields of a confirmation: which fact, and its value as a word or a number; of a written one the value."""
        self.facts = {f"{fact.of}.{fact.name}": fact for fact in facts_to_confirm(self.year)}
        if isinstance(self.fact, Confirmation):
            written = self.facts.get(f"{'unit' if self.fact.person_id is None else 'person'}.{self.fact.criterion}")
            self.facts = {"": written} if written is not None else {}
            if written is not None and written.kind == "count":
                return {"amount": _amount(_("Số"), required=True)}
            return {"value": _value_field(self.facts.values(), required=written is not None)}
        return {
            "criterion": _criterion_field(self.facts, year=self.year),
            "value": _value_field(self.facts.values(), required=False),
            "amount": _amount(_("Hoặc số (năm, tháng, lần)"), required=False),
        }

    def _conclude(self, cleaned: dict[str, Any]) -> None:
        """The fact and its value as the packs have them."""
        chosen = cleaned.pop("criterion", None)
        word, amount = cleaned.pop("value", None), cleaned.pop("amount", None)
        asked = self.facts.get(chosen or "")
        if asked is None or self.errors:
            return
        if self.fact is None:
            cleaned["criterion"] = asked.name
            about = "person" if cleaned.get("person") else "unit"
            if asked.of != about:
                wanted = _now("một cá nhân") if asked.of == "person" else _now("một đơn vị")
                self.add_error("criterion", _now("Nội dung này là về {subject}; chọn lại.").format(subject=wanted))
        if asked.kind == "count":
            cleaned["value"] = amount
            if amount is None or word:
                self.add_error("amount", _now("Nội dung này là một số: ghi số vào đây, để trống ô kết luận."))
            return
        cleaned["value"] = WORDS_OF_BOOL.get(word or "") if asked.kind == "bool" else word
        known = cleaned["value"] is not None if asked.kind == "bool" else word in asked.words
        if not known or amount is not None:
            words = _now("Có hoặc Không") if asked.kind == "bool" else "; ".join(asked.word_labels.values())
            self.add_error("value", _now("Với nội dung này, chọn: {words}; không ghi số.").format(words=words))


class CorrectForm(FactForm):
    """The fact as it should be, and why."""

    because = forms.CharField(label=_("Lý do sửa, căn cứ"), max_length=300)


class AnswerForm(ActForm):
    """Why a fact stands as it is."""

    answer = forms.CharField(label=_("Trả lời"), max_length=1000, widget=forms.Textarea)


class UpholdForm(FactForm):
    """The fact as it should be, and the answer; or that it never was so."""

    answer = forms.CharField(label=_("Trả lời"), max_length=1000, widget=forms.Textarea)
    remove = forms.BooleanField(label=_("Gỡ bỏ hẳn: việc này không có thật"), required=False)


class FinishForm(ProofForm):
    """A task's result."""

    done_on = DayField(label=_("Ngày hoàn thành"))
    product = forms.CharField(label=_("Sản phẩm (số, ký hiệu văn bản hoặc kết quả)"), max_length=300)
    proof = ProofField(label=_("Minh chứng"), required=False)


class ObjectForm(ProofForm):
    """What is wrong with a fact."""

    reason = forms.CharField(label=_("Sai ở đâu, đúng thì thế nào"), max_length=1000, widget=forms.Textarea)
    proof = ProofField(label=_("Minh chứng"), required=False)


class CompleteForm(ActForm):
    """A list stated to be complete."""

    kind = forms.ChoiceField(label=_("Danh sách"), choices=ListKind.choices)
    first_year = forms.IntegerField(label=_("Từ năm"), min_value=1945, max_value=2200)
    last_year = forms.IntegerField(label=_("Đến năm"), min_value=1945, max_value=2200)
    source = forms.CharField(label=_("Nguồn: văn bản, sổ, người cung cấp"), max_length=300)


def form_for(slug: str) -> KindOfFact | None:
    """The kind that a form writes; None for a kind that no form writes."""
    return KINDS.get(slug) if slug in FIELDS else None


def _field(model: type[Fact], name: str) -> forms.Field:
    """The form's field for a field of a fact."""
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)  # FIELDS names only those
    given: dict[str, Any] = {"label": label_of(name), "required": not (field.null or field.blank)}
    if name == "person":
        return PersonField(people=People(Person.objects.all()), **given)
    if isinstance(field, models.ForeignKey):
        return ThingField(_choice_of(name), **given)
    if name == "title":
        return forms.ChoiceField(
            choices=[("", "–"), *((code, words[0]) for code, words in TITLE_WORDS.items())], **given
        )
    if isinstance(field, models.BooleanField):
        choices = YES_NO if field.null else YES_NO[1:]
        return forms.TypedChoiceField(choices=choices, coerce=lambda word: word == "True", empty_value=None, **given)
    if field.choices:
        return forms.ChoiceField(choices=[("", "–"), *field.choices], **given)
    if isinstance(field, models.DateField):
        return DayField(**given)
    if isinstance(field, models.IntegerField):
        return forms.IntegerField(min_value=0, max_value=32767, **given)
    return forms.CharField(max_length=field.max_length, **given)


def _criterion_field(facts: Mapping[str, LawFact], *, year: int) -> forms.Field:
    """Which fact is confirmed, those of people and of collectives apart."""
    groups = [
        (name, [(key, fact.label) for key, fact in facts.items() if fact.of == kind])
        for kind, name in (("person", _("Về cá nhân")), ("unit", _("Về tập thể")))
    ]
    told = _("Những nội dung mà luật của năm này hỏi và không hồ sơ nào khác cho biết.")
    none = _("Cơ quan chưa chọn bộ luật cho ngày cuối năm %(year)s nên chưa có nội dung nào; chọn bộ luật trước.")
    help_text = told if facts else none % {"year": year}
    return forms.ChoiceField(label=_("Nội dung xác nhận"), choices=[("", "–"), *groups], help_text=help_text)


def _value_field(facts: Iterable[LawFact], *, required: bool) -> forms.Field:
    """Yes or no, or a word of a fact that has words."""
    said: list[Any] = [("", "–")]
    if any(fact.kind == "bool" for fact in facts):
        said.append((_("Có hoặc không"), [("true", _("Có")), ("false", _("Không"))]))
    said += [(fact.label, list(fact.word_labels.items())) for fact in _worded(facts)]
    return forms.ChoiceField(label=label_of("value"), choices=said, required=required)


def _worded(facts: Iterable[LawFact]) -> list[LawFact]:
    """Facts that have words, each list of words once."""
    found = {tuple(fact.word_labels.items()): fact for fact in facts if fact.words}
    return list(found.values())


def _amount(label: Any, *, required: bool) -> forms.Field:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, required=required)


def _typed_value(fact: Fact) -> dict[str, Any]:
    """What a confirmation says now, in the field that says it."""
    if not isinstance(fact, Confirmation):
        return {}
    words = {value: word for word, value in WORDS_OF_BOOL.items()}
    if isinstance(fact.value, bool):
        return {"value": words[fact.value]}
    return {"amount" if isinstance(fact.value, int) else "value": fact.value}


def _choice_of(name: str) -> models.QuerySet[Any]:
    if name == "unit":
        return Unit.objects.all()
    return MassOrganisation.objects.filter(exists=True).select_related("unit", "agency").order_by("unit__code", "kind")
