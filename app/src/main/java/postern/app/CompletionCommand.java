package postern.app;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What a shell has to know to complete a command, those of the admin API too. */
@Command(
        name = "completion",
        description = "Print what bash completes commands by: source <(postern completion).",
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        CommandLine whole = new CommandLine(new Main());
        whole.getCommandSpec().removeSubcommand("admin");
        whole.addSubcommand("admin", AdminCommand.line());
        spec.commandLine().getOut().print(AutoComplete.bash("postern", whole));
        spec.commandLine().getOut().flush();
    }
}
