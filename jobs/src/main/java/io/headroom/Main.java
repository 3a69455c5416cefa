package io.headroom;

import io.headroom.cli.Headroom;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** The entry point of the launcher and of spark-submit. */
public final class Main {

    private Main() {}

    /** Runs one command and exits with its code, but for 0: a cluster takes any exit for a failure. */
    public static void main(String[] arguments) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = Headroom.execute(Clock.systemUTC(), out, err, arguments);
        out.flush();
        err.flush();
        if (code == 0 && out.checkError()) {
            System.err.println("The output could not be written to its end.");
            code = 1;
        }
        if (code != 0) {
            System.exit(code);
        }
    }
}
