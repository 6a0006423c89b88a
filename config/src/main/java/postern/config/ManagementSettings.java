package postern.config;

/** Where health and metrics are told. */
public record ManagementSettings(String address, int port) {

    static ManagementSettings from(Section in) {
        ManagementSettings management = new ManagementSettings(in.address("address"), in.number("port", 0, 65_535));
        in.claim(management.address, management.port);
        return management;
    }
}
