package postern.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * What all sections of one reading share.
 *
 * @param base where relative paths start
 */
record Surroundings(Path base, Map<String, String> environment, Mistakes mistakes, Doors doors) {}
