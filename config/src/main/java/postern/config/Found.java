package postern.config;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;

/**
 * What stands at a key.
 *
 * @param path where it is written, which may be the template and not the section that asks
 * @param place for what is not written, that of the section that lacks it
 */
record Found(String path, Place place, ConfigValue value) {

    static Found at(String path, ConfigValue value) {
        return new Found(path, Place.of(value.origin()), value);
    }

    boolean isSet() {
        return value.valueType() != ConfigValueType.NULL;
    }

    boolean isSection() {
        return value.valueType() == ConfigValueType.OBJECT;
    }
}
