package postern.app.admin;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** {@code postern admin}: a command for each operation of the contract, below the thing that it is about. */
public final class AdminLine {

    private static final String FOOTER = """
            %nWhere the API is and what opens it: --url or POSTERN_URL (else https://localhost:8444), --token-file or \
            POSTERN_TOKEN, --ca-file or POSTERN_CA_FILE. An empty text says null, where null says something.""";

    private AdminLine() {}

    /**
     * The command with all below it.
     *
     * @param more commands that are not over the API
     */
    public static CommandLine of(Map<String, String> environment, Object... more) {
        CommandSpec root = group("postern admin", "Manage people and app passwords over the admin API, from anywhere.");
        Map<String, CommandSpec> things = new LinkedHashMap<>();
        for (Operation operation : Contract.operations()) {
            things.computeIfAbsent(operation.words().getFirst(), thing -> group(thing, operation.about()))
                    .addSubcommand(operation.words().getLast(), command(operation));
        }
        things.forEach(root::addSubcommand);
        CommandLine line = new CommandLine(root);
        for (Object command : more) {
            line.addSubcommand(command);
        }
        return line.setExecutionStrategy(new Running(environment));
    }

    private static CommandSpec group(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name).mixinStandardHelpOptions(true);
        spec.usageMessage().description(description).synopsisSubcommandLabel("COMMAND");
        return spec;
    }

    private static CommandSpec command(Operation operation) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(operation).mixinStandardHelpOptions(true);
        spec.usageMessage()
                .description(operation.summary() + ".")
                .footer(FOOTER)
                .sortOptions(false);
        spec.exitCodeOnInvalidInput(ExitCode.WRONG);
        spec.usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(Map.of(
                        "0", "done",
                        "1", "refused, or failed",
                        "2", "not asked for: the command is wrong, or nobody said yes",
                        "3", "no answer, or not let in"));
        operation
                .places()
                .forEach(place -> spec.addPositional(PositionalParamSpec.builder()
                        .paramLabel(place.name().toUpperCase(Locale.ROOT))
                        .type(String.class)
                        .arity("1")
                        .description(escaped(place.description()))
                        .build()));
        operation
                .queries()
                .forEach(query ->
                        spec.addOption(text(query.option(), query.description()).build()));
        operation.members().forEach(member -> spec.addOption(option(member)));
        flags(operation, spec);
        return spec;
    }

    private static OptionSpec option(Member member) {
        OptionSpec.Builder option = text(member.option(), member.description()).required(member.required());
        return switch (member.kind()) {
            case TEXT, NUMBER, YES_OR_NO -> option.build();
            case LIST ->
                option.type(List.class)
                        .auxiliaryTypes(String.class)
                        .splitRegex(",")
                        .build();
        };
    }

    private static OptionSpec.Builder text(String name, String description) {
        return OptionSpec.builder(name)
                .paramLabel(name.substring(2).toUpperCase(Locale.ROOT))
                .type(String.class)
                .arity("1")
                .description(escaped(description));
    }

    private static String escaped(String description) {
        return description.replace("%", "%%");
    }

    private static void flags(Operation operation, CommandSpec spec) {
        if (operation.manners().paged()) {
            spec.addOption(text(Flags.LIMIT, "So many at most.").build());
        }
        if (operation.manners().checkable()) {
            spec.addOption(flag(Flags.DRY_RUN, "Check everything, and change nothing."));
        }
        if (operation.loss().isPresent()) {
            spec.addOption(flag(Flags.YES, "Do not ask. " + operation.loss().get()));
        }
        if (operation.words().equals(JobRun.WORDS)) {
            spec.addOption(flag(Flags.WAIT, "Until it has ended, telling how far it is."));
        }
        spec.addOption(flag(Flags.JSON, "As the API says it; of a list, a row a line."));
        spec.addOption(text(Flags.URL, "https://HOST:PORT of the API.").build());
        spec.addOption(
                text(Flags.TOKEN_FILE, "What opens it stands there, alone.").build());
        spec.addOption(text(Flags.CA_FILE, "Certificates in PEM to believe, and no others.")
                .build());
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name).description(escaped(description)).build();
    }

    /** Operations are run here; what else there is runs as it always does. */
    private record Running(Map<String, String> environment) implements IExecutionStrategy {

        @Override
        public int execute(ParseResult parsed) throws ParameterException {
            Integer helped = CommandLine.executeHelpRequest(parsed);
            if (helped != null) {
                return helped;
            }
            ParseResult last = parsed;
            while (last.hasSubcommand()) {
                last = last.subcommand();
            }
            CommandLine line = last.commandSpec().commandLine();
            if (last.commandSpec().userObject() instanceof Operation operation) {
                PrintWriter out = line.getOut();
                Screen screen = new Screen(out, line.getErr(), last.hasMatchedOption(Flags.JSON));
                return new Invocation(operation, new Said(operation, last), screen, environment).run();
            }
            return new RunLast().execute(parsed);
        }
    }
}
