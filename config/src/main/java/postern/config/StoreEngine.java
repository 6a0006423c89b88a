package postern.config;

/** Which database keeps the store. */
public enum StoreEngine {
    SQLITE,
    POSTGRESQL
}
