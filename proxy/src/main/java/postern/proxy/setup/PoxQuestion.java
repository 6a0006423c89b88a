package postern.proxy.setup;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What a program asks Autodiscover in XML ({@code Autodiscover/Request} of {@code
 * autodiscover/outlook/requestschema/2006} and {@code autodiscover/mobilesync/requestschema/2006}, which differ in their
 * namespace alone).
 *
 * @param address as it was written
 * @param schema in which it wants to be answered
 */
record PoxQuestion(String address, String schema) {

    private static final String ADDRESS = "EMailAddress";
    private static final String SCHEMA = "AcceptableResponseSchema";
    private static final int DEEPEST = 8;

    /** Empty for what is no question. Nothing is ever fetched, and nothing in it is replaced by something longer. */
    static Optional<PoxQuestion> read(byte[] xml) {
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(xml));
            try {
                Map<String, String> said = said(reader);
                String address = said.get(ADDRESS);
                String schema = said.get(SCHEMA);
                return address == null || schema == null
                        ? Optional.empty()
                        : Optional.of(new PoxQuestion(address, schema));
            } finally {
                reader.close();
            }
        } catch (XMLStreamException _) {
            return Optional.empty();
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((_, _, _, _) -> {
            throw new XMLStreamException("nothing is fetched");
        });
        return factory;
    }

    /** The leaves that matter, read to the end: half of a question is none. */
    private static Map<String, String> said(XMLStreamReader reader) throws XMLStreamException {
        Map<String, String> said = new HashMap<>();
        int depth = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    String name = reader.getLocalName();
                    if (depth > DEEPEST
                            || (depth == 1 && !name.equals("Autodiscover"))
                            || (depth == 2 && !name.equals("Request"))) {
                        throw new XMLStreamException("not a question");
                    }
                    if (depth == 3 && (name.equals(ADDRESS) || name.equals(SCHEMA))) {
                        once(said, name, reader.getElementText().strip());
                        depth--;
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new XMLStreamException("not from a mail program");
                default -> {} // space, comments
            }
        }
        return said;
    }

    /** Two addresses are no address: two readers would pick one each. */
    private static void once(Map<String, String> said, String name, String text) throws XMLStreamException {
        if (said.put(name, text) != null) {
            throw new XMLStreamException(name + " twice");
        }
    }
}
