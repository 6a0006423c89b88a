package postern.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import postern.config.SettingsException;
import postern.credentials.AppPasswordId;
import postern.credentials.DeviceSeen;
import postern.credentials.DeviceUse;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;

/** Which devices use an app password: whom a revocation would keep out, and who is in that nobody knows. */
@Command(
        name = "devices",
        description = "List which devices log in with which app password, also while the server runs.",
        mixinStandardHelpOptions = true)
final class DevicesCommand implements Callable<Integer> {

    private static final int FEW = 3;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Main.ConfigOption config;

    @ArgGroup
    private @Nullable Whose whose;

    /** One of these; neither is everybody's. */
    static final class Whose {

        @Option(names = "--user", required = true, paramLabel = "NAME", description = "Of a login name, or an alias.")
        private @Nullable String user;

        @Option(names = "--app-password", required = true, paramLabel = "ID", description = "That use this one.")
        private @Nullable String appPassword;

        List<DeviceSeen> devices(Stores stores) throws StartException, StoreUnavailableException {
            if (user != null) {
                LoginName name = PersonCommand.UserOption.name("--user", user);
                return stores.deviceUses().of(PersonCommand.known(name, stores));
            }
            return stores.deviceUses().of(id(Objects.requireNonNull(appPassword)));
        }

        private static AppPasswordId id(String text) throws StartException {
            try {
                return new AppPasswordId(text);
            } catch (IllegalArgumentException e) {
                throw new StartException("--app-password: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public Integer call() throws SettingsException, StartException {
        return StoreCommand.on(config.load(), stores -> {
            List<DeviceSeen> devices = whose == null ? stores.deviceUses().all() : whose.devices(stores);
            devices.forEach(one -> spec.commandLine().getOut().println(line(one)));
            spec.commandLine().getOut().println("devices: " + devices.size());
            return 0;
        });
    }

    private static String line(DeviceSeen one) {
        return String.join(
                "  ",
                one.owner().value(),
                one.appPassword() + " \"" + one.name() + '"',
                one.last().shown(),
                spoken(one),
                "first " + Explanation.time(one.first()),
                "last " + Explanation.time(one.last().at()));
    }

    /** The latest of this app password, and how many others there are. */
    static List<String> few(List<DeviceSeen> devices, AppPasswordId of) {
        List<DeviceSeen> all =
                devices.stream().filter(one -> one.appPassword().equals(of)).toList();
        List<String> few = new ArrayList<>();
        for (DeviceSeen one : all.subList(0, Math.min(FEW, all.size()))) {
            few.add("\"%s\" by %s, first %s, last %s"
                    .formatted(
                            one.last().shown(),
                            spoken(one),
                            Explanation.time(one.first()),
                            Explanation.time(one.last().at())));
        }
        if (all.size() > FEW) {
            few.add("and %d more: postern devices --app-password %s".formatted(all.size() - FEW, of));
        }
        return few;
    }

    private static String spoken(DeviceSeen one) {
        DeviceUse last = one.last();
        return one.protocol() + last.speaks().map(version -> " " + version).orElse("");
    }
}
