#!/usr/bin/env bash
# Add Apache Spark, the optional engine, to the environment, and Java from Debian when it is missing. Usage: setup-spark.sh VENV
set -euo pipefail
venv=$1
if ! command -v java >/dev/null; then
  if [ "$(id -u)" = 0 ]; then
    apt-get update -qq && apt-get install -y -qq openjdk-17-jre-headless >/dev/null
  else
    echo "Apache Spark cần Java 17: nhờ quản trị chạy “apt-get install openjdk-17-jre-headless”, rồi chạy lại." >&2
    exit 1
  fi
fi
export VIRTUAL_ENV="$PWD/$venv"
"$venv/bin/python" -c 'import pyspark' 2>/dev/null || "$venv/bin/uv" pip install -q --require-hashes -r requirements-spark.lock
