"""The DAG "headroom": one task per stage of plan.json, in the order in which the stages read each other.

plan.json is written by `./headroom list --json` and lies beside this file. Settings are in README.md.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypedDict

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import DAG, Context, CronDataIntervalTimetable
from airflow.sdk.exceptions import AirflowException, AirflowFailException


class Stage(TypedDict):
    name: str
    reads: list[str]
    jobs: list[str]


# The exit codes that a retry cannot mend. Of the others, 0 is done and 1 is worth another try.
FINAL_EXIT_CODES = {"2": "the command or the configuration is wrong", "3": "data was refused, the rest is done"}

# How the Spark provider tells an exit code. On Kubernetes in cluster mode the second number is the driver's.
EXIT_CODE = re.compile(r"Error code is: (\d+)\.(?: Kubernetes spark exit code is: (\d+))?")

# The end of the run's data interval. A run triggered without a date has none: it is as of its start.
AS_OF = "{{ (data_interval_end | default(dag_run.run_after)).strftime('%Y-%m-%dT%H:%M:%SZ') }}"


def setting(name: str, default: str) -> str:
    """A template that reads the Airflow Variable headroom_<name> when a task runs, not when this file is parsed."""
    return f"{{{{ var.value.get('headroom_{name}', '{default}') }}}}"


class StageOperator(SparkSubmitOperator):
    """Submits a stage to Spark, and fails without a retry where a retry is useless."""

    template_fields = (*SparkSubmitOperator.template_fields, "_conn_id")

    def execute(self, context: Context) -> None:
        try:
            super().execute(context)
        except AirflowException as failure:
            told = EXIT_CODE.search(str(failure))
            for code in told.groups() if told else ():
                if code in FINAL_EXIT_CODES:
                    raise AirflowFailException(f"Exit code {code}: {FINAL_EXIT_CODES[code]}. No retry.") from failure
            raise


def stage_task(stage: Stage) -> StageOperator:
    return StageOperator(
        task_id=stage["name"],
        doc_md="Jobs: " + ", ".join(stage["jobs"]),
        name=f"headroom-{stage['name']}",
        conn_id=setting("spark_conn_id", "spark_default"),
        application=setting("jar", "/opt/headroom/headroom.jar"),
        java_class="io.headroom.Main",
        packages=setting("packages", "io.delta:delta-spark_4.1_2.13:4.4.0"),
        # A retry submits again, whatever became of the last try: stages may be started again at any point.
        # The provider's default asks for YARN's REST API in YARN's cluster mode.
        durable=False,
        application_args=[
            "job",
            stage["name"],
            "--conf",
            setting("conf", "/opt/headroom/conf/local.yml"),
            "--lake",
            setting("lake", "/var/lib/headroom/lake"),
            "--landing",
            setting("landing", "/var/lib/headroom/landing"),
            "--as-of",
            AS_OF,
        ],
    )


with DAG(
    dag_id="headroom",
    description="Tables, forecasts and reports on the capacity of an AI compute fleet",
    # Not "@daily" alone: for that Airflow 3 makes data intervals of no length.
    schedule=CronDataIntervalTimetable("@daily", timezone="UTC"),
    start_date=datetime(2020, 1, 1, tzinfo=UTC),  # the first day that can be backfilled
    catchup=False,
    max_active_runs=1,
    default_args={
        "retries": 2,
        "retry_delay": timedelta(minutes=5),
        "retry_exponential_backoff": 2.0,
    },
    tags=["headroom"],
):
    stages: list[Stage] = json.loads(Path(__file__).with_name("plan.json").read_text())["stages"]
    tasks = {stage["name"]: stage_task(stage) for stage in stages}
    for stage in stages:
        tasks[stage["name"]].set_upstream([tasks[name] for name in stage["reads"]])
