package postern.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What operators are told of the mail doors while this is open: each line with its key-values. */
final class HeardLog implements AutoCloseable {

    private final Logger proxy = (Logger) LoggerFactory.getLogger("postern.proxy");
    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

    HeardLog() {
        heard.start();
        proxy.setLevel(Level.INFO);
        proxy.setAdditive(false);
        proxy.addAppender(heard);
    }

    List<String> lines() {
        return List.copyOf(heard.list).stream()
                .map(event -> event.getFormattedMessage() + " " + event.getKeyValuePairs())
                .toList();
    }

    @Override
    public void close() {
        proxy.detachAppender(heard);
        proxy.setAdditive(true);
        proxy.setLevel(null);
    }
}
