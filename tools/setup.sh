#!/usr/bin/env bash
# Make a virtual environment and put the locked packages and the project into it. Usage: setup.sh PYTHON VENV
set -euo pipefail
python=$1
venv=$2
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
  echo "Cần Python 3.11 trở lên: cài gói python3 của Debian 12, hoặc gọi make PYTHON=/đường/dẫn/python3.11." >&2
  exit 1
}
"$python" -c 'import ensurepip, venv' 2>/dev/null || {
  if [ "$(id -u)" = 0 ]; then
    apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
  else
    echo "Thiếu gói python3-venv: nhờ quản trị chạy “apt-get install python3-venv”, rồi chạy lại." >&2
    exit 1
  fi
}
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
[ -x "$venv/bin/uv" ] || "$venv/bin/python" -m pip install -q --disable-pip-version-check uv==0.13.9
export VIRTUAL_ENV="$PWD/$venv"
"$venv/bin/uv" pip sync -q --require-hashes requirements.lock
"$venv/bin/uv" pip install -q --no-deps --no-build-isolation -e .
"$venv/bin/python" tools/messages.py --compile
