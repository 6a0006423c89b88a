package postern.proxy.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** As much of WBXML 1.3 as ActiveSync has: tags on code pages, text, opaque bytes; no attributes and no table of strings. */
public final class Wbxml {

    /** Version 1.3, no public identifier, UTF-8, an empty table of strings. */
    private static final byte[] HEADER = {0x03, 0x01, 0x6A, 0x00};

    private static final int SWITCH_PAGE = 0x00;
    private static final int END = 0x01;
    private static final int TEXT = 0x03;
    private static final int OPAQUE = 0xC3;
    private static final int HAS_CONTENT = 0x40;
    private static final int MORE = 0x80;

    /** Its text is a message, which may hold any byte. */
    private static final String MESSAGE = "ComposeMail:Mime";

    private Wbxml() {}

    public static byte[] encode(Element root) {
        Writer writer = new Writer();
        writer.out.writeBytes(HEADER);
        writer.write(root);
        return writer.out.toByteArray();
    }

    public static Element decode(byte[] document) {
        Reader reader = new Reader(document);
        for (byte expected : HEADER) {
            if ((byte) reader.next() != expected) {
                throw new IllegalArgumentException("not WBXML 1.3 in UTF-8");
            }
        }
        return reader.element(reader.tag());
    }

    private static final class Writer {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private int page;

        void write(Element element) {
            CodePage wanted = CodePage.of(element.name());
            if (wanted.number() != page) {
                page = wanted.number();
                out.write(SWITCH_PAGE);
                out.write(page);
            }
            boolean empty = element.children().isEmpty() && element.text().isEmpty();
            out.write(wanted.token(element.name()) | (empty ? 0 : HAS_CONTENT));
            if (empty) {
                return;
            }
            writeText(element);
            element.children().forEach(this::write);
            out.write(END);
        }

        private void writeText(Element element) {
            byte[] text = element.text().getBytes(StandardCharsets.UTF_8);
            if (element.name().equals(MESSAGE)) {
                out.write(OPAQUE);
                writeLength(text.length);
                out.writeBytes(text);
            } else if (text.length > 0) {
                out.write(TEXT);
                out.writeBytes(text);
                out.write(0);
            }
        }

        /** Seven bits a byte, the highest first. */
        private void writeLength(int length) {
            for (int shift = 28; shift > 0; shift -= 7) {
                if (length >>> shift != 0) {
                    out.write(((length >>> shift) & (MORE - 1)) | MORE);
                }
            }
            out.write(length & MORE - 1);
        }
    }

    private static final class Reader {

        private final byte[] document;
        private int at;
        private int page;

        Reader(byte[] document) {
            this.document = document;
        }

        int next() {
            if (at == document.length) {
                throw new IllegalArgumentException("ends in the middle");
            }
            return Byte.toUnsignedInt(document[at++]);
        }

        /** The next token that is not a change of page. */
        int tag() {
            int token = next();
            while (token == SWITCH_PAGE) {
                page = next();
                token = next();
            }
            return token;
        }

        Element element(int token) {
            String name = name(token & HAS_CONTENT - 1);
            List<Element> children = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            if ((token & HAS_CONTENT) != 0) {
                for (int inner = tag(); inner != END; inner = tag()) {
                    switch (inner) {
                        case TEXT -> text.append(text());
                        case OPAQUE -> text.append(opaque());
                        default -> children.add(element(inner));
                    }
                }
            }
            return new Element(name, List.copyOf(children), text.toString());
        }

        /** What is on none of our pages goes by numbers. */
        private String name(int token) {
            return CodePage.numbered(page).map(known -> known.element(token)).orElse(page + ":" + token);
        }

        private String text() {
            int from = at;
            while (next() != 0) {
                // up to there
            }
            return new String(document, from, at - 1 - from, StandardCharsets.UTF_8);
        }

        private String opaque() {
            int length = 0;
            int one = MORE;
            while ((one & MORE) != 0) {
                one = next();
                length = (length << 7) | (one & (MORE - 1));
            }
            if (length < 0 || length > document.length - at) {
                throw new IllegalArgumentException("ends in the middle");
            }
            at += length;
            return new String(document, at - length, length, StandardCharsets.UTF_8);
        }
    }
}
