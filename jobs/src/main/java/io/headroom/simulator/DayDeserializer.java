package io.headroom.simulator;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import java.io.IOException;
import java.io.Serial;
import java.time.DateTimeException;
import java.time.LocalDate;

/** Reads days such as 2026-01-31. */
final class DayDeserializer extends FromStringDeserializer<LocalDate> {

    @Serial
    private static final long serialVersionUID = 1L;

    DayDeserializer() {
        super(LocalDate.class);
    }

    @Override
    protected LocalDate _deserialize(String text, DeserializationContext context) throws IOException {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw context.weirdStringException(text, LocalDate.class, "not a day such as 2026-01-31");
        }
    }
}
