"""The record: appended with the act or not at all, refused any change by the database, verified by strangers."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django_scopes import scope

from thidua.apps.audit.actions import erase_payload, record
from thidua.apps.audit.models import Entry, Payload
from thidua.apps.audit.queries import export, links
from thidua.core import chain
from thidua.project.cli import main


def write(world: Any, verb: str = "try") -> Entry:
    with transaction.atomic():
        return record(
            agency_key=world.agency.pk, actor="user:1", verb=verb, target="x:1", payload={"tên": "Nguyễn Văn A"}
        )


def test_the_sample_year_is_one_unbroken_chain(world: Any) -> None:
    chained = links(world.agency.pk)
    assert chain.verify(chained) == chained[-1].hash
    verbs = [link.head["verb"] for link in chained]
    assert verbs[0] == "found_agency"
    assert {"activate_packs", "receive_plan", "confirm_reading", "launch", "import_department", "evaluate_year"} <= set(
        verbs
    )


def test_each_agency_has_its_own_chain(world: Any) -> None:
    assert [link.seq for link in links(world.other.pk)] == [1, 2, 3]
    assert links(world.other.pk)[0].previous == chain.GENESIS


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET because = 'khác'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry CASCADE",
        "UPDATE audit_payload SET body = '{}'",
        "DELETE FROM audit_payload",
        "TRUNCATE audit_payload",
    ],
)
def test_the_database_refuses_to_change_the_record(world: Any, statement: str) -> None:
    before = export(world.agency.pk)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert export(world.agency.pk) == before


def test_a_fork_is_refused_by_the_database(world: Any) -> None:
    last = write(world)
    twin = Entry.objects.get(pk=last.pk)
    twin.pk, twin.seq = None, last.seq + 1
    with pytest.raises(DatabaseError), transaction.atomic():
        twin.save(force_insert=True)


def test_an_act_that_fails_leaves_no_entry(world: Any) -> None:
    before = len(links(world.agency.pk))

    @transaction.atomic
    def act() -> None:
        write(world)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert len(links(world.agency.pk)) == before


@pytest.mark.django_db(transaction=False)
def test_erasing_personal_data_keeps_the_chain_whole(world: Any, tmp_path: Path, capsys: Any) -> None:
    entry = write(world)
    with transaction.atomic():
        erase_payload(agency_key=world.agency.pk, entry=entry, actor="user:2", because="Yêu cầu xóa dữ liệu")
    with scope(agency=world.agency.pk):
        payload = Payload.objects.get(entry=entry)
        assert (payload.body, payload.salt) == (None, None)
    file = tmp_path / "so.json"
    file.write_text(json.dumps(export(world.agency.pk), ensure_ascii=False), encoding="utf-8")
    assert main(["ledger", "verify", str(file)]) == 0
    assert "1 mục đã xóa dữ liệu cá nhân" in capsys.readouterr().out


def tampered(document: dict[str, Any], how: str) -> dict[str, Any]:
    entries = document["entries"]
    if how == "edit":
        entries[3]["head"]["verb"] = "khác"
    elif how == "payload":
        entries[3]["payload"] = {"khác": True}
    elif how == "delete":
        del entries[3]
    elif how == "reorder":
        entries[3], entries[4] = entries[4], entries[3]
    elif how == "unvouched":
        entries[3]["salt"], entries[3]["payload"] = None, {"khác": True}
    elif how == "back-date":
        entries[3]["head"]["at"] = "2019-01-01T00:00:00.000000+00:00"
    return document


@pytest.mark.parametrize("how", ["edit", "payload", "delete", "reorder", "back-date"])
def test_ledger_verify_names_the_first_wrong_entry(world: Any, tmp_path: Path, capsys: Any, how: str) -> None:
    file = tmp_path / "so.json"
    file.write_text(json.dumps(tampered(export(world.agency.pk), how)), encoding="utf-8")
    assert main(["ledger", "verify", str(file)]) == 1
    assert "mục đầu tiên sai: số 4" in capsys.readouterr().err


def test_ledger_verify_refuses_a_payload_that_nothing_vouches_for(world: Any, tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "so.json"
    file.write_text(json.dumps(tampered(export(world.agency.pk), "unvouched")), encoding="utf-8")
    assert main(["ledger", "verify", str(file)]) == 1
    assert capsys.readouterr().out == ""


def test_ledger_verify_against_an_older_copy(world: Any, tmp_path: Path, capsys: Any) -> None:
    older, newer = tmp_path / "cu.json", tmp_path / "moi.json"
    older.write_text(json.dumps(export(world.agency.pk)), encoding="utf-8")
    write(world)
    newer.write_text(json.dumps(export(world.agency.pk)), encoding="utf-8")
    assert main(["ledger", "verify", str(newer), "--older", str(older)]) == 0
    assert "thêm 1 mục" in capsys.readouterr().out
    assert main(["ledger", "verify", str(older), "--older", str(newer)]) == 1
    assert "có trong bản cũ nhưng không còn" in capsys.readouterr().err
