package postern.config;

import java.time.Duration;

/** The whole steps at which a failure is told. */
public record AnswerSettings(Duration step) {

    static AnswerSettings from(Section in) {
        return new AnswerSettings(in.duration("step", Duration.ofMillis(100), Duration.ofSeconds(10)));
    }
}
