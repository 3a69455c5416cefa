package io.headroom.job;

import io.headroom.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Jobs in an order in which each comes after what it reads. Schedules, lists and documents are drawn from it. */
public record Plan(List<Job> jobs) {

    public static Plan of(List<? extends Job> jobs) {
        List<Job> waiting = new ArrayList<>(jobs);
        List<Job> ordered = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Job next = waiting.stream()
                    .filter(job -> waiting.stream().noneMatch(other -> other != job && readsFrom(job, other)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("Jobs read from each other in a circle: "
                            + waiting.stream().map(Job::name).toList()));
            ordered.add(next);
            waiting.remove(next);
        }
        return new Plan(List.copyOf(ordered));
    }

    public Optional<Job> job(String name) {
        return jobs.stream().filter(job -> job.name().equals(name)).findFirst();
    }

    /** The jobs of one stage, in order. */
    public List<Job> stage(String stage) {
        return jobs.stream().filter(job -> job.stage().equals(stage)).toList();
    }

    /** The stages that jobs write, in the order in which the plan first meets them. */
    public Set<String> stages() {
        Set<String> stages = new LinkedHashSet<>();
        jobs.forEach(job -> stages.add(job.stage()));
        return stages;
    }

    /** The stages other than its own that a stage reads. */
    public Set<String> readsOf(String stage) {
        Set<String> stages = new LinkedHashSet<>();
        for (Job job : stage(stage)) {
            job.reads().stream()
                    .map(input -> input.table().database())
                    .filter(other -> !other.equals(stage))
                    .forEach(stages::add);
        }
        return stages;
    }

    /** Whether a job reads what another writes. */
    public static boolean readsFrom(Job job, Job other) {
        Table written = other.writes();
        return job.reads().stream().anyMatch(input -> input.table().equals(written));
    }
}
