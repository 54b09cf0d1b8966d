"""The rows of an agency's own workbook against what is known: each new, changed, the same, wrong, or asked about."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from thidua.apps.accounts.access import CannotDo
from thidua.apps.records.actions.facts import check_values
from thidua.apps.records.actions.own_specs import BORN, CRITERIA, NAME, OF_UNIT, POST_SINCE, POST_TITLE
from thidua.apps.records.actions.standing import Standing
from thidua.apps.records.actions.workbook import NONE_HERE
from thidua.apps.records.models import Fact, Import, ImportRow
from thidua.apps.records.queries.tables import PERSON, TABLES, UNIT, Key, OwnTable, known_rows
from thidua.apps.records.states import RowState
from thidua.apps.units.states import PostKind
from thidua.core.vietnamese import fold
from thidua.core.workbooks.checks import Draft, Table
from thidua.core.workbooks.diff import Meant, Somebody, changes
from thidua.core.workbooks.errors import Problem
from thidua.core.workbooks.layout import SheetLayout
from thidua.core.workbooks.match import Ignored, read_table
from thidua.core.workbooks.sheet import Workbook, address
from thidua.core.workbooks.spec import TableSpec
from thidua.core.workbooks.words import code_key, plain_words

NOBODY = "-"  # the answer that it is none of those shown
A_REPORT = 500
NEEDED_OF_NEW = (
    ("code", "Người mới phải có mã."),
    ("full_name", "Người mới phải có họ tên."),
    ("category", "Người mới phải có loại CBCCVC."),
)
LONGEST_NAME, LONGEST_CODE = 120, 40


@dataclass
class Line:
    """One row being examined: its cells, and what has been found wrong with it."""

    draft: Draft
    table: Table
    problems: list[list[str]] = field(default_factory=list)
    asked: dict[str, Any] = field(default_factory=dict)
    subject: str = ""

    def wrong(self, key: str, message: str, remedy: str) -> None:
        """A problem of the cell of a column; of the row's first cell where the sheet has no such column."""
        place = self.table.columns.get(key, min(self.table.columns.values(), default=0))
        self.problems.append([address(self.draft.row, place), message, remedy])

    def text(self, key: str) -> str:
        """A column's text, "" where there is none."""
        value = self.draft.values.get(key)
        return "" if value is None else str(value)

    def day(self, key: str) -> datetime.date | None:
        """A column's day."""
        value = self.draft.values.get(key)
        return value if isinstance(value, datetime.date) else None


@dataclass
class Examiner:
    """One workbook being examined, with who and what exists already and what its earlier rows bring."""

    imported: Import
    standing: Standing
    seen: dict[str, dict[Key, str]] = field(default_factory=lambda: defaultdict(dict))
    known: dict[Key, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    number: int = 0

    def rows(
        self,
        workbook: Workbook,
        layouts: list[SheetLayout],
        specs: Mapping[str, TableSpec],
        report: Callable[[int, int], None],
    ) -> Iterator[ImportRow]:
        """Every row of the sheets that are a table, people before what is about them. Progress goes to ``report``."""
        sheets = {sheet.name: sheet for sheet in workbook.sheets}
        total, done = sum(layout.rows for layout in layouts if layout.table), 0
        for layout in sorted(layouts, key=lambda layout: list(TABLES).index(layout.table) if layout.table else -1):
            if not layout.table or layout.sheet not in sheets:
                continue
            problems: list[Problem] = []
            ignored: list[Ignored] = []
            own, spec = TABLES[layout.table], specs[layout.table]
            table = read_table(sheets[layout.sheet], spec, layout.header(), problems=problems, ignored=ignored)
            by_row = _by_row(problems)
            years = {year for draft in table.drafts if isinstance(year := draft.values.get("year"), int)}
            self.known = known_rows(own, years=years)
            for draft in table.drafts:
                line = Line(draft, table, by_row.get(draft.row + 1, []))
                yield from self._line(own, line)
                done += 1
                if done % A_REPORT == 0:
                    report(done, total)
        report(total, total)

    def _line(self, own: OwnTable, line: Line) -> Iterator[ImportRow]:
        """What one row of a sheet brings: one record, or several where a row is about several."""
        if own.key == "people":
            yield from self._person(own, line)
            return
        fields = {name: line.draft.values.get(name) for name in own.fields if name in line.draft.values}
        if own.key == "mass_organisations":
            fields |= self._organisation(line)
        elif PERSON in own.same or UNIT in own.fields:
            fields |= self._whose(own, line)
        if own.key == "judgements":
            for criterion in CRITERIA:
                if (met := line.draft.values.get(criterion)) is not None or line.problems:
                    yield self._row(own, line, {**fields, "criterion": criterion, "met": met}, cell=criterion)
                if line.problems:
                    return
            return
        if own.key == "posts" and not line.problems and not line.asked:
            self._check_post(line, fields)
        yield self._row(own, line, fields, cell=own.cell)
        if own.key == "posts" and not line.problems and not line.asked:
            self.standing.hold(str(fields[PERSON]), fields, own.identity(fields))

    def _row(self, own: OwnTable, line: Line, fields: dict[str, Any], *, cell: str) -> ImportRow:
        """The record that a row is, compared with the one that is known."""
        state, target = RowState.WRONG, None
        changed: dict[str, tuple[object, object]] = {}
        identity = own.identity(fields)
        if not line.problems and not line.asked:
            if before := self.seen[own.key].get(identity):
                line.wrong(cell, f"Dòng này trùng với {before}.", "Xóa một trong hai dòng.")
            else:
                self.seen[own.key][identity] = f"{line.table.sheet}!{line.draft.row + 1}"
                state, target, changed = self._compared(own, line, identity, fields, cell)
        self.number += 1
        place = line.table.columns.get(cell, min(line.table.columns.values(), default=0))
        return ImportRow(
            agency_id=self.imported.agency_id,
            imported=self.imported,
            number=self.number,
            sheet=line.table.sheet,
            row=line.draft.row + 1,
            table=own.key,
            state=RowState.WRONG if line.problems else RowState.ASKED if line.asked else state,
            subject=line.subject[:300],
            cell=address(line.draft.row, place),
            values={name: _plain(value) for name, value in fields.items() if value not in (None, "")},
            changes={name: [_plain(old), _plain(new)] for name, (old, new) in changed.items()},
            problems=line.problems,
            asked=line.asked,
            target=target,
        )

    def _compared(
        self, own: OwnTable, line: Line, identity: Key, fields: dict[str, Any], cell: str
    ) -> tuple[RowState, int | None, dict[str, tuple[object, object]]]:
        target, before = self.known.get(identity, (None, None))
        if before is None and _says_nothing(own, fields):
            return RowState.SAME, None, {}
        if before is None:
            self._check(own, line, fields, cell)
            return RowState.NEW, None, {}
        changed = changes(before, {name: fields.get(name) for name in own.told})
        if changed:
            self._check(own, line, {**before, **{name: new for name, (_old, new) in changed.items()}}, cell)
        return (RowState.CHANGED if changed else RowState.SAME), target, changed

    def _check(self, own: OwnTable, line: Line, fields: Mapping[str, Any], cell: str) -> None:
        """Whether the record could be written, by the same checks as one that is typed."""
        if not own.is_fact:
            return
        given = {name: value for name, value in fields.items() if name not in (PERSON, UNIT, "organisation")}
        given = {name: "" if value is None and not _nullable(own, name) else value for name, value in given.items()}
        # People and units that come in by the same workbook have no key yet; that they are there is settled.
        keys = {f"{name}_id": 1 for name in (PERSON, UNIT, "organisation") if fields.get(name)}
        fact: Any = own.model(agency_id=self.imported.agency_id, source="…", **given, **keys)
        assert isinstance(fact, Fact)
        try:
            check_values(fact)
        except CannotDo as error:
            line.wrong(cell, str(error), "")

    def _whose(self, own: OwnTable, line: Line) -> dict[str, Any]:
        """The person or unit that a row is about, by code; what cannot be told becomes a problem or a question."""
        if PERSON not in own.same:
            return {UNIT: self._unit(line, "unit")} if UNIT in own.fields else {}
        column = "subject" if "subject" in line.draft.values else "person"
        code, name, unit = line.text(column), line.text(NAME), line.text(OF_UNIT)
        if UNIT in own.same:
            told = code or name or unit
            if (found := self.standing.unit(told)) and not self.standing.register.by_code.get(code_key(code)):
                line.subject = found.name
                return {PERSON: None, UNIT: found.code}
        person = self._meant(line, column, code, name, unit)
        found_unit = self._unit(line, "unit") if own.key == "posts" else None
        return {PERSON: person, UNIT: found_unit} if UNIT in own.fields else {PERSON: person}

    def _meant(self, line: Line, column: str, code: str, name: str, unit: str) -> str | None:
        meant = self.standing.register.meant(code=code, name=name, born=line.day(BORN), unit=unit)
        meant = self._answered(line, meant, name, unit)
        if meant.who:
            line.subject = f"{meant.who.name} ({meant.who.code})"
            return meant.who.code
        line.subject = name or code
        if meant.message:
            line.wrong(column if code else NAME, meant.message, meant.remedy)
        return None

    def _answered(self, line: Line, meant: Meant, name: str, unit: str) -> Meant:
        """What a person answered where it could not be told who is meant; else the question."""
        if not meant.candidates:
            return meant
        born = line.day(BORN) or line.day("birth_date")
        key = "|".join((plain_words(name), born.isoformat() if born else "", plain_words(unit)))
        answer = self.imported.answers.get(key)
        if answer == NOBODY:
            return Meant(message=f"“{name}” không phải ai trong danh sách.", remedy="Sửa họ tên, hoặc ghi mã.")
        if answer and (found := self.standing.register.by_code.get(code_key(answer))):
            return Meant(found)
        said = ", ".join(part for part in (name, f"{born:%d/%m/%Y}" if born else "", unit) if part)
        line.asked = {"key": key, "said": said, "candidates": [person.code for person in meant.candidates]}
        return meant

    def _unit(self, line: Line, column: str) -> str | None:
        told = line.text(column)
        if not told:
            return None
        found = self.standing.unit(told)
        if found is None:
            line.wrong(column, f"Không có đơn vị “{told}”.", self.standing.nearest_unit(told))
            return None
        return found.code

    def _organisation(self, line: Line) -> dict[str, Any]:
        """The organisation of a row; that there is none is compared, never written."""
        unit, kind = line.text("unit"), line.text("kind")
        code = self._unit(line, "unit") if plain_words(unit) != plain_words(self.standing.agency_code) else ""
        line.subject = f"{unit}, {kind}"
        organisation = self.standing.organisations.get((code or "", kind))
        grade = line.draft.values.get("grade")
        none_here = grade == NONE_HERE
        if not line.problems and (organisation is None or organisation[1] is none_here):
            remedy = "Sửa ô này, hoặc nhập tổ chức ấy bằng sổ của cơ quan trước."
            line.wrong("kind", "Tổ chức này chưa có trong danh sách, hoặc đã ghi là không có.", remedy)
        return {"organisation": organisation[0] if organisation else None, "grade": None if none_here else grade}

    def _person(self, own: OwnTable, line: Line) -> Iterator[ImportRow]:
        """A person of a list of staff; beside them the post that the list gives."""
        fields = {name: line.draft.values.get(name) for name in own.fields}
        code, name = line.text("code"), line.text("full_name")
        line.subject = f"{name} ({code})" if code else name
        who = self._who_of_list(line, code, name)
        if who:
            fields["code"] = who.code
        elif not line.problems and not line.asked:
            for column, wanted in NEEDED_OF_NEW:
                if not fields[column]:
                    line.wrong(column, wanted, "Ghi vào ô này.")
            if len(name) > LONGEST_NAME or len(code) > LONGEST_CODE:
                remedy = f"Họ tên không quá {LONGEST_NAME} chữ, mã không quá {LONGEST_CODE} chữ."
                line.wrong("full_name", "Họ tên hoặc mã quá dài.", remedy)
        post = self._post_of_list(line, str(fields["code"] or ""), is_new=who is None)
        yield self._row(own, line, fields, cell=own.cell)
        if line.problems or line.asked:
            return
        unit = str(post[UNIT]) if post else ""
        self.standing.add(Somebody(str(fields["code"]), name, line.day("birth_date"), (unit,) if unit else ()))
        if post:
            kept, self.known = self.known, {}
            yield self._row(TABLES["posts"], line, post, cell="post_title")
            self.known = kept
            self.standing.hold(str(fields["code"]), post, TABLES["posts"].identity(post))

    def _who_of_list(self, line: Line, code: str, name: str) -> Somebody | None:
        """Who of those known a row of a staff list is; None for somebody new."""
        if code and (found := self.standing.register.by_code.get(code_key(code))):
            return found
        born = line.day("birth_date")
        same = [
            person
            for person in self.standing.register.by_name.get(plain_words(name), [])
            if fold(person.name) == fold(name) and (person.born is None or born is None or person.born == born)
        ]
        if not code and len(same) == 1 and same[0].born == born and born is not None:
            return same[0]
        if not same:
            return None
        meant = self._answered(line, Meant(candidates=tuple(same)), name, line.text(OF_UNIT))
        return meant.who

    def _post_of_list(self, line: Line, code: str, *, is_new: bool) -> dict[str, Any] | None:
        """The post that a staff list gives somebody new; for others it must be the one they hold."""
        if not line.text(OF_UNIT) or line.problems or line.asked:
            return None
        unit, title = self._unit(line, OF_UNIT), line.text(POST_TITLE)
        since = line.day(POST_SINCE) or line.day("recruited_on")
        if unit is None:
            return None
        if not is_new:
            held = self.standing.held(code)
            if held and (held[0] != unit or (title and plain_words(held[1]) != plain_words(title))):
                message = f"Đang giữ vị trí “{held[1]}” ở {held[0]}, khác với dòng này."
                line.wrong(OF_UNIT, message, "Điều chuyển ở trang quản trị, hoặc nhập bảng “Quá trình công tác”.")
            return None
        if not title or since is None:
            line.wrong(POST_TITLE, "Người mới phải có chức vụ và ngày giữ chức vụ.", "Ghi cả hai ô.")
            return None
        return {PERSON: code, "since": since, "kind": PostKind.REGULAR.value, UNIT: unit, "title": title}

    def _check_post(self, line: Line, fields: Mapping[str, Any]) -> None:
        """Refuse a post that ends before it begins, and a second regular one at a time."""
        since, until = fields.get("since"), fields.get("until")
        if since and until and until < since:
            line.wrong("until", "Ngày kết thúc trước ngày bắt đầu.", "Kiểm tra lại hai ngày.")
        elif overlap := self.standing.overlap(str(fields.get(PERSON)), fields, TABLES["posts"].identity(fields)):
            line.wrong("since", f"Chồng thời gian với {overlap}.", "Ghi ngày kết thúc của vị trí trước.")


def _by_row(problems: list[Problem]) -> dict[int, list[list[str]]]:
    found: dict[int, list[list[str]]] = defaultdict(list)
    for problem in problems:
        row = int("".join(letter for letter in problem.cell if letter.isdigit()) or 0)
        found[row].append([problem.cell, problem.message, problem.remedy])
    return found


def _says_nothing(own: OwnTable, fields: Mapping[str, Any]) -> bool:
    """Whether a row names whom it is about and leaves empty what it would tell: a rating not given yet."""
    empty = all(fields.get(name) in (None, "") for name in own.told)
    return empty and not all(_optional(own, name) for name in own.told)


def _optional(own: OwnTable, name: str) -> bool:
    field = own.model._meta.get_field(name)
    return bool(getattr(field, "null", False) or getattr(field, "blank", False))


def _nullable(own: OwnTable, name: str) -> bool:
    field = own.model._meta.get_field(name)
    return bool(getattr(field, "null", False))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else value
