#!/usr/bin/env bash
# Scanned plans are read by Tesseract with Vietnamese data: there already, or Debian's packages when root may install.
# Usage: setup-tesseract.sh [--needed]   with --needed it is a fault when they are not there in the end
set -euo pipefail
there() { command -v tesseract >/dev/null 2>&1 && tesseract --list-langs 2>/dev/null | grep -qx vie; }
there && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  { apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      tesseract-ocr tesseract-ocr-vie >/dev/null; } || true
  there && exit 0
fi
echo "Chưa đọc được kế hoạch quét và ảnh chụp (bản .docx, PDF có chữ, .txt vẫn đọc được): nhờ quản trị chạy “apt-get install tesseract-ocr tesseract-ocr-vie”." >&2
[ "${1:-}" != --needed ]
