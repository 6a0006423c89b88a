package postern.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static postern.config.SampleFiles.UPSTREAM;
import static postern.config.SampleFiles.read;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The manual says neither too little nor too much. */
class ReferenceTest {

    private static final ConfigObject REFERENCE =
            ConfigFactory.parseString(Settings.reference()).root();

    /** A list is nowhere right but where one is the default, so whoever reads the key complains. */
    @ParameterizedTest
    @MethodSource("leaves")
    void everyKeyIsRead(String path, String wrong, String seen) {
        assertThatThrownBy(() -> read(UPSTREAM + path + " = " + wrong))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("postern.conf: 2: " + path + ": " + seen + " (expected: ");
    }

    @ParameterizedTest
    @MethodSource("explained")
    void everyKeyHasItsComment(String path, ConfigValue value) {
        assertThat(value.origin().comments()).as(path).isNotEmpty();
    }

    static Stream<Arguments> leaves() {
        return all().entrySet().stream()
                .filter(entry -> !(entry.getValue() instanceof ConfigObject object) || object.isEmpty())
                .map(entry -> entry.getValue() instanceof ConfigList
                        ? arguments(entry.getKey(), "{}", "a section")
                        : arguments(entry.getKey(), "[]", "a list"));
    }

    /** What doors and profiles set is explained where the defaults of all of them are. */
    static Stream<Arguments> explained() {
        return all().entrySet().stream()
                .filter(entry -> !entry.getKey().matches("(listeners|upstream-profiles)\\..*\\..*"))
                .map(entry -> arguments(entry.getKey(), entry.getValue()));
    }

    private static Map<String, ConfigValue> all() {
        Map<String, ConfigValue> all = new TreeMap<>();
        gather("", REFERENCE, all);
        return all;
    }

    private static void gather(String prefix, ConfigObject from, Map<String, ConfigValue> all) {
        from.forEach((key, value) -> {
            String path = prefix + ConfigUtil.joinPath(key);
            all.put(path, value);
            if (value instanceof ConfigObject inner) {
                gather(path + ".", inner, all);
            }
        });
    }
}
