package postern.bench.doors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Doors that others made, from Debian's packages, each with the file of its own language in {@code resources/doors}. */
public enum Peer {
    /** Ends TLS, passes bytes on, and knows nothing of logins: the least that a door can do. */
    HAPROXY("HAProxy", "/usr/sbin/haproxy", "/usr/sbin/haproxy"),
    /** Its mail proxy asks over HTTP whom to let in. */
    NGINX("nginx", "/usr/sbin/nginx", "/usr/lib/nginx/modules/ngx_mail_module.so"),
    /** Its login proxy looks into a file of plain passwords. */
    DOVECOT("Dovecot", "/usr/sbin/dovecot", "/usr/lib/dovecot/imap-login"),
    /** As a reverse proxy, which knows nothing of logins either. */
    HAPROXY_HTTPS("HAProxy", "/usr/sbin/haproxy", "/usr/sbin/haproxy"),
    /** The same. */
    NGINX_HTTPS("nginx", "/usr/sbin/nginx", "/usr/sbin/nginx");

    private final String name;
    private final String program;
    private final String part;

    /** @param part of its package, which may be missing where the program is not */
    Peer(String name, String program, String part) {
        this.name = name;
        this.program = program;
        this.part = part;
    }

    public boolean isInstalled() {
        return Files.exists(Path.of(program)) && Files.exists(Path.of(part));
    }

    Door start(House house) throws IOException {
        int port = Ports.free();
        Path config = house.write(this + ".conf", port);
        Program started = Program.start(house.folder().resolve(this + ".log"), command(config.toString(), house));
        return new Door(name, port, started.awaitPort(port));
    }

    private List<String> command(String config, House house) {
        return switch (this) {
            case HAPROXY, HAPROXY_HTTPS -> List.of(program, "-db", "-f", config);
            case NGINX, NGINX_HTTPS ->
                List.of(program, "-p", house.folder().toString(), "-c", config, "-g", "daemon off;");
            case DOVECOT -> List.of(program, "-F", "-c", config);
        };
    }

    /** As its files are called. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
