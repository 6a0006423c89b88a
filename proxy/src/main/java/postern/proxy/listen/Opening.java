package postern.proxy.listen;

import io.netty.channel.Channel;
import java.io.IOException;
import java.util.function.Consumer;
import postern.config.ListenerSettings;

/** How a door is opened. */
public interface Opening {

    /**
     * Lets clients in from now on.
     *
     * @param newcomers is handed each before a byte of it is read, on its own event loop
     * @throws IOException when nobody will ever come in
     */
    Entrance open(ListenerSettings settings, Consumer<Channel> newcomers, ConnectionObserver observer)
            throws IOException;
}
