package io.headroom.kill;

import io.headroom.kill.Course.Moment;
import io.headroom.kill.Course.Phase;
import io.headroom.kill.Course.Stage;
import io.headroom.kill.TwoDays.Said;
import java.nio.file.Path;
import java.util.Random;

/**
 * A process that is to be killed in a phase of one of the days.
 *
 * @param isRun whether it runs the whole day, or the stage of the phase alone
 */
record Attempt(Unbroken unbroken, Phase phase, boolean isRun) {

    static Attempt ofRun(Unbroken unbroken, Phase phase) {
        return new Attempt(unbroken, phase, true);
    }

    static Attempt ofStage(Unbroken unbroken, Phase phase) {
        return new Attempt(unbroken, phase, false);
    }

    /** The stage at whose end it is compared. */
    Stage stage() {
        return isRun ? Stage.REPORT : phase.stage();
    }

    /** A random moment of the phase, as the stage alone came to it. */
    Moment moment(Random random) {
        return unbroken.stage(phase.stage()).course().moment(phase, random);
    }

    /** The lake that it finds. */
    Path before() {
        return isRun ? unbroken.before() : unbroken.stage(stage()).before();
    }

    Unbroken.Left left() {
        return unbroken.stage(stage());
    }

    /** With which it ends where nothing disturbs it. */
    int code() {
        return isRun ? TwoDays.EXIT_CODE : left().code();
    }

    String[] command(Path lake) {
        TwoDays days = TwoDays.shared();
        return isRun ? days.run(unbroken.day(), lake) : days.stage(stage(), unbroken.day(), lake);
    }

    /** In this process, which is started sooner. */
    Said here(Path lake) {
        return TwoDays.here(command(lake));
    }

    String words() {
        return isRun ? "a run" : "the stage alone";
    }
}
