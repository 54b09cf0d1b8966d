#!/usr/bin/env bash
# The browser tests need Chromium: its headless build is half the work for the machine, the one for desktops will do.
set -euo pipefail
command -v chromium-headless-shell >/dev/null 2>&1 && exit 0
install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null 2>&1; }
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq || true
  install chromium-headless-shell && exit 0
fi
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && install chromium; then
  exit 0
fi
echo "Thiếu Chromium cho các phép thử trình duyệt: nhờ quản trị chạy “apt-get install chromium-headless-shell” (hoặc “chromium”), rồi chạy lại." >&2
exit 1
