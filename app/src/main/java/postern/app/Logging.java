package postern.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.config.LogFormat;
import postern.config.LoggingSettings;

/**
 * One event, one line, on standard output, a stack trace included. A line end that came in from
 * outside does not get through, so nobody writes our log but us.
 */
final class Logging {

    /** What happened, then who: the message is constant, the key-values are the event's own. */
    private static final String TEXT = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level %logger{0}: "
            + "%replace(%replace(%msg %kvp %ex){'\\s*[\\r\\n]+\\s*', ' | '}){'[\\p{Cntrl}\u0085\u2028\u2029]', '?'}%nopex%n";

    /** Chatty at a level where we are not, and of no use to an operator. */
    private static final String[] QUIET = {"com.linecorp.armeria", "io.netty", "org.flywaydb", "org.jdbi"};

    private Logging() {}

    static void apply(LoggingSettings settings) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger(Logger.ROOT_LOGGER_NAME).detachAndStopAllAppenders();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(started(encoder(settings.format()), context));
        console.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.valueOf(settings.level().name()));
        root.addAppender(console);
        // Two HTTP servers register one meter of Armeria's, which we do not read.
        context.getLogger("io.micrometer.core.instrument.MeterRegistry").setLevel(Level.ERROR);
        // Tells of each connection that broke, with a stack; whoever needed it tells what that means.
        context.getLogger("com.zaxxer.hikari").setLevel(Level.ERROR);
        for (String name : QUIET) {
            context.getLogger(name).setLevel(Level.WARN);
        }
    }

    /** Until it is closed, of what goes wrong nothing is logged: for a command that tells it in its own words. */
    static AutoCloseable hushed() {
        ch.qos.logback.classic.Logger ours = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("postern");
        Level before = ours.getLevel();
        ours.setLevel(Level.ERROR);
        return () -> ours.setLevel(before);
    }

    private static Encoder<ILoggingEvent> encoder(LogFormat format) {
        return switch (format) {
            case JSON -> {
                JsonEncoder json = new JsonEncoder();
                json.setWithArguments(false);
                json.setWithMessage(true);
                json.setWithFormattedMessage(false);
                json.setWithContext(false);
                json.setWithSequenceNumber(false);
                yield json;
            }
            case TEXT -> {
                PatternLayoutEncoder text = new PatternLayoutEncoder();
                text.setPattern(TEXT);
                yield text;
            }
        };
    }

    private static Encoder<ILoggingEvent> started(Encoder<ILoggingEvent> encoder, LoggerContext context) {
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}
