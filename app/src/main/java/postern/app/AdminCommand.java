package postern.app;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import postern.app.admin.AdminLine;

/** All that is behind it is left to {@link AdminLine}: the contract is read by who asks for it alone. */
@Command(name = "admin", description = "Manage people and app passwords over the admin API, from anywhere.")
final class AdminCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Unmatched
    private List<String> rest = new ArrayList<>();

    static CommandLine line() {
        return AdminLine.of(System.getenv(), new BootstrapCommand());
    }

    @Override
    public Integer call() {
        CommandLine line = Main.commandLine(line());
        return line.setOut(spec.commandLine().getOut())
                .setErr(spec.commandLine().getErr())
                .execute(rest.toArray(String[]::new));
    }
}
