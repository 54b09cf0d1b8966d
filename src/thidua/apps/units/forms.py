"""Finding people: naming one of them in a form by typing, and narrowing a long list of them by the address."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.apps.units.models import Person
from thidua.apps.units.queries import people_named, present_units

MOST_OFFERED = 100
MOST_NAMED = 10


def name_and_code(person: Person) -> str:
    """“Nguyễn Văn An (TC017)”: namesakes are told apart by their codes."""
    return f"{person.full_name} ({person.code})"


class People:
    """Those among whom somebody is named; read once for all fields of a form that share it."""

    def __init__(self, rows: QuerySet[Person]) -> None:
        self.rows = rows

    @cached_property
    def few(self) -> list[Person]:
        """All of them where they are few enough to be offered, else nobody."""
        found = list(self.rows[: MOST_OFFERED + 1])
        return found if len(found) <= MOST_OFFERED else []


class PeopleSearch(forms.Form):
    """What narrows a list of people: words of the name, code or unit, and one unit. Sent by GET.

    Shown by ``{% include "search.html" %}``; what is none of the choices narrows nothing and is said at its field.
    """

    q = forms.CharField(label=_("Tìm theo họ tên hoặc mã (không cần dấu)"), max_length=100, required=False)
    don_vi = forms.ChoiceField(label=_("Đơn vị"), required=False)

    def __init__(self, data: Any, *, units: Iterable[tuple[object, str]]) -> None:
        super().__init__(data, auto_id="%s")
        self.offer("don_vi", ((str(pk), name) for pk, name in units))

    def offer(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        """Choices of one field, and none of them."""
        self.fields[name].choices = [("", _("Tất cả")), *choices]  # type: ignore[attr-defined]  # a choice field

    @cached_property
    def narrowed(self) -> dict[str, str]:
        """What was asked for and can be done."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class PersonInput(forms.TextInput):
    """A line to type in, with those whom the browser may offer; works without them and without any script."""

    people: People | None = None
    meant: list[Person] = []

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The field and its list of offers."""
        offered = self.meant or (self.people.few if self.people else [])
        key = f"{(attrs or {}).get('id', name)}-nguoi"
        field = super().render(name, value, {**(attrs or {}), "list": key, "autocomplete": "off"}, renderer)
        options = format_html_join("", '<option value="{}">', ((name_and_code(person),) for person in offered))
        return format_html('{}<datalist id="{}">{}</datalist>', field, key, options)


class PersonField(forms.CharField):
    """One person by name or code; who is not found, or not told apart, is said with the names that come near."""

    widget = PersonInput

    def __init__(self, *, people: People | None = None, **given: Any) -> None:
        given.setdefault("help_text", _("Ghi họ tên (không cần dấu) hoặc mã."))
        super().__init__(max_length=200, **given)
        if people is not None:
            self.limit_to(people)

    def limit_to(self, people: People) -> None:
        """Take only these people."""
        self.people = people
        self.widget.people = people

    def prepare_value(self, value: Any) -> Any:
        """A person as name and code; what was typed as it was typed."""
        return name_and_code(value) if isinstance(value, Person) else value

    def clean(self, value: Any) -> Any:
        """The person, or None where nobody was named."""
        typed = super().clean(value)
        if not typed:
            return None
        found = people_named(typed, among=self.people.rows, most=MOST_NAMED + 1)
        if len(found) == 1:
            return found[0]
        self.widget.meant = found[:MOST_NAMED]
        if not found:
            raise ValidationError(
                gettext("Không có ai có họ tên hoặc mã “%(typed)s”. Ghi họ tên đầy đủ, hoặc mã.") % {"typed": typed}
            )
        raise ValidationError(_which(typed, found))


def _which(typed: str, found: list[Person]) -> str:
    named, units = found[:MOST_NAMED], present_units(found)
    who = ", ".join(
        f"{name_and_code(person)} – {units[person.pk]}" if person.pk in units else name_and_code(person)
        for person in named
    )
    if len(found) > len(named):
        return gettext("Nhiều người khớp “%(typed)s”: %(who)s, … Ghi đủ họ tên, hoặc mã.") % {
            "typed": typed,
            "who": who,
        }
    return gettext("Chưa rõ “%(typed)s” là ai: %(who)s. Ghi kèm mã.") % {"typed": typed, "who": who}
