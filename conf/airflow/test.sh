#!/usr/bin/env bash
# Tests the DAG in the locked Airflow, which it installs on its first run. Needs Python 3.11 or newer; PYTHON names it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# The lock leaves out pyspark-client (see requirements.in).
python=$(../../jobs/src/test/scripts/locked-python airflow requirements.txt)
exec "$python" -B test_dag.py
