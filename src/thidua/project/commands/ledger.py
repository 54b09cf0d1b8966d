"""``thidua ledger verify``: check an exported record without the server."""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from thidua.core.canonical import CanonicalError
from thidua.core.chain import (
    BrokenChain,
    ChainError,
    Link,
    verify_diff,
    verify_payload,
)
from thidua.core.chain import (
    verify as verify_links,
)
from thidua.project.faults import Fault

FORMAT = "thidua-ledger-1"


def verify(options: argparse.Namespace) -> int:
    """Verify a record, its payloads, and that it continues an older copy when one is given."""
    links, payloads = _read(options.file)
    try:
        last = verify_links(links)
        for link, payload in zip(links, payloads, strict=True):
            if payload is not None:
                verify_payload(link, payload=payload[1], salt=payload[0])
        added = verify_diff(_read(options.older)[0], links) if options.older else None
    except CanonicalError as error:
        raise Fault(f"{options.file}: sổ KHÔNG nguyên vẹn: có giá trị không thể có trong sổ. {error}") from error
    except ChainError as error:
        place = f" (mục đầu tiên sai: số {error.seq})" if isinstance(error, BrokenChain) else ""
        raise Fault(f"{options.file}: sổ KHÔNG nguyên vẹn{place}. {error}. Lấy lại bản xuất, báo thanh tra.") from error
    erased = sum(payload is None for payload in payloads)
    print(
        f"Sổ nguyên vẹn: {len(links)} mục, mã băm cuối {last}."
        + (f" {erased} mục đã xóa dữ liệu cá nhân." if erased else "")
    )
    if added is not None:
        print(f"Nối tiếp đúng bản cũ: thêm {added} mục, không mục nào bị bỏ hay sửa.")
    return 0


def _read(path: Path) -> tuple[list[Link], list[tuple[bytes, object] | None]]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["format"] != FORMAT:
            raise ValueError
        entries = document["entries"]
        return [_link(entry) for entry in entries], [_payload(entry) for entry in entries]
    except OSError as error:
        raise Fault(f"Không mở được {path}: {error.strerror}. Kiểm tra đường dẫn.") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Fault(f"{path} không phải bản xuất của sổ ghi việc ({FORMAT}). Xuất lại từ hệ thống.") from error


def _link(entry: Mapping[str, object]) -> Link:
    head = entry["head"]
    if not isinstance(head, dict):
        raise TypeError
    return Link(
        seq=int(str(entry["seq"])),
        head=head,
        commitment=str(entry["commitment"]),
        previous=str(entry["previous"]),
        hash=str(entry["hash"]),
    )


def _payload(entry: Mapping[str, object]) -> tuple[bytes, object] | None:
    if entry["salt"] is None:
        if entry["payload"] is not None:
            raise ValueError("a payload that nothing vouches for")
        return None
    return bytes.fromhex(str(entry["salt"])), entry["payload"]
