package postern.credentials.imported.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;

/** Files in which a row is a line. */
final class LineRows implements Rows {

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(16).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Lines lines;
    private final boolean withComments;
    private final Function<String, List<Claim>> reader;

    private LineRows(InputStream in, boolean withComments, Function<String, List<Claim>> reader) {
        this.lines = new Lines(in);
        this.withComments = withComments;
        this.reader = reader;
    }

    static LineRows ofJson(InputStream in, Function<Row, List<Claim>> reader) {
        return new LineRows(in, false, line -> reader.apply(json(line)));
    }

    static LineRows ofPasswd(InputStream in) {
        return new LineRows(in, true, PasswdLines::read);
    }

    @Override
    public boolean next() throws IOException {
        while (lines.next()) {
            if (!lines.isBlank() && !(withComments && lines.isComment())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int line() {
        return lines.number();
    }

    @Override
    public List<Claim> claims() {
        return reader.apply(lines.text());
    }

    /** Jackson's own complaints quote the line. */
    private static Row json(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            if (!node.isObject()) {
                throw new IllegalArgumentException("line: no JSON object (expected: one a line)");
            }
            return new Row(node);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at column " + e.getLocation().getColumnNr();
            throw new IllegalArgumentException("line: not JSON" + where + " (expected: one object, each field once)");
        }
    }
}
