#!/usr/bin/env bash
# Tests the DAG in the locked Airflow, which it installs on its first run. Needs Python 3.11 or newer; PYTHON names it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

python=${PYTHON:-python3}
"$python" - <<'END'
import sys
if sys.version_info < (3, 11):
    sys.exit("Airflow's Spark provider needs Python 3.11 or newer; %s is older. Set PYTHON." % sys.version.split()[0])
END

# The lock and the Python, so that a change of either installs anew.
hash=$("$python" -c '
import hashlib, sys
print(hashlib.sha256(sys.version.encode() + sys.stdin.buffer.read()).hexdigest()[:12])' <requirements.txt)
venv=${HEADROOM_CACHE:-$HOME/.cache/headroom}/airflow-$hash

if [[ ! -e $venv/installed ]]; then
  echo "Installing Airflow in $venv"
  mkdir -p "$venv"
  "$python" -m venv --clear "$venv"
  # --no-deps: the lock names all there is to install, and leaves out pyspark-client (see requirements.in).
  "$venv/bin/python" -m pip install --no-deps --require-hashes -r requirements.txt >"$venv/install.log" 2>&1 || {
    cat "$venv/install.log" >&2
    exit 1
  }
  touch "$venv/installed"
fi

exec "$venv/bin/python" -B test_dag.py
