package io.headroom.staging.gpu_request;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests of pods as kube-state-metrics tells them. */
class KubeStateMetricsTest {

    private static final String SOURCE = """
            name: requests
            extends: gpu_request/%s
            files: '**'
            set: {cluster: c1}
            """;

    @TempDir
    Path folder;

    private LakeFixture lake;

    @BeforeEach
    void openLake() {
        lake = new LakeFixture(folder);
    }

    @Test
    void podsAskForWhatTheirContainersAskFor() {
        lake.deliver("ksm.prom", """
                # TYPE kube_pod_container_resource_requests gauge
                kube_pod_container_resource_requests{namespace="a",pod="two",uid="1",container="x",node="n1",resource="nvidia_com_gpu",unit="integer"} 4
                kube_pod_container_resource_requests{namespace="a",pod="two",uid="1",container="y",node="n1",resource="nvidia_com_gpu",unit="integer"} 2
                kube_pod_container_resource_requests{namespace="a",pod="two",uid="1",container="x",node="n1",resource="cpu",unit="core"} 8
                kube_pod_container_resource_requests{namespace="a",pod="waits",uid="2",container="x",node="",resource="nvidia_com_gpu",unit="integer"} 72
                kube_pod_container_resource_requests{namespace="b",pod="mig",uid="3",container="x",node="n2",resource="nvidia_com_mig_1g_10gb",unit="integer"} 1
                kube_pod_container_resource_requests{namespace="b",pod="amd",uid="4",container="x",node="n3",resource="amd_com_gpu",unit="integer"} 8
                kube_pod_init_container_resource_requests{namespace="b",pod="amd",uid="4",container="i",node="n3",resource="amd_com_gpu",unit="integer"} 1
                kube_pod_init_container_resource_requests{namespace="b",pod="init",uid="5",container="i",node="n3",resource="nvidia_com_gpu",unit="integer"} 2
                kube_pod_container_resource_requests{namespace="b",pod="init",uid="5",container="x",node="n3",resource="nvidia_com_gpu",unit="integer"} 1
                kube_pod_status_phase{namespace="a",pod="two",uid="1",phase="Pending"} 0
                kube_pod_status_phase{namespace="a",pod="two",uid="1",phase="Running"} 1
                kube_pod_status_phase{namespace="a",pod="waits",uid="2",phase="Pending"} 1
                kube_pod_status_phase{namespace="a",pod="waits",uid="2",phase="Running"} 0
                kube_pod_status_phase{namespace="b",pod="mig",uid="3",phase="Succeeded"} 1
                kube_pod_status_phase{namespace="b",pod="other",uid="6",phase="Running"} 1
                kube_pod_info{namespace="a",pod="two",uid="1",host_ip="10.0.0.1"} 1
                """);

        lake.ingest(SOURCE.formatted("kube_state_metrics"));

        // An init container runs before the others: it counts where it asks for more than they do together.
        assertThat(rows())
                .containsExactly(
                        "a | two | nvidia.com/gpu | 6 | n1 | Running | a | 60.0",
                        "a | waits | nvidia.com/gpu | 72 | null | Pending | a | 60.0",
                        "b | amd | amd.com/gpu | 8 | n3 | null | b | 60.0",
                        "b | init | nvidia.com/gpu | 2 | n3 | null | b | 60.0",
                        "b | mig | nvidia.com/mig-1g.10gb | 1 | n2 | Succeeded | b | 60.0");
        assertThat(lake.sql("SELECT read_records, used_records, skipped['other metric'], skipped['other resource'],"
                        + " skipped['phase that a pod is not in'], received_rows, accepted_rows FROM delivery"))
                .containsExactly("16 | 12 | 1 | 1 | 2 | 5 | 5");
    }

    @Test
    void scrapesWithoutTimestampsInOneFileHaveNoInstants() {
        lake.deliver("appended.prom", """
                kube_pod_container_resource_requests{namespace="a",pod="grows",container="x",resource="nvidia_com_gpu"} 4
                kube_pod_container_resource_requests{namespace="a",pod="starts",container="x",resource="nvidia_com_gpu"} 4
                kube_pod_container_resource_requests{namespace="a",pod="stays",container="x",resource="nvidia_com_gpu"} 4
                kube_pod_status_phase{namespace="a",pod="starts",phase="Pending"} 1
                kube_pod_status_phase{namespace="a",pod="starts",phase="Running"} 0
                kube_pod_status_phase{namespace="a",pod="stays",phase="Running"} 1
                kube_pod_container_resource_requests{namespace="a",pod="grows",container="x",resource="nvidia_com_gpu"} 8
                kube_pod_container_resource_requests{namespace="a",pod="starts",container="x",resource="nvidia_com_gpu"} 4
                kube_pod_container_resource_requests{namespace="a",pod="stays",container="x",resource="nvidia_com_gpu"} 4
                kube_pod_status_phase{namespace="a",pod="starts",phase="Pending"} 0
                kube_pod_status_phase{namespace="a",pod="starts",phase="Running"} 1
                kube_pod_status_phase{namespace="a",pod="stays",phase="Running"} 1
                """);

        lake.ingest(SOURCE.formatted("kube_state_metrics"));

        assertThat(lake.sql("SELECT pod, gpus, phase FROM gpu_request")).containsExactly("stays | 4 | Running");
        assertThat(lake.sql("SELECT reasons, count(*) FROM rejected GROUP BY reasons"))
                .containsExactly("[sampled_at is not an instant: several scrapes in one file, without timestamps] | 2");
    }

    @Test
    void podsOfOneNameInTwoClustersAreApart() {
        lake.deliver("thanos.prom", """
                kube_pod_container_resource_requests{cluster="c1",namespace="a",pod="train-0",container="x",resource="nvidia_com_gpu"} 8
                kube_pod_container_resource_requests{cluster="c2",namespace="a",pod="train-0",container="x",resource="nvidia_com_gpu"} 4
                kube_pod_status_phase{cluster="c1",namespace="a",pod="train-0",phase="Running"} 1
                kube_pod_status_phase{cluster="c2",namespace="a",pod="train-0",phase="Pending"} 1
                """);

        lake.ingest(SOURCE.formatted("kube_state_metrics"));

        assertThat(lake.sql("SELECT cluster, pod, gpus, phase FROM gpu_request"))
                .containsExactly("c1 | train-0 | 8 | Running", "c2 | train-0 | 4 | Pending");
    }

    @Test
    void theApiTellsWhenAPodBeganToRun() {
        String request = """
                {"metric":{"__name__":"kube_pod_container_resource_requests","namespace":"monitoring","pod":"ksm-0","exported_namespace":"a","exported_pod":"p","exported_container":"x","exported_node":"%s","resource":"nvidia_com_gpu","prometheus_replica":"%s"},"values":[[%s,"8"]]}""";
        String phase = """
                {"metric":{"__name__":"kube_pod_status_phase","namespace":"monitoring","pod":"ksm-0","exported_namespace":"a","exported_pod":"p","phase":"%s"},"values":[[1772323200,"%s"],[1772323260,"%s"]]}""";
        lake.deliver(
                "range.json",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[%s]}}"
                        .formatted(String.join(
                                ",\n",
                                List.of(
                                        request.formatted("", "r0", "1772323200"),
                                        request.formatted("", "r1", "1772323200"),
                                        request.formatted("n1", "r0", "1772323260"),
                                        phase.formatted("Pending", 1, 0),
                                        phase.formatted("Running", 0, 1)))));

        lake.ingest(SOURCE.formatted("kube_state_metrics_prometheus_api") + "parameters: {interval_s: '30'}\n");

        assertThat(lake.sql("SELECT sampled_at, namespace, pod, gpus, node, phase, interval_s FROM gpu_request"))
                .containsExactly(
                        "2026-03-01 00:00:00.0 | a | p | 8 | null | Pending | 30.0",
                        "2026-03-01 00:01:00.0 | a | p | 8 | n1 | Running | 30.0");
    }

    private List<String> rows() {
        return lake.sql("SELECT namespace, pod, resource, gpus, node, phase, team, interval_s FROM gpu_request");
    }
}
