package io.headroom.staging.gpu_sample;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What dcgm-exporter told of one GB200 NVL72 rack, 18 hosts of 4 GPUs, over ten minutes of 1 March 2026, as two replicas of
 * Prometheus scraped it. Each file is a replica's scrape of a host, timed by its path.
 *
 * <p>Host h (0 to 17) and GPU g (0 to 3) make the GPU number n = 4 h + g. Every GPU draws 400 + 2 n watts at all times; its
 * energy counter stood at 1,000,000 J at 10:00 and rises by what it draws. Its kernels ran n percent of the time, its SMs were
 * active n thousandths of it, its tensor pipes half of that.
 *
 * <ul>
 *   <li>Replica a scrapes at each full minute from 10:00 to 10:09, ten times; replica b at 10:00 and 10:01 in the same second,
 *       and after that 20 seconds later.
 *   <li>From 10:05 on the hosts run dcgm-exporter of DCGM 4.6: the fields have their new names and Hostname is hostname.
 *   <li>GPU 0, which is idle, runs its kernels 1 percent of the time instead of 0.
 *   <li>GPU 4 is held by three pods that share it in time, and is told once for each.
 *   <li>GPU 8 is cut into two MIG instances, 1 and 2, of 3g.93gb each: its board power and energy are told for both, field 203
 *       is left blank, and SMs are active 0.4 and 0.8 of the time.
 *   <li>The driver of GPU 12 is loaded again at 10:03: its counter begins there at 0.
 *   <li>GPU 16 has no profiling: DCGM leaves its SM and tensor activity blank.
 *   <li>GPUs 4 to 35 are held by pods of the namespace training, the others by none.
 * </ul>
 */
public final class Nvl72Scrape {

    public static final int HOSTS = 18;
    public static final int GPUS_PER_HOST = 4;
    public static final int GPUS = HOSTS * GPUS_PER_HOST;
    /** The instants at which replica a scrapes. */
    public static final int MINUTES = 10;

    public static final int IDLE_GPU = 0;
    public static final int SHARED_GPU = 4;
    public static final int MIG_GPU = 8;
    public static final int RELOADED_GPU = 12;
    public static final int UNPROFILED_GPU = 16;

    /** Rows of one scrape of the rack: its GPUs, one of them as two instances. */
    public static final int ROWS_PER_SCRAPE = GPUS + 1;
    /** Scrapes of the rack at different instants: ten of replica a, and eight of b that are not at the same instants. */
    public static final int SCRAPES = MINUTES + 8;

    /** The source that reads the files. */
    public static final String SOURCE = """
            name: nvl72
            extends: gpu_sample/dcgm_exporter
            files: 'nvl72/**'
            set: {cluster: c1, provider: own, region: r1}
            parameters:
              path_time: '/(\\d{8}T\\d{6})_[^/]*$'
              path_time_format: yyyyMMdd'T'HHmmss
              rack_of_node: '^(rack\\d+)-'
            """;

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final String FABRIC = "5c9ae7a2-58c6-4f2b-8d0c-2f6f6a1f8a72";
    private static final int RENAMED_FROM_S = 5 * 60;
    private static final int RELOADED_AT_S = 3 * 60;

    private Nvl72Scrape() {}

    /** The files by path: one for each host, replica and scrape. */
    public static Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        for (int minute = 0; minute < MINUTES; minute++) {
            for (int host = 0; host < HOSTS; host++) {
                add(files, "a", host, 60 * minute);
                add(files, "b", host, 60 * minute + (minute < 2 ? 0 : 20));
            }
        }
        return files;
    }

    private static void add(Map<String, String> files, String replica, int host, int second) {
        String time = START.plusSeconds(second).toString().replaceAll("[-:Z]", "");
        files.put("nvl72/%s/%s_%s.prom".formatted(replica, time, node(host)), scrape(host, second));
    }

    /** Name of a host, from 0. */
    public static String node(int host) {
        return "rack01-n%02d".formatted(host + 1);
    }

    /** UUID of a GPU, from 0. */
    public static String uuid(int gpu) {
        return "GPU-%08d".formatted(gpu);
    }

    /** Power of a GPU. */
    public static int watts(int gpu) {
        return 400 + 2 * gpu;
    }

    private static String scrape(int host, int second) {
        boolean isRenamed = second >= RENAMED_FROM_S;
        Map<String, List<String>> families = new LinkedHashMap<>();
        for (int index = 0; index < GPUS_PER_HOST; index++) {
            int gpu = GPUS_PER_HOST * host + index;
            for (String labels : labels(gpu, host, index, isRenamed)) {
                fields(gpu, second, labels, isRenamed)
                        .forEach((field, value) -> families.computeIfAbsent(field, unseen -> new ArrayList<>())
                                .add("%s{%s} %s".formatted(field, labels, value)));
            }
        }
        var text = new StringBuilder();
        families.forEach(
                (field, lines) -> text.append("# HELP %s As DCGM tells it.\n# TYPE %s gauge\n".formatted(field, field))
                        .append(String.join("\n", lines))
                        .append('\n'));
        return text.toString();
    }

    /** The label sets under which a GPU is told: one, or one for each of its pods or instances. */
    private static List<String> labels(int gpu, int host, int index, boolean isRenamed) {
        String device =
                "gpu=\"%d\",UUID=\"%s\",pci_bus_id=\"0000000%d:01:00.0\",device=\"nvidia%d\",modelName=\"NVIDIA GB200\""
                        .formatted(index, uuid(gpu), index, index);
        String place = ",%s=\"%s\",DCGM_FI_DEV_FABRIC_CLUSTER_UUID=\"%s\",DCGM_FI_DEV_FABRIC_CLIQUE_ID=\"32766\""
                .formatted(isRenamed ? "hostname" : "Hostname", node(host), FABRIC);
        String pod = ",container=\"main\",namespace=\"training\",pod=\"%s\"";
        if (gpu == SHARED_GPU) {
            return List.of("p1", "p2", "p3").stream()
                    .map(name -> device + place + pod.formatted(name))
                    .toList();
        }
        if (gpu == MIG_GPU) {
            return List.of("1", "2").stream()
                    .map(instance -> device
                            + ",GPU_I_PROFILE=\"3g.93gb\",GPU_I_ID=\"%s\"".formatted(instance)
                            + place
                            + pod.formatted("mig-" + instance))
                    .toList();
        }
        boolean isHeld = gpu >= SHARED_GPU && gpu < 36;
        return List.of(device + place + (isHeld ? pod.formatted("p-" + gpu) : ""));
    }

    private static Map<String, String> fields(int gpu, int second, String labels, boolean isRenamed) {
        boolean isBlank = gpu == UNPROFILED_GPU;
        double active = gpu == MIG_GPU ? (labels.contains("GPU_I_ID=\"1\"") ? 0.4 : 0.8) : gpu / 1000.0;
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(
                isRenamed ? "DCGM_FI_DEV_GPU_UTIL_RATIO" : "DCGM_FI_DEV_GPU_UTIL",
                gpu == MIG_GPU ? "9223372036854775794" : String.valueOf(gpu == IDLE_GPU ? 1 : gpu));
        fields.put(
                isRenamed ? "DCGM_FI_DEV_BOARD_POWER_WATTS" : "DCGM_FI_DEV_POWER_USAGE",
                "%d.000000".formatted(watts(gpu)));
        fields.put("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", String.valueOf(1000L * joules(gpu, second)));
        fields.put(
                isRenamed ? "DCGM_FI_PROF_SM_UTIL_RATIO" : "DCGM_FI_PROF_SM_ACTIVE",
                isBlank ? "140737488355328.000000" : "%.6f".formatted(active));
        fields.put(
                isRenamed ? "DCGM_FI_PROF_TENSOR_UTIL_RATIO" : "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE",
                isBlank ? "140737488355330.000000" : "%.6f".formatted(active / 2));
        fields.put("DCGM_FI_DEV_SM_CLOCK", "1965");
        return fields;
    }

    /** The energy counter of a GPU so many seconds after 10:00. */
    public static long joules(int gpu, int second) {
        boolean isReloaded = gpu == RELOADED_GPU && second >= RELOADED_AT_S;
        return isReloaded ? (long) watts(gpu) * (second - RELOADED_AT_S) : 1_000_000L + (long) watts(gpu) * second;
    }
}
