#!/usr/bin/env bash
# The browser tests need Chromium: the one on PATH, or Debian's package when root may install it.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
else
  echo "Thiếu Chromium cho các phép thử trình duyệt: nhờ quản trị chạy “apt-get install chromium”, rồi chạy lại." >&2
  exit 1
fi
