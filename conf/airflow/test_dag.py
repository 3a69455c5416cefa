"""Tests the DAG in a real Airflow, with a made-up spark-submit. Run by test.sh."""

import json
import os
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from airflow.sdk import DAG

HERE = Path(__file__).parent
STAGES = json.loads((HERE / "plan.json").read_text())["stages"]
FIRST = STAGES[0]["name"]
NIGHT = datetime(2026, 11, 2, tzinfo=UTC)  # the end of the interval of 2026-11-01

# Notes its arguments, a line a call, and ends with the next of the exit codes it is given, or with 0.
SPARK_SUBMIT = """#!/usr/bin/env bash
cd "$(dirname "$0")"
echo "$*" >>calls
code=$(head -n 1 codes)
sed -i.old 1d codes
exit "${code:-0}"
"""


def prepare(home: Path) -> None:
    """Points Airflow at an empty home, this folder and the made-up spark-submit; before Airflow is imported."""
    for name in [name for name in os.environ if name.startswith("AIRFLOW")]:
        del os.environ[name]
    os.environ |= {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(HERE),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "CRITICAL",
        "AIRFLOW_CONN_SPARK_DEFAULT": json.dumps({"conn_type": "spark", "host": "local[2]"}),
        "AIRFLOW_CONN_OTHER_SPARK": json.dumps(
            {"conn_type": "spark", "host": "yarn", "extra": {"deploy-mode": "cluster"}}
        ),
        "PATH": f"{home}{os.pathsep}{os.environ['PATH']}",
    }
    (home / "spark-submit").write_text(SPARK_SUBMIT)
    (home / "spark-submit").chmod(0o755)

    from airflow.utils.db import initdb

    initdb()


def parse() -> "DAG":
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(HERE)
    assert not bag.import_errors, bag.import_errors
    assert not bag.captured_warnings, bag.captured_warnings
    assert list(bag.dags) == ["headroom"], list(bag.dags)
    return bag.dags["headroom"]


def run(*codes: int, day: datetime | None = NIGHT) -> tuple[dict[str, str], list[str]]:
    """Runs the DAG, whose Spark ends with these exit codes: the state of each task, and the calls of spark-submit."""
    home = Path(os.environ["AIRFLOW_HOME"])
    (home / "codes").write_text("".join(f"{code}\n" for code in codes))
    (home / "calls").write_text("")
    dag = parse()
    for task in dag.tasks:
        task.retry_delay = timedelta(0)
    states = {task.task_id: task.state for task in dag.test(logical_date=day).get_task_instances()}
    return states, (home / "calls").read_text().splitlines()


@contextmanager
def variables(**values: str) -> Iterator[None]:
    names = {f"AIRFLOW_VAR_HEADROOM_{name.upper()}": value for name, value in values.items()}
    os.environ |= names
    try:
        yield
    finally:
        for name in names:
            del os.environ[name]


def test_a_task_for_each_stage_after_those_it_reads() -> None:
    upstream = {task.task_id: task.upstream_task_ids for task in parse().tasks}
    assert upstream == {stage["name"]: set(stage["reads"]) for stage in STAGES}, upstream


def test_a_run_a_day_one_at_a_time() -> None:
    from airflow.serialization.serialized_objects import DagSerialization

    dag = DagSerialization.deserialize_dag(DagSerialization.serialize_dag(parse()))
    runs = list(dag.iter_dagrun_infos_between(NIGHT - timedelta(days=2), NIGHT - timedelta(days=1)))
    assert [info.data_interval.end for info in runs] == [NIGHT - timedelta(days=1), NIGHT], runs
    assert (dag.max_active_runs, dag.catchup) == (1, False)


def test_submits_each_stage_as_of_the_end_of_the_interval() -> None:
    states, calls = run()
    assert states == {stage["name"]: "success" for stage in STAGES}, states
    expected = [
        "--master local[2] --packages io.delta:delta-spark_4.1_2.13:4.4.0"
        f" --name headroom-{stage['name']} --class io.headroom.Main /opt/headroom/headroom.jar job {stage['name']}"
        " --conf /opt/headroom/conf/local.yml --lake /var/lib/headroom/lake --landing /var/lib/headroom/landing"
        " --as-of 2026-11-02T00:00:00Z"
        for stage in STAGES
    ]
    assert sorted(calls) == sorted(expected), calls


def test_settings_are_variables() -> None:
    places = {"jar": "h.jar", "conf": "c.yml", "lake": "s3a://lake", "landing": "s3a://landing"}
    with variables(spark_conn_id="other_spark", packages="", **places):
        _, calls = run()
    assert calls[0] == (
        f"--master yarn --name headroom-{FIRST} --class io.headroom.Main --deploy-mode cluster h.jar job {FIRST}"
        " --conf c.yml --lake s3a://lake --landing s3a://landing --as-of 2026-11-02T00:00:00Z"
    ), calls[0]


def test_a_run_without_a_date_is_as_of_its_start() -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    _, calls = run(day=None)
    as_of = datetime.strptime(calls[0].split()[-1], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert before <= as_of <= datetime.now(UTC), as_of


def test_exit_code_1_is_tried_again() -> None:
    states, calls = run(1, 1)
    assert set(states.values()) == {"success"}, states
    assert len(calls) == len(STAGES) + 2, calls


def test_exit_code_1_is_given_up_after_two_retries() -> None:
    states, calls = run(1, 1, 1)
    assert states[FIRST] == "failed" and len(calls) == 3, (states, calls)


def test_exit_code_2_is_not_tried_again() -> None:
    states, calls = run(2)
    assert states[FIRST] == "failed" and len(calls) == 1, (states, calls)


def test_exit_code_3_is_not_tried_again_and_stops_what_reads_the_stage() -> None:
    states, calls = run(3)
    assert states.pop(FIRST) == "failed" and len(calls) == 1, (states, calls)
    assert set(states.values()) == {"upstream_failed"}, states


def test_reads_the_exit_code_of_a_driver_on_kubernetes() -> None:
    from headroom_dag import EXIT_CODE

    told = EXIT_CODE.search("Cannot execute: spark-submit. Error code is: 0. Kubernetes spark exit code is: 3")
    assert told and told.groups() == ("0", "3"), told


def main() -> int:
    tests = {name: test for name, test in globals().items() if name.startswith("test_")}
    failed = 0
    for name, test in tests.items():
        try:
            test()
            print("ok    ", name, flush=True)
        except Exception:
            failed += 1
            print("FAILED", name, traceback.format_exc(), sep="\n", flush=True)
    print(f"{len(tests) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        prepare(Path(home))
        sys.exit(main())
