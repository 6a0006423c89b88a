package postern.proxy.listen;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;

/** A socket that puts some bytes in front of the first packet that it is given. */
final class AheadSocket extends Socket {

    private final Socket socket;
    private final byte[] ahead;
    private boolean said;

    AheadSocket(Socket socket, byte[] ahead) {
        this.socket = socket;
        this.ahead = ahead.clone();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(socket.getOutputStream()) {
            @Override
            public void write(byte[] packet, int from, int length) throws IOException {
                byte[] all = new byte[(said ? 0 : ahead.length) + length];
                System.arraycopy(ahead, 0, all, 0, all.length - length);
                System.arraycopy(packet, from, all, all.length - length, length);
                said = true;
                out.write(all);
            }
        };
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return socket.getInputStream();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return socket.getRemoteSocketAddress();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
