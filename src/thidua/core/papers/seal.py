"""Papers as evidence: short codes, digital signatures, and whether a signed copy begins with what was issued.

What a copy shows beyond what was issued is judged in ``additions``.

A signature is added to the end of a PDF and leaves every byte before it as it was, so that a signed copy begins with
the issued file itself. Whether a certificate is to be trusted is not judged here: only who signed by their own word,
when, how much of the file, and whether a byte was changed since.
"""

import datetime
import hashlib
import io
import logging
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from asn1crypto import keys, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator.registry import SimpleCertificateStore

from thidua.core.papers.errors import BadSignedCopy
from thidua.core.vietnamese import fold, place_tones, same_text

MAX_SIGNED = 50 * 2**20
MAX_UNPACKED = 100 * 2**20
CHUNK, UNPACKED_CHUNK = 2**14, 2**22
# Crockford's alphabet: no I, L, O, U, which are misread or spell words.
CODE_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH, CODE_GROUP = 16, 4
# The room that a certificate has for a name, and the most that one sign of a name takes of it.
MOST_NAME_BYTES, LONGEST_SIGN_BYTES = 64, 3
TRIAL_MARK = "CHỨNG THƯ THỬ NGHIỆM"
# What a certificate may write beside a name: a bracketed mark (cut short by the room certificates have), a way of
# address, a degree, a post.
_BRACKETED = re.compile(r"\s*\(.*")
_BEFORE_NAME = re.compile(
    r"(?:(?:ông|ong|bà|ba|gs|pgs|ts|ths|cn|ks|bs|luật sư|luat su|(?:phó |pho )?(?:giám đốc|giam doc)) )+"
)
_STREAM = re.compile(rb"stream\r?\n")
RETRY = "Mở tệp bằng phần mềm ký số, ký lại từ tệp đã phát hành rồi tải lên."

# The library writes whole tracebacks of hostile files; our callers get one sentence.
logging.getLogger("pyhanko").addHandler(logging.NullHandler())


@dataclass(frozen=True)
class Identity:
    """A private key and its certificate, both DER."""

    key: bytes
    certificate: bytes


@dataclass(frozen=True)
class SignatureInfo:
    """One signature as found: the signer's name and the moment are the signer's own word (``when`` may be missing).

    ``intact``: no byte that it covers was changed. ``covers_whole_file``: nothing was added after it.
    """

    signer: str
    when: datetime.datetime | None
    covers_whole_file: bool
    intact: bool


def digest(pdf: bytes) -> str:
    """SHA-256 of the file, 64 hexadecimal digits."""
    return hashlib.sha256(pdf).hexdigest()


def reference_code(payload: bytes | str) -> str:
    """“7F3A-91C2-0B4D-E6A8”: the first 80 bits of the SHA-256 of ``payload``, or of a digest given in hexadecimal."""
    whole = bytes.fromhex(payload) if isinstance(payload, str) else hashlib.sha256(payload).digest()
    number = int.from_bytes(whole[: CODE_LENGTH * 5 // 8])
    signs = "".join(CODE_SIGNS[number >> 5 * place & 31] for place in reversed(range(CODE_LENGTH)))
    return "-".join(signs[start : start + CODE_GROUP] for start in range(0, CODE_LENGTH, CODE_GROUP))


def reference_line(code: str) -> str:
    """The line at a paper's foot."""
    return f"Mã kiểm tra: {code}"


def _at_most(text: str, size: int) -> str:
    """A text cut to so many bytes of UTF-8, as certificates count."""
    return text.encode()[:size].decode(errors="ignore")


def trial_identity(name: str, *, since: datetime.datetime, days: int = 365) -> Identity:
    """A new key with a certificate that it signed itself, for trials, as its subject says. ``since`` has a zone."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = certificates.Name(
        [
            certificates.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            certificates.NameAttribute(NameOID.ORGANIZATION_NAME, TRIAL_MARK),
            certificates.NameAttribute(NameOID.COMMON_NAME, _at_most(f"{name} ({TRIAL_MARK})", MOST_NAME_BYTES)),
        ]
    )
    certificate = (
        certificates.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(certificates.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + datetime.timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Identity(private, certificate.public_bytes(serialization.Encoding.DER))


def sign_pdf(pdf: bytes, *, key: bytes, certificate: bytes, when: datetime.datetime, reason: str = "") -> bytes:
    """The file with a signature (PAdES, baseline B) added at its end; ``key`` and ``certificate`` are DER.

    ``when`` has a time zone. A file signed before keeps its signatures. Raises BadSignedCopy for what is no PDF.
    """
    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(certificate),
        signing_key=keys.PrivateKeyInfo.load(key),
        cert_registry=SimpleCertificateStore(),
    )
    field = f"Chu-ky-{len(read_signatures(pdf)) + 1}"
    meta = PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES, reason=reason or None)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    signed: io.BytesIO = _SignerAt(meta, signer, when=when).sign_pdf(writer)
    return signed.getvalue()


def matches_original(signed: bytes, original_sha256: str, original_size: int) -> bool:
    """Whether the file begins with exactly the issued file and adds something; if not it is another file's copy."""
    return len(signed) > original_size > 0 and digest(signed[:original_size]) == original_sha256.lower()


def read_signatures(signed: bytes) -> tuple[SignatureInfo, ...]:
    """The signatures of a PDF in the order of signing, time stamps of others left out; empty when there are none.

    Raises BadSignedCopy, and nothing else, for a file that cannot be read, however it is broken.
    """
    reader = open_signed(signed)
    try:
        return tuple(_info(signature) for signature in reader.embedded_regular_signatures)
    except Exception as error:  # whatever the library says about a hostile file
        raise BadSignedCopy(f"Chữ ký số trong tệp không đọc được ({type(error).__name__}). {RETRY}") from error


def is_sound(signatures: tuple[SignatureInfo, ...]) -> bool:
    """Whether there is a signature, all are intact, and the last covers the whole file."""
    return bool(signatures) and all(found.intact for found in signatures) and signatures[-1].covers_whole_file


def open_signed(signed: bytes) -> PdfFileReader:
    """The reader of an uploaded PDF. Raises BadSignedCopy for what is too large, locked, broken or no PDF."""
    if len(signed) > MAX_SIGNED:
        raise BadSignedCopy(f"Tệp lớn hơn {MAX_SIGNED // 2**20} MiB. {RETRY}")
    if not signed.startswith(b"%PDF-"):
        raise BadSignedCopy(f"Tệp không phải là PDF. {RETRY}")
    _check_unpacked(signed)
    try:
        reader = PdfFileReader(io.BytesIO(signed))
        if reader.encrypted:
            raise BadSignedCopy(f"Tệp PDF đặt mật khẩu. Bỏ mật khẩu. {RETRY}")
        return reader
    except BadSignedCopy:
        raise
    except Exception as error:  # whatever the library says about a hostile file
        raise BadSignedCopy(f"Tệp PDF hỏng, không đọc được ({type(error).__name__}). {RETRY}") from error


def is_named(signer: str, name: str) -> bool:
    """Whether a certificate's name is that of a person: case, spaces, tone placement, titles and marks apart.

    A certificate that writes no accent at all is compared without them; one that writes them must write the same. A
    name that fills all the room that a certificate has may be cut there.
    """
    written, wanted = _bare_name(signer), _bare_name(name)
    if len(signer.encode()) > MOST_NAME_BYTES - LONGEST_SIGN_BYTES and "(" not in signer:
        wanted = wanted[: len(written)]
    if not written:
        return False
    return fold(wanted) == written if fold(written) == written else same_text(written, wanted)


def _bare_name(text: str) -> str:
    """The name in small letters, one space between words, without brackets and what stands before a name."""
    text = " ".join(place_tones(_BRACKETED.sub("", text)).lower().replace(".", " ").split())
    return _BEFORE_NAME.sub("", text, count=1) if _BEFORE_NAME.match(text) else text


class _SignerAt(PdfSigner):
    """A signer whose clock is an argument."""

    def __init__(self, meta: PdfSignatureMetadata, signer: SimpleSigner, *, when: datetime.datetime) -> None:
        super().__init__(meta, signer)
        self._when = when

    def init_signing_session(self, *given: object, **named: object) -> PdfSigningSession:
        session = super().init_signing_session(*given, **named)
        session.system_time = self._when
        return session


def _check_unpacked(signed: bytes) -> None:
    """Refuse a file whose packed parts unfold beyond measure, before the library unfolds them."""
    left = MAX_UNPACKED
    for start in _STREAM.finditer(signed):
        for size in _unpacked_sizes(memoryview(signed)[start.end() :]):
            left -= size
            if left < 0:
                raise BadSignedCopy(f"Tệp PDF giải nén ra quá lớn (trên {MAX_UNPACKED // 2**20} MiB). {RETRY}")


def _unpacked_sizes(packed: memoryview) -> Iterator[int]:
    """How much each piece of a packed part unfolds to; nothing for what is not packed this way."""
    unpacker = zlib.decompressobj()
    for place in range(0, len(packed), CHUNK):
        piece = bytes(packed[place : place + CHUNK])
        try:
            while piece:
                yield len(unpacker.decompress(piece, UNPACKED_CHUNK))
                piece = unpacker.unconsumed_tail
        except zlib.error:
            return
        if unpacker.eof:
            return


def _info(signature: EmbeddedPdfSignature) -> SignatureInfo:
    signature.compute_integrity_info(skip_diff=True)
    intact, valid = validate_sig_integrity(
        signature.signer_info,
        signature.signer_cert,
        expected_content_type="data",
        actual_digest=signature.compute_digest(),
    )
    subject = signature.signer_cert.subject.native
    return SignatureInfo(
        signer=str(subject.get("common_name") or signature.signer_cert.subject.human_friendly),
        when=signature.self_reported_timestamp,
        covers_whole_file=signature.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE,
        intact=bool(intact and valid),
    )
