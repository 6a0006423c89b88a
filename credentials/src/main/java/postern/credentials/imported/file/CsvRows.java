package postern.credentials.imported.file;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Files in CSV with a line of column names.
 *
 * <p>A row may go over several lines when a field in quotes has line ends, and the reader must know it:
 * names are typed by anybody, and one with a line end and a row of its own behind it would bring an app
 * password for somebody else's mailbox. So after a mistake there is no finding the way back either, and
 * the rest is not read.
 */
final class CsvRows implements Rows {

    private static final ObjectReader CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader());

    /** How databases write that there is nothing. */
    private static final Set<String> NOTHING = Set.of("NULL", "\\N");

    private final CsvText text;
    private final Function<Row, List<Claim>> reader;
    private @Nullable MappingIterator<Map<String, String>> rows;
    private Map<String, String> row = Map.of();
    private int line;
    private Optional<String> mistake = Optional.empty();

    private CsvRows(CsvText text, Function<Row, List<Claim>> reader) {
        this.text = text;
        this.reader = reader;
    }

    static CsvRows of(InputStream in, Function<Row, List<Claim>> reader) {
        return new CsvRows(new CsvText(in), reader);
    }

    @Override
    public boolean next() throws IOException {
        if (mistake.isPresent()) {
            return false;
        }
        text.rowBegins();
        try {
            MappingIterator<Map<String, String>> open = open();
            line = open.getParser().currentLocation().getLineNr();
            if (!open.hasNextValue()) {
                return false;
            }
            row = open.nextValue();
        } catch (CsvText.RowTooLongException _) {
            mistake = Optional.of("row: too long (expected: at most " + Lines.MAX_BYTES + " characters");
        } catch (CharacterCodingException _) {
            mistake = Optional.of("row: not UTF-8 (expected: UTF-8");
        } catch (JacksonException _) {
            mistake = Optional.of("row: not CSV (expected: as many fields as columns, quotes in pairs");
        }
        return true;
    }

    /** Reads the line of column names, in which there may be a mistake as in any other. */
    private MappingIterator<Map<String, String>> open() throws IOException {
        if (rows == null) {
            line = 1;
            rows = CSV.readValues(text);
        }
        return rows;
    }

    @Override
    public int line() {
        return line;
    }

    @Override
    public List<Claim> claims() {
        mistake.ifPresent(what -> {
            throw new IllegalArgumentException(what + "; the rest was not read)");
        });
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        row.forEach((column, field) -> {
            if (!NOTHING.contains(field)) {
                fields.put(column, field);
            }
        });
        return reader.apply(new Row(fields));
    }
}
