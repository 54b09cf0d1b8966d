"""An agency's own Word templates and pre-printed stock: taken, tried, filled, replaced, dropped, refused."""

import datetime
import io
import zipfile
from typing import Any

import pytest
from apps.deciding import DAY, clean_people, drafted, passed, proposed, seven, signed
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from thidua.apps.accounts.access import CannotDo, Refused
from thidua.apps.accounts.models import User
from thidua.apps.audit.models import Entry
from thidua.apps.decisions.actions import accept_template, draft_annulment, drop_template
from thidua.apps.decisions.models import Decision, PaperTemplate
from thidua.apps.decisions.queries import (
    certificates,
    decision_paper,
    known_placeholders,
    lines_of,
    own_template,
    payment_values,
    proposal_values,
    samples,
    starter_template,
    template_values,
    word_file,
)
from thidua.apps.decisions.states import TemplateKind
from thidua.apps.files.models import StoredFile
from thidua.core.papers.docx import paper_docx
from thidua.core.papers.form import Stock
from thidua.core.papers.own_template import MAX_FILE, fill, placeholders

LONG_NAME = "Công Tằng Tôn Nữ Thị Hoàng Nguyễn Phương Khánh Ngọc Quỳnh Thượng Uyển"


def template(*paragraphs: str) -> bytes:
    word = Document()
    for text in paragraphs:
        word.add_paragraph(text)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def with_macro(data: bytes) -> bytes:
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as packed:
        packed.writestr("word/vbaProject.bin", b"x")
    return stream.getvalue()


def taken(actor: Any, data: bytes, **options: Any) -> PaperTemplate:
    given: dict[str, Any] = {"kind": TemplateKind.DECISION, "data": data, "filename": "mau.docx", "on": DAY}
    return accept_template(actor=actor, **(given | options))


def texts(data: bytes) -> list[str]:
    """Every paragraph of a Word file, tables included, blank ones left out."""
    body = Document(io.BytesIO(data)).element.body
    kind = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    lines = ("".join(text.text or "" for text in line.iter(f"{kind}t")) for line in body.iter(f"{kind}p"))
    return [line.strip() for line in lines if line.strip()]


def sign_in(client: Client, name: str = "thuong-truc") -> None:
    client.force_login(User.objects.get(username=name))


def state() -> tuple[int, int, int]:
    return PaperTemplate.objects.count(), StoredFile.objects.count(), Entry.objects.count()


@pytest.mark.parametrize("kind", list(TemplateKind))
def test_a_starter_is_accepted_as_it_is_and_has_no_unknown_place(
    kind: TemplateKind, world: Any, actors: dict[str, Any]
) -> None:
    data = starter_template(kind)
    assert data == starter_template(kind)
    found = taken(actors["secretary"], data, kind=kind)
    assert own_template(kind) == found
    known = {place.name for place in known_placeholders(kind)}
    assert known - set(placeholders(data, known=known)) <= {"nam_thi_dua", "tong_tien_bang_chu"}
    assert [line for line in texts(fill(data, samples(kind)[0])) if "{" in line] == []


def test_what_is_filled_has_exactly_the_known_names(world: Any, actors: dict[str, Any]) -> None:
    decision = drafted(world, actors["secretary"], seven(world))
    filled = {
        TemplateKind.DECISION: template_values(decision),
        TemplateKind.PAYMENT: payment_values(decision),
        TemplateKind.PROPOSAL: proposal_values(proposed(world, actors["secretary"])),
    }
    for kind, values in filled.items():
        places = known_placeholders(kind)
        assert set(values) == {place.name for place in places}
        for place in places:
            value = values[place.name]
            if place.fields:
                assert isinstance(value, list)
                assert value
                assert {frozenset(row) for row in value} == {frozenset(field.name for field in place.fields)}
            elif place.lines:
                assert isinstance(value, list)
                assert {type(line) for line in value} == {str}
            else:
                assert isinstance(value, str)


def test_values_of_a_decision(world: Any, actors: dict[str, Any]) -> None:
    decision = signed(world, actors["secretary"], drafted(world, actors["secretary"], seven(world)))
    values = template_values(decision)
    lines = lines_of(decision)
    total = sum(line.amount for line in lines)
    rows: Any = values["danh_sach"]
    articles: Any = values["dieu"]
    assert [values[name] for name in ("so", "ngay", "thang", "nam", "ky_hieu", "co_quan", "minh_hoa")] == [
        f"{decision.number:02d}",
        "31",
        "12",
        "2020",
        "QĐ-STC",
        "Sở Tài chính",
        "(DỮ LIỆU MINH HỌA – không phải người thật, cơ quan thật)",
    ]
    assert [(row["stt"], row["ho_ten"], row["danh_hieu"], row["so_tien"]) for row in rows] == [
        (str(place), line.person.full_name, line.title_name, f"{line.amount:,}".replace(",", "."))
        for place, line in enumerate(lines, start=1)
        if line.person
    ]
    assert values["tong_tien"] == f"{total:,}".replace(",", ".")
    assert [article["ten"] for article in articles] == ["Điều 1.", "Điều 2.", "Điều 3."]
    assert values["chuc_vu_ky"] == "GIÁM ĐỐC"


def test_the_starter_filled_says_what_the_built_in_layout_says(world: Any, actors: dict[str, Any]) -> None:
    decision = drafted(world, actors["secretary"], seven(world))
    built_in = word_file(TemplateKind.DECISION, decision)
    assert built_in == paper_docx(decision_paper(decision))
    taken(actors["secretary"], starter_template(TemplateKind.DECISION))
    own = word_file(TemplateKind.DECISION, decision)
    assert word_file(TemplateKind.DECISION, decision, built_in=True) == built_in
    ours, theirs = texts(own), texts(built_in)
    body = theirs.index("QUYẾT ĐỊNH:")
    wanted = [line for line in theirs[body : theirs.index("Nơi nhận:")] if line]
    assert ours[ours.index("QUYẾT ĐỊNH:") : ours.index("Nơi nhận:")] == wanted
    assert (
        ours[ours.index("Nơi nhận:") : ours.index("Phụ lục")]
        == theirs[theirs.index("Nơi nhận:") : theirs.index("Phụ lục")]
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"khong phai Word", r"không phải là \.docx"),
        (with_macro(template("{{ so }}")), "macro"),
        (template("{{ ho_va_ten }} {{ so }}"), r"chưa biết: ho_va_ten\. .*tên dùng được: .*danh_sach"),
        (template("{% for n in danh_sach %}{{ n.luong }}{% endfor %}"), "không có mục “luong”"),
        (template("{% if so %}{{ so }}{% else %}{{ so.la }}{% endif %}"), "không có mục “la”"),
        (template("{{ so"), "sai cú pháp"),
        (bytes(MAX_FILE + 1), "lớn hơn 10 MiB"),
    ],
    ids=["no-docx", "macro", "unknown", "unknown-in-row", "unknown-when-blank", "open", "too-big"],
)
def test_a_bad_template_is_refused_and_nothing_changed(
    data: bytes, said: str, world: Any, actors: dict[str, Any]
) -> None:
    before = state()
    with pytest.raises(CannotDo, match=said):
        taken(actors["secretary"], data)
    assert state() == before
    assert own_template(TemplateKind.DECISION) is None


@pytest.mark.parametrize("role", ["member", "head"])
def test_others_take_and_drop_nothing(role: str, world: Any, actors: dict[str, Any]) -> None:
    found = taken(actors["secretary"], template("{{ so }}"))
    before = state()
    with pytest.raises(Refused):
        taken(actors[role], template("{{ nam }}"))
    with pytest.raises(Refused):
        drop_template(actor=actors[role], template=found, because="Không thích")
    assert state() == before
    assert own_template(TemplateKind.DECISION) == found


def test_another_agency_neither_sees_nor_drops_it(world: Any, actors: dict[str, Any]) -> None:
    found = taken(actors["secretary"], template("{{ so }}"))
    with pytest.raises(Refused):
        drop_template(actor=actors["other_agency"], template=found, because="Không thích")
    found.refresh_from_db()
    assert found.superseded_at is None


def test_a_newer_template_takes_the_place_and_the_older_stays(world: Any, actors: dict[str, Any]) -> None:
    first = taken(actors["secretary"], template("{{ so }}"))
    with pytest.raises(CannotDo, match=r"đứng trước ngày của mẫu đang dùng \(31/12/2020\)"):
        taken(actors["secretary"], template("{{ nam }}"), on=datetime.date(2020, 12, 30))
    second = taken(actors["director"], template("{{ nam }}"))
    first.refresh_from_db()
    assert (own_template(TemplateKind.DECISION), first.superseded_at is None, first.ended_by) == (
        second,
        False,
        actors["director"].key,
    )
    entry = Entry.objects.get(target=f"decisions.papertemplate:{second.pk}")
    assert entry.verb == "accept_template"


def test_dropping_needs_a_reason_and_happens_once(world: Any, actors: dict[str, Any]) -> None:
    found = taken(actors["secretary"], template("{{ so }}"))
    with pytest.raises(CannotDo, match="Chưa ghi lý do"):
        drop_template(actor=actors["secretary"], template=found, because=" ")
    assert own_template(TemplateKind.DECISION) == found
    dropped = drop_template(actor=actors["secretary"], template=found, because="Bố cục cũ")
    assert (own_template(TemplateKind.DECISION), dropped.because) == (None, "Bố cục cũ")
    with pytest.raises(CannotDo, match="không còn dùng"):
        drop_template(actor=actors["secretary"], template=found, because="Lần nữa")


def test_the_longest_names_are_filled_whole(world: Any, actors: dict[str, Any]) -> None:
    person = clean_people(1)[0]
    person.full_name = LONG_NAME
    person.save()
    decision = drafted(world, actors["secretary"], [passed(world, "LDTT", person=person)], subject="Về việc " * 37)
    for kind in (TemplateKind.DECISION, TemplateKind.PAYMENT):
        taken(actors["secretary"], starter_template(kind), kind=kind)
        assert LONG_NAME in texts(word_file(kind, decision))


def test_an_annulment_and_a_proposal_fill_the_starters(world: Any, actors: dict[str, Any]) -> None:
    decision = signed(world, actors["secretary"], drafted(world, actors["secretary"], seven(world)))
    annulment = draft_annulment(
        actor=actors["secretary"],
        lines=lines_of(decision)[:1],
        dated=datetime.date(2021, 2, 1),
        because="Khai sai",
        article="Điều 24",
    )
    proposal = proposed(world, actors["secretary"])
    taken(actors["secretary"], starter_template(TemplateKind.DECISION))
    taken(actors["secretary"], starter_template(TemplateKind.PROPOSAL), kind=TemplateKind.PROPOSAL)
    annulled = texts(word_file(TemplateKind.DECISION, annulment))
    assert "Số: ……/QĐ-STC" in annulled
    assert any(line.endswith("ngày 01 tháng 02 năm 2021") for line in annulled)
    asked = texts(word_file(TemplateKind.PROPOSAL, proposal))
    assert "Kính gửi: Chủ tịch Ủy ban nhân dân tỉnh" in asked
    assert asked.count("1") + asked.count("2") == 2


def test_the_page_takes_a_template_uses_it_and_goes_back(world: Any, actors: dict[str, Any], client: Client) -> None:
    decision = drafted(world, actors["secretary"], seven(world))
    word = reverse("decisions:decision-document", args=[decision.pk, "quyet-dinh", "docx"])
    place = reverse("decisions:templates")
    sign_in(client)
    assert "Bố cục chuẩn" in client.get(place).content.decode()
    start = client.get(reverse("decisions:starter-document", args=["quyet-dinh"])).content
    assert start == starter_template(TemplateKind.DECISION)

    def sent(data: bytes) -> Any:
        file = SimpleUploadedFile("mau-cua-so.docx", data)
        fields = {"nhan-quyet-dinh-on": "31/12/2020", "nhan-quyet-dinh-file": file}
        return client.post(f"{place}?viec=nhan-quyet-dinh", fields)

    wrong = sent(template("{{ ten_sai }}"))
    assert (wrong.status_code, PaperTemplate.objects.count()) == (200, 0)
    assert "Mẫu có chỗ điền chưa biết: ten_sai." in wrong.content.decode()
    too_big = sent(bytes(MAX_FILE + 1)).content.decode()
    assert "Tệp mẫu lớn hơn 10 MiB" in too_big
    assert 'href="#id_nhan-quyet-dinh-file"' in too_big
    assert sent(template("Số {{ so }}, {{ co_quan }}")).status_code == 302
    page = client.get(place).content.decode()
    assert "mau-cua-so.docx" in page
    assert "từ ngày 31/12/2020" in page
    assert texts(client.get(word).content) == ["Số ……, Sở Tài chính"]
    assert "QUYẾT ĐỊNH:" in texts(client.get(f"{word}?bo-cuc=chuan").content)
    shown = client.get(reverse("decisions:decision", args=[decision.pk])).content.decode()
    assert "Bản Word theo mẫu của cơ quan" in shown
    in_use = PaperTemplate.objects.get()
    drop = f"{place}?viec=bo-{in_use.pk}"
    assert "Chưa ghi được" in client.post(drop, {}).content.decode()
    assert client.post(drop, {"bo-quyet-dinh-because": "Theo mẫu chung của tỉnh"}).status_code == 302
    assert "QUYẾT ĐỊNH:" in texts(client.get(word).content)
    assert "Theo mẫu chung của tỉnh" in client.get(place).content.decode()
    for unknown in ("", "nhan-khac", "bo-x", "bo-0"):
        assert client.post(f"{place}?viec={unknown}", {}).status_code == 404
    assert client.get(reverse("decisions:starter-document", args=["khac"])).status_code == 404


def test_what_cannot_be_filled_later_is_said_and_the_built_in_file_stays(
    world: Any, actors: dict[str, Any], client: Client
) -> None:
    decision = drafted(world, actors["secretary"], seven(world))
    # The samples never meet this branch, so the trial cannot see it.
    taken(actors["secretary"], template('{% if nam == "2020" %}{{ nam.la }}{% endif %}'))
    sign_in(client)
    word = reverse("decisions:decision-document", args=[decision.pk, "quyet-dinh", "docx"])
    answer = client.get(word, follow=True)
    assert answer.redirect_chain == [(reverse("decisions:decision", args=[decision.pk]), 302)]
    assert "Chưa lập được tệp Word: " in answer.content.decode()
    assert client.get(f"{word}?bo-cuc=chuan").content[:2] == b"PK"


@pytest.mark.parametrize("role", ["can-bo", "truong-phong"])
def test_others_do_not_open_the_page(role: str, world: Any, client: Client) -> None:
    sign_in(client, role)
    assert client.get(reverse("decisions:templates")).status_code == 403
    assert client.post(f"{reverse('decisions:templates')}?viec=bo-1", {}).status_code == 403


def test_another_agency_gets_no_such_template(world: Any, actors: dict[str, Any], client: Client) -> None:
    found = taken(actors["secretary"], template("{{ so }}"))
    sign_in(client, "nguoi-ngoai")
    answer = client.post(f"{reverse('decisions:templates')}?viec=bo-{found.pk}", {})
    assert answer.status_code == 404
    assert "mau.docx" not in client.get(reverse("decisions:templates")).content.decode()


def test_certificates_go_on_the_stock_that_is_asked_for(world: Any, actors: dict[str, Any], client: Client) -> None:
    decision: Decision = signed(world, actors["secretary"], drafted(world, actors["secretary"], seven(world)))
    printed = Stock(preprinted=True, offset_x_mm=-2.5, offset_y_mm=3)
    assert certificates(decision).stock == Stock()
    assert certificates(decision, printed).stock == printed
    place = reverse("decisions:decision-document", args=[decision.pk, "giay-chung-nhan", "docx"])
    sign_in(client)
    blank = client.get(place).content
    moved = client.get(place, {"phoi": "in-san", "x": "-2,5", "y": "3"}).content
    assert moved == paper_docx(certificates(decision, printed))
    motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert (motto in texts(blank), motto in texts(moved)) == (True, False)
    pdf = reverse("decisions:decision-document", args=[decision.pk, "giay-chung-nhan", "pdf"])
    assert client.get(pdf, {"phoi": "in-san", "x": "0", "y": "0"}).content[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("x", "said"),
    [
        ("61", "Độ lệch phải từ -60 đến 60 mm"),
        ("-60,1", "Độ lệch phải từ -60 đến 60 mm"),
        ("xa", "Nhập số mi-li-mét"),
        ("NaN", "Nhập số mi-li-mét"),
        ("1,25", "Chỉ nhập một chữ số sau dấu phẩy"),
        ("", "Lệch ngang (mm): "),
    ],
)
def test_wrong_offsets_are_said_on_the_page(
    x: str, said: str, world: Any, actors: dict[str, Any], client: Client
) -> None:
    decision = signed(world, actors["secretary"], drafted(world, actors["secretary"], seven(world)))
    sign_in(client)
    place = reverse("decisions:decision-document", args=[decision.pk, "giay-chung-nhan", "pdf"])
    answer = client.get(place, {"phoi": "in-san", "x": x, "y": "0"}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[0][0].startswith(reverse("decisions:decision", args=[decision.pk]))
    assert said in page
    assert 'href="#id_x"' in page
