package postern.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One object of the file; each call reads one key of it. What is missing or wrong is noted, and a
 * stand-in returned.
 */
final class Section {

    private static final String NAME = "[a-z0-9][a-z0-9-]*";

    private final Surroundings around;
    private final String name;
    private final Layer layer;

    Section(Surroundings around, String name, Layer layer) {
        this.around = around;
        this.name = name;
        this.layer = layer;
    }

    /** The last part of its path: what the operator calls it. */
    String name() {
        return name;
    }

    /** Where its relative paths start. */
    Path base() {
        return around.base();
    }

    Section section(String key) {
        return new Section(around, key, layer.inner(key));
    }

    /** What is checked as far as it is written, and not in use: nothing of it must be set. */
    Section spare(String key) {
        return new Section(around, key, layer.template(key));
    }

    /** The entries below {@code key}, each falling back to the template. An unused template is checked too. */
    <T> Map<String, T> named(String key, String template, Function<Section, T> from) {
        return named(key, template, from, layer::entry);
    }

    /**
     * The same with profiles between the two: an entry falls back to the one that its "profile" names, and that one
     * to the template.
     */
    <T> Map<String, T> named(String key, String profiles, String template, Function<Section, T> from) {
        Layer below = layer.template(template);
        Map<String, Layer> ready = new TreeMap<>();
        layer.entries(profiles).forEach((profile, found) -> {
            Section one = new Section(around, profile, layer.templateEntry(found, below));
            T _ = from.apply(one);
            if (one.layer.says("profile")) {
                one.mistake("profile", "nothing, since a profile stands over no other");
            }
            ready.put(profile, one.layer);
        });
        String _ = profile(below, ready.keySet());
        return named(key, template, from, (found, _) -> {
            String profile = profile(layer.entry(found, below), ready.keySet());
            return layer.entry(found, ready.getOrDefault(profile, below));
        });
    }

    private String profile(Layer entry, Set<String> ready) {
        return new Section(around, name, entry)
                .text(
                        "profile",
                        "one of " + String.join(", ", ready),
                        profile -> profile.isEmpty() || ready.contains(profile));
    }

    private <T> Map<String, T> named(
            String key, String template, Function<Section, T> from, BiFunction<Found, Layer, Layer> over) {
        Layer below = layer.template(template);
        T _ = from.apply(new Section(around, template, below));
        Map<String, T> all = new TreeMap<>();
        layer.entries(key).forEach((entry, found) -> {
            if (!entry.matches(NAME)) {
                layer.note(found, "not a name", "a-z, 0-9 and -, not - first");
            }
            all.put(entry, from.apply(new Section(around, entry, over.apply(found, below))));
        });
        return Collections.unmodifiableMap(all);
    }

    /** The same for a list of sections, which have no names. */
    <T> List<T> listed(String key, String template, Function<Section, T> from) {
        Layer below = layer.template(template);
        T _ = from.apply(new Section(around, template, below));
        List<T> all = new ArrayList<>();
        layer.items(key).forEach(found -> all.add(from.apply(new Section(around, key, layer.entry(found, below)))));
        return List.copyOf(all);
    }

    /** The entries below {@code key}, each a text that {@code holds}. */
    Map<String, String> texts(String key, String expected, Predicate<String> holds) {
        Map<String, String> all = new TreeMap<>();
        layer.entries(key).forEach((entry, found) -> {
            String hint = found.isSection() ? expected + ", and quotes around a name with dots" : expected;
            all.put(entry, read(found, hint, value -> Values.text(value).filter(holds), ""));
        });
        return Collections.unmodifiableMap(all);
    }

    String text(String key, String expected, Predicate<String> holds) {
        return read(layer.find(key), expected, value -> Values.text(value).filter(holds), "");
    }

    /** A moment, unless it is empty. */
    Optional<Instant> time(String key) {
        return Values.time(text(
                key,
                "a time such as 2027-01-31T12:00:00Z",
                text -> text.isEmpty() || Values.time(text).isPresent()));
    }

    boolean yes(String key) {
        return read(layer.find(key), "true or false", Values::yes, false);
    }

    int number(String key, int least, int most) {
        return (int) longNumber(key, least, most);
    }

    long longNumber(String key, long least, long most) {
        return read(
                layer.find(key),
                least + " to " + most,
                value -> Values.whole(value).filter(number -> number >= least && number <= most),
                least);
    }

    Duration duration(String key, Duration least, Duration most) {
        Found found = layer.find(key);
        String range = Values.told(least) + " to " + Values.told(most);
        return read(
                found,
                Values.whole(found.value()).isPresent() ? range + ", with its unit" : range,
                value -> Values.duration(value).filter(time -> time.compareTo(least) >= 0 && time.compareTo(most) <= 0),
                most);
    }

    /** The same, or none at all. */
    Duration durationOrZero(String key, Duration least, Duration most) {
        Duration read = duration(key, Duration.ZERO, most);
        if (!read.isZero() && read.compareTo(least) < 0) {
            mistake(key, Values.told(least) + " to " + Values.told(most) + ", or 0s");
        }
        return read;
    }

    /** One of the enum's words, as they are written in files: in lower case, with dashes. */
    <E extends Enum<E>> E choice(String key, E[] words) {
        return choice(layer.find(key), words);
    }

    private <E extends Enum<E>> E choice(Found found, E[] words) {
        return read(
                found,
                Values.anyOf(words),
                value -> Values.text(value)
                        .flatMap(text -> Arrays.stream(words)
                                .filter(word -> Values.word(word).equals(text))
                                .findFirst()),
                words[0]);
    }

    /** Some of the enum's words, each once. */
    <E extends Enum<E>> Set<E> choices(String key, E[] words) {
        Set<E> chosen = new LinkedHashSet<>();
        for (Found found : layer.items(key)) {
            chosen.add(choice(found, words));
        }
        return Collections.unmodifiableSet(chosen);
    }

    /** Some texts, each of which {@code holds}. */
    List<String> list(String key, String expected, Predicate<String> holds) {
        List<String> all = new ArrayList<>();
        for (Found found : layer.items(key)) {
            all.add(read(found, expected, value -> Values.text(value).filter(holds), ""));
        }
        return List.copyOf(all);
    }

    /**
     * Networks that are trusted with something: each somebody's own, and none of them everybody's.
     *
     * @param widestIpv4 the least bits that one has, of IPv4
     * @param widestIpv6 and of IPv6
     */
    List<String> ownNetworks(String key, int widestIpv4, int widestIpv6) {
        return list(
                key,
                "an IP address or a network such as 10.1.0.0/16, not wider than /%d, or /%d of IPv6"
                        .formatted(widestIpv4, widestIpv6),
                text -> Values.isOwnNetwork(text, widestIpv4, widestIpv6));
    }

    /** Part of one's world. */
    List<String> ownNetworks(String key) {
        return ownNetworks(key, 8, 32);
    }

    /** A text that {@code holds}, or a list of some; an empty list is a mistake. */
    List<String> oneOrMore(String key, String expected, Predicate<String> holds) {
        Found found = layer.find(key);
        if (found.value() instanceof ConfigList list && !list.isEmpty()) {
            return list(key, expected, holds);
        }
        String only = read(found, expected, value -> Values.text(value).filter(holds), "");
        return only.isEmpty() ? List.of() : List.of(only);
    }

    /** An IP address to listen on. */
    String address(String key) {
        return text(key, "an IP address", text -> Values.address(text).isPresent());
    }

    Path path(String key) {
        return read(layer.find(key), "a path", value -> Values.path(value, around.base()), around.base());
    }

    /** An empty text is no path. */
    Optional<Path> optionalPath(String key) {
        return isEmpty(key) ? Optional.empty() : Optional.of(path(key));
    }

    boolean isEmpty(String key) {
        return "".equals(layer.find(key).value().unwrapped());
    }

    /** What is no list is no empty one. */
    boolean isEmptyList(String key) {
        return layer.find(key).value() instanceof ConfigList list && list.isEmpty();
    }

    Secret secret(String key) {
        Found found = layer.find(key);
        return new SecretReader(around)
                .read(found.value(), (seen, expected) -> layer.note(found, seen, expected))
                .orElse(Secret.NONE);
    }

    /** An empty text is no secret. */
    Optional<Secret> optionalSecret(String key) {
        return isEmpty(key) ? Optional.empty() : Optional.of(secret(key));
    }

    /** Keeps the {@code port} here from being that of another door, too. */
    void claim(String address, int port) {
        if (layer.isStrict()) {
            around.doors().claim(layer.find("port"), address, port);
        }
    }

    /** Whether something here must be set: not a template, and not {@link #spare}. */
    boolean isInUse() {
        return layer.isStrict();
    }

    /** Keeps what is called at these hosts from being one of our own doors. */
    void leadsTo(String key, List<String> hosts, int port) {
        if (layer.isStrict()) {
            hosts.forEach(host -> around.doors().leadsTo(layer.find(key), host, port));
        }
    }

    void refuseLoops(Optional<String> serverName) {
        around.doors().refuseLoops(serverName);
    }

    /** For what is wrong only beside another value. */
    void mistake(String key, String expected) {
        mistake(key, Values.seen(layer.find(key).value()), expected);
    }

    /** For what is needed here, whatever the template says: so it is told where it would have to stand. */
    void missing(String key, String expected) {
        Found here = layer.here(key);
        layer.note(here, Values.seen(here.value()), expected);
    }

    /** For what is wrong with the section as a whole. */
    void mistakeHere(String seen, String expected) {
        layer.noteHere(seen, expected);
    }

    void mistake(String key, String seen, String expected) {
        layer.note(layer.find(key), seen, expected);
    }

    private <T> T read(Found found, String expected, Function<ConfigValue, Optional<T>> type, T standIn) {
        Optional<T> value = type.apply(found.value());
        if (value.isEmpty()) {
            layer.note(found, Values.seen(found.value()), expected);
        }
        return value.orElse(standIn);
    }
}
