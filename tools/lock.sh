#!/usr/bin/env bash
# Resolve versions and write requirements.lock with hashes and no addresses, so that any mirror works.
set -euo pipefail
uv="$1/bin/uv"
"$uv" lock -q --upgrade
"$uv" export -q --frozen --no-emit-project --no-header --format requirements-txt > requirements.lock
"$uv" export -q --frozen --no-emit-project --no-header --no-dev --extra spark --format requirements-txt > requirements-spark.lock
