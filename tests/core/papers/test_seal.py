"""Codes and signatures: a signed copy is known by its beginning, and any change is seen."""

import contextlib
import datetime
import hashlib
import io
import random
import zlib

import pytest
from cryptography import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from thidua.core.papers.additions import foreign_part
from thidua.core.papers.errors import BadSignedCopy
from thidua.core.papers.form import Letter
from thidua.core.papers.pdf import paper_pdf
from thidua.core.papers.seal import (
    Identity,
    SignatureInfo,
    digest,
    is_named,
    is_sound,
    matches_original,
    read_signatures,
    reference_code,
    reference_line,
    sign_pdf,
    trial_identity,
)

WHEN = datetime.datetime(2021, 1, 20, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))
TRIAL = "Người Ký (CHỨNG THƯ THỬ NGHIỆM)"


@pytest.fixture(scope="module")
def identity() -> Identity:
    return trial_identity("Người Ký", since=WHEN)


@pytest.fixture
def original(decision: Letter) -> bytes:
    return paper_pdf(decision)


@pytest.fixture
def signed(original: bytes, identity: Identity) -> bytes:
    return sign(original, identity)


def sign(data: bytes, identity: Identity) -> bytes:
    return sign_pdf(data, key=identity.key, certificate=identity.certificate, when=WHEN, reason="Ban hành")


def overlaid(original: bytes) -> bytes:
    """The file with words laid over its first page by an addition at its end."""
    writer = IncrementalPdfFileWriter(io.BytesIO(original))
    words = writer.add_object(generic.StreamObject(stream_data=b"0 0 600 800 re f"))
    writer.add_stream_to_page(0, words)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_a_reference_code_is_short_and_the_same_from_bytes_and_digest() -> None:
    code = reference_code(b"noi dung")
    assert code == reference_code(digest(b"noi dung")) == reference_code(hashlib.sha256(b"noi dung").hexdigest())
    assert code != reference_code(b"noi dung khac")
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    assert not set(code) & set("ILOU")
    assert reference_code("00" * 32) == "0000-0000-0000-0000"
    assert reference_line(code) == f"Mã kiểm tra: {code}"


def test_a_trial_certificate_says_that_it_is_one(identity: Identity) -> None:
    subject = x509.load_der_x509_certificate(identity.certificate).subject.rfc4514_string()
    assert subject == f"CN={TRIAL},O=CHỨNG THƯ THỬ NGHIỆM,C=VN"


def test_a_long_name_still_makes_a_trial_certificate() -> None:
    assert trial_identity("Nguyễn Phước Hoàng Bảo Trân " * 4, since=WHEN).certificate


def test_a_signed_copy_begins_with_the_original_and_says_who_and_when(original: bytes, signed: bytes) -> None:
    assert signed.startswith(original)
    assert matches_original(signed, digest(original), len(original))
    found = read_signatures(signed)
    assert found == (SignatureInfo(signer=TRIAL, when=WHEN, covers_whole_file=True, intact=True),)
    assert is_sound(found)


@pytest.mark.parametrize(
    ("signer", "name"),
    [
        ("Lê Nguyễn Minh Khôi (CHỨNG THƯ THỬ NGHIỆM)", "Lê Nguyễn Minh Khôi"),
        ("Lê Nguyễn Minh Khôi (CHỨNG THƯ THỬ NGH", "Lê Nguyễn Minh Khôi"),
        ("LÊ  NGUYỄN MINH KHÔI", "Lê Nguyễn Minh Khôi"),
        ("LE NGUYEN MINH KHOI", "Lê Nguyễn Minh Khôi"),
        ("Dang Thi Thuy", "Đặng Thị Thúy"),
        ("Đặng Thị Thuý", "Đặng Thị Thúy"),
        ("TS. Đặng Thị Thúy", "Đặng Thị Thúy"),
        ("PHO GIAM DOC DANG THI THUY", "Đặng Thị Thúy"),
        ("Ông Ích Khiêm", "Ông Ích Khiêm"),
        ("Công Tằng Tôn Nữ Hoàng Nguyễn Phương Thục Đoan Tr", "Công Tằng Tôn Nữ Hoàng Nguyễn Phương Thục Đoan Trang"),
    ],
)
def test_a_certificate_of_the_signer(signer: str, name: str) -> None:
    assert is_named(signer, name)


@pytest.mark.parametrize(
    ("signer", "name"),
    [
        ("Đặng Thị Thùy", "Đặng Thị Thúy"),
        ("Nguyễn Văn An", "Nguyễn Văn A"),
        ("Trần Nguyễn Văn A", "Nguyễn Văn A"),
        ("Nguyễn Văn A (chứng thư của cơ quan, dài hết chỗ của chứng thư số)", "Nguyễn Văn An"),
        ("Sở Tài chính", "Nguyễn Văn A"),
        ("Giám đốc", "Nguyễn Văn A"),
        ("", "Nguyễn Văn A"),
        ("(CHỨNG THƯ THỬ NGHIỆM)", ""),
        ("", ""),
    ],
)
def test_a_certificate_of_somebody_else(signer: str, name: str) -> None:
    assert not is_named(signer, name)


def test_a_second_signature_keeps_the_first(original: bytes, signed: bytes) -> None:
    twice = sign(signed, trial_identity("Sở Tài chính", since=WHEN))
    found = read_signatures(twice)
    assert [(info.signer, info.covers_whole_file, info.intact) for info in found] == [
        (TRIAL, False, True),
        ("Sở Tài chính (CHỨNG THƯ THỬ NGHIỆM)", True, True),
    ]
    assert is_sound(found)
    assert matches_original(twice, digest(original), len(original))


def test_an_unsigned_file_has_no_signature_and_is_no_signed_copy(original: bytes) -> None:
    assert read_signatures(original) == ()
    assert not is_sound(())
    assert not matches_original(original, digest(original), len(original))


def test_a_signed_copy_of_another_file_is_told_apart(original: bytes, signed: bytes, proposal: Letter) -> None:
    other = paper_pdf(proposal)
    assert not matches_original(signed, digest(other), len(other))
    assert not matches_original(sign(other, trial_identity("A", since=WHEN)), digest(original), len(original))
    assert not matches_original(b"", digest(b""), 0)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_changed_byte_before_the_signature_is_seen(original: bytes, signed: bytes, share: float) -> None:
    changed = bytearray(signed)
    changed[int(len(original) * share)] ^= 1
    assert not matches_original(bytes(changed), digest(original), len(original))
    found: tuple[SignatureInfo, ...] = ()
    with contextlib.suppress(BadSignedCopy):
        found = read_signatures(bytes(changed))
    assert not is_sound(found)


def test_something_added_after_the_signature_is_seen(signed: bytes) -> None:
    found = read_signatures(overlaid(signed))
    assert not found[0].covers_whole_file
    assert not is_sound(found)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "không phải là PDF"),
        (b"PK\x03\x04", "không phải là PDF"),
        (b"%PDF-1.7", "hỏng"),
        (b"%PDF-1.7\nstartxref\n5\n%%EOF", "hỏng"),
        (b"%PDF-1.7" + bytes(51 * 2**20), "lớn hơn 50 MiB"),
    ],
)
def test_a_hostile_file_gives_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(BadSignedCopy, match=said):
        read_signatures(data)


def test_a_file_that_unpacks_beyond_measure_is_refused(original: bytes) -> None:
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(2**20)) for _ in range(101)) + packer.flush()
    data = original + b"\n999 0 obj <</Filter/FlateDecode>> stream\n" + bomb + b"\nendstream endobj"
    with pytest.raises(BadSignedCopy, match="giải nén ra quá lớn"):
        read_signatures(data)


def test_signing_what_is_no_pdf_is_refused(identity: Identity) -> None:
    with pytest.raises(BadSignedCopy, match="không phải là PDF"):
        sign(b"chu", identity)


@pytest.mark.parametrize("seed", range(12))
def test_damage_anywhere_never_raises_another_error(original: bytes, signed: bytes, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(signed[: chance.randrange(len(original), len(signed))] if seed % 3 == 0 else signed)
    for _ in range(chance.choice((1, 10, 100))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    with contextlib.suppress(BadSignedCopy):
        read_signatures(bytes(data))
    with contextlib.suppress(BadSignedCopy):
        foreign_part(bytes(data), issued_size=len(original), signer="Người Ký")
