package postern.app.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableTest {

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void rowsStandBelowEachOther() throws Exception {
        assertThat(
                        Table.of(
                                List.of(
                                        json(
                                                "{\"name\":\"ada\",\"good_for\":[\"imap\",\"smtp\"],\"group\":null,\"last\":null}"),
                                        json(
                                                "{\"name\":\"grace\",\"good_for\":[],\"group\":null,\"last\":{\"at\":\"noon\",\"from\":null}}"))))
                .containsExactly("name   good_for   last", "ada    imap,smtp", "grace             at=noon");
        assertThat(Table.of(List.of())).isEmpty();
    }

    @Test
    void oneThingIsToldLineByLine() throws Exception {
        assertThat(Table.of(json("{\"id\":7,\"enabled\":true,\"group\":null}")))
                .containsExactly("id       7", "enabled  true", "group");
    }

    /** What a client calls itself is said by a stranger. */
    @Test
    void nothingThatSteersATerminalReachesIt() throws Exception {
        Answer refused = new Answer(400, Optional.empty(), json("{\"title\":\"No\",\"detail\":\"name: \\u001b]0;x\"}"));
        assertThat(refused.problem()).isEqualTo("No\n  name: ?]0;x\n  code -, request -");
        assertThat(new Answer(502, Optional.empty(), json("[1]")).problem()).startsWith("HTTP 502\n");
        assertThat(Table.of(json("{\"device\":\"\\u001b[2Jx\\u202ey\\n\\u009b\"}")))
                .containsExactly("device  ?[2Jx?y??");
    }
}
