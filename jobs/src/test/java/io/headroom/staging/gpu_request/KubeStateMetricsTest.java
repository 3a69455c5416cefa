package io.headroom.staging.gpu_request;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Cases;
import io.headroom.Cases.Case;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests of pods as kube-state-metrics tells them. */
class KubeStateMetricsTest {

    @RegisterExtension
    private static final Cases CASES = new Cases();

    private static final String SOURCE = """
            name: requests
            extends: gpu_request/%s
            files: '**'
            set: {cluster: c1}
            """;

    private static final Case CONTAINERS =
            CASES.of(SOURCE.formatted("kube_state_metrics")).deliver("ksm.prom", """
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

    @Test
    void podsAskForWhatTheirContainersAskFor() {
        // An init container runs before the others: it counts where it asks for more than they do together.
        assertThat(rows(CONTAINERS))
                .containsExactly(
                        "a | two | nvidia.com/gpu | 6 | n1 | Running | a | 60.0",
                        "a | waits | nvidia.com/gpu | 72 | null | Pending | a | 60.0",
                        "b | amd | amd.com/gpu | 8 | n3 | null | b | 60.0",
                        "b | init | nvidia.com/gpu | 2 | n3 | null | b | 60.0",
                        "b | mig | nvidia.com/mig-1g.10gb | 1 | n2 | Succeeded | b | 60.0");
        assertThat(CONTAINERS.sql(
                        "SELECT read_records, used_records, skipped['other metric'], skipped['other resource'],"
                                + " skipped['phase that a pod is not in'], received_rows, accepted_rows FROM delivery"))
                .containsExactly("16 | 12 | 1 | 1 | 2 | 5 | 5");
    }

    private static final Case APPENDED =
            CASES.of(SOURCE.formatted("kube_state_metrics")).deliver("appended.prom", """
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

    @Test
    void scrapesWithoutTimestampsInOneFileHaveNoInstants() {
        assertThat(APPENDED.sql("SELECT pod, gpus, phase FROM gpu_request")).containsExactly("stays | 4 | Running");
        assertThat(APPENDED.sql("SELECT reasons, count(*) FROM rejected GROUP BY reasons"))
                .containsExactly("[sampled_at is not an instant: several scrapes in one file, without timestamps] | 2");
    }

    private static final Case CLUSTERS =
            CASES.of(SOURCE.formatted("kube_state_metrics")).deliver("thanos.prom", """
                kube_pod_container_resource_requests{cluster="c1",namespace="a",pod="train-0",container="x",resource="nvidia_com_gpu"} 8
                kube_pod_container_resource_requests{cluster="c2",namespace="a",pod="train-0",container="x",resource="nvidia_com_gpu"} 4
                kube_pod_status_phase{cluster="c1",namespace="a",pod="train-0",phase="Running"} 1
                kube_pod_status_phase{cluster="c2",namespace="a",pod="train-0",phase="Pending"} 1
                """);

    @Test
    void podsOfOneNameInTwoClustersAreApart() {
        assertThat(CLUSTERS.sql("SELECT cluster, pod, gpus, phase FROM gpu_request"))
                .containsExactly("c1 | train-0 | 8 | Running", "c2 | train-0 | 4 | Pending");
    }

    private static final String REQUEST = """
                {"metric":{"__name__":"kube_pod_container_resource_requests","namespace":"monitoring","pod":"ksm-0","exported_namespace":"a","exported_pod":"p","exported_container":"x","exported_node":"%s","resource":"nvidia_com_gpu","prometheus_replica":"%s"},"values":[[%s,"8"]]}""";

    private static final String PHASE = """
                {"metric":{"__name__":"kube_pod_status_phase","namespace":"monitoring","pod":"ksm-0","exported_namespace":"a","exported_pod":"p","phase":"%s"},"values":[[1772323200,"%s"],[1772323260,"%s"]]}""";

    private static final Case API = CASES.of(
                    SOURCE.formatted("kube_state_metrics_prometheus_api") + "parameters: {interval_s: '30'}\n")
            .deliver(
                    "range.json",
                    "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[%s]}}"
                            .formatted(String.join(
                                    ",\n",
                                    List.of(
                                            REQUEST.formatted("", "r0", "1772323200"),
                                            REQUEST.formatted("", "r1", "1772323200"),
                                            REQUEST.formatted("n1", "r0", "1772323260"),
                                            PHASE.formatted("Pending", 1, 0),
                                            PHASE.formatted("Running", 0, 1)))));

    @Test
    void theApiTellsWhenAPodBeganToRun() {
        assertThat(API.sql("SELECT sampled_at, namespace, pod, gpus, node, phase, interval_s FROM gpu_request"))
                .containsExactly(
                        "2026-03-01 00:00:00.0 | a | p | 8 | null | Pending | 30.0",
                        "2026-03-01 00:01:00.0 | a | p | 8 | n1 | Running | 30.0");
    }

    private static List<String> rows(Case given) {
        return given.sql("SELECT namespace, pod, resource, gpus, node, phase, team, interval_s FROM gpu_request");
    }
}
