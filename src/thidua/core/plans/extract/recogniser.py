"""Whether this machine can read pictures of pages: Tesseract with its Vietnamese data, both from Debian."""

from __future__ import annotations

import shutil
import subprocess

from thidua.core.plans.errors import NoRecogniser

PROGRAM = "tesseract"
LANGUAGE = "vie"


def recogniser_is_here() -> bool:
    """Tell whether Tesseract and its Vietnamese data are installed."""
    program = shutil.which(PROGRAM)
    if program is None:
        return False
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False, timeout=20)
    return LANGUAGE in listed.stdout.split()


def no_recogniser() -> NoRecogniser:
    """The refusal of a picture on a machine that reads none."""
    return NoRecogniser(
        "đây là bản quét hoặc ảnh chụp, mà máy này chưa cài bộ nhận dạng chữ tiếng Việt; nhờ quản trị chạy “apt-get "
        "install tesseract-ocr tesseract-ocr-vie” rồi nộp lại, hoặc nộp bản .docx hay PDF có chữ."
    )
