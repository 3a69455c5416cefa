package io.headroom.cli;

import io.headroom.failure.Failure;
import io.headroom.failure.StorageFault;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. Exit codes: 0 done, 1 try again, 2 wrong command or configuration, 3 data refused. */
@Command(
        name = "headroom",
        description = "How much of an AI compute fleet is delivered, energised, busy, paid for and left.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            JobCommand.class,
            ListCommand.class,
            SqlCommand.class,
            ExportCommand.class,
            CheckSourceCommand.class,
            SimulateCommand.class,
            ReportCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "`test` runs everything that a change must pass, `bench` measures; they are commands of the launcher alone."
        })
public final class Headroom implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Headroom.class);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Headroom() {}

    /** Runs one command and tells its exit code. */
    public static int execute(Clock clock, PrintWriter out, PrintWriter err, String... arguments) {
        var console = new Console(out, err);
        CommandLine line = new CommandLine(new Headroom(), new Commands(clock, console));
        line.setOut(out).setErr(err).setCaseInsensitiveEnumValuesAllowed(true);
        line.getCommandSpec().version("Headroom " + version()).mixinStandardHelpOptions(true);
        line.getSubcommands().values().forEach(each -> each.getCommandSpec().mixinStandardHelpOptions(true));
        Stop stop = Stop.watch(err);
        line.setExecutionExceptionHandler((failure, command, parsed) -> exitCode(failure, err, stop));
        int code = Failure.Status.TRY_AGAIN.code();
        try {
            code = line.execute(arguments);
            return code;
        } finally {
            stop.end(code);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? See below.");
    }

    private static int exitCode(Exception thrown, PrintWriter err, Stop stop) {
        LOG.error("The command failed", thrown);
        if (stop.isStopped()) {
            return Failure.Status.TRY_AGAIN.code();
        }
        if (thrown instanceof Failure failure) {
            err.println(failure.getMessage());
            return failure.status().code();
        }
        err.println(StorageFault.told(thrown).orElseGet(() -> unknown(thrown)));
        return Failure.Status.TRY_AGAIN.code();
    }

    private static String unknown(Exception thrown) {
        String reason = Optional.ofNullable(thrown.getMessage())
                .orElse(thrown.getClass().getName());
        return "It failed for a reason that Headroom does not know: %s. The log has the rest; try again."
                .formatted(reason.lines().findFirst().orElse(""));
    }

    /** What the launcher alone knows of this build. */
    static String version() {
        return Optional.ofNullable(Headroom.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /** Makes commands, handing them the clock and the console. */
    private record Commands(Clock clock, Console console) implements IFactory {

        @Override
        public <K> K create(Class<K> type) throws Exception {
            try {
                return type.getDeclaredConstructor(Clock.class, Console.class).newInstance(clock, console);
            } catch (NoSuchMethodException e) {
                return CommandLine.defaultFactory().create(type);
            }
        }
    }
}
