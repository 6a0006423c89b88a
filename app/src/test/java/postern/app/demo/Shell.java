package postern.app.demo;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** What somebody pastes into a terminal. */
record Shell(int exitCode, String output) {

    private static final int PATIENCE_SECONDS = 20;

    static Shell run(String command) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("took too long: " + command);
        }
        return new Shell(process.exitValue(), output);
    }
}
