package postern.proxy.setup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormFieldsTest {

    @ParameterizedTest
    @CsvSource({
        "a=x, x",
        "b=y&a=x, x",
        "a=x&b=y, x",
        "a=x+y%20z, x y z",
        "a=%41%c3%a5, Aå",
        "%61=x, x",
        "a=x=y, x=y",
        "a=100%, 100%",
        "a=%zz%4, %zz%4",
        "a=, ''",
        "a, ''",
        "b=y, ''",
        "a=x&a=y, ''",
        "a=x&%61=x, ''",
        "'', ''"
    })
    void aFieldIsReadAsABrowserWritesIt(String form, String value) {
        try (FormFields fields = FormFields.read(form.getBytes(UTF_8))) {
            assertThat(fields.text("a")).isEqualTo(value);
        }
    }

    @Test
    void whatWasSentIsWipedAndPrintsAsStars() {
        byte[] form = "app_password=bcdf".getBytes(UTF_8);
        try (FormFields fields = FormFields.read(form)) {
            assertThat(form).containsOnly(0);
            assertThat(fields.secret("app_password"))
                    .hasValueSatisfying(secret -> assertThat(secret).isEqualTo("bcdf".getBytes(UTF_8)));
            assertThat(fields.toString()).isEqualTo("***");
        }
    }
}
