package postern.proxy.setup;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** What is told is as its schema has it; read by the JDK, with all that a schema needs lying here. */
final class Schemas {

    private static final ErrorHandler STRICT = new ErrorHandler() {
        @Override
        public void warning(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    };

    private Schemas() {}

    static Document autodiscover(String xml) throws Exception {
        return valid(xml, "autodiscover-outlook.xsd", "autodiscover-mobilesync.xsd", "autodiscover.xsd");
    }

    static Document autoconfig(String xml) throws Exception {
        return valid(xml, "config-v1.1.xsd");
    }

    private static Document valid(String xml, String... schemas) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Document document = read(factory.newDocumentBuilder(), xml);
        Source[] sources = new Source[schemas.length];
        for (int i = 0; i < schemas.length; i++) {
            sources[i] = new StreamSource(resource(schemas[i]), schemas[i]);
        }
        var validator = SchemaFactory.newDefaultInstance().newSchema(sources).newValidator();
        validator.setErrorHandler(STRICT);
        validator.validate(new DOMSource(document));
        return document;
    }

    /** By Apple's DTD, which is nowhere fetched. */
    static Document plist(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setValidating(true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setEntityResolver((publicId, systemId) -> {
            if (!"-//Apple//DTD PLIST 1.0//EN".equals(publicId)
                    || !"http://www.apple.com/DTDs/PropertyList-1.0.dtd".equals(systemId)) {
                return fail("another DTD: " + publicId + " " + systemId);
            }
            return new InputSource(resource("PropertyList-1.0.dtd"));
        });
        return read(builder, xml);
    }

    /** The entries of the account in a profile, as they would be shown. */
    static Map<String, String> account(Document profile) throws Exception {
        return entries((Element) xpath().evaluate("/plist/dict/array/dict", profile, XPathConstants.NODE));
    }

    /** The entries of the profile itself. */
    static Map<String, String> profile(Document profile) throws Exception {
        return entries((Element) xpath().evaluate("/plist/dict", profile, XPathConstants.NODE));
    }

    private static Map<String, String> entries(Element dict) throws XPathExpressionException {
        NodeList children = (NodeList) xpath().evaluate("*", dict, XPathConstants.NODESET);
        Map<String, String> entries = new HashMap<>();
        for (int i = 0; i < children.getLength(); i += 2) {
            Element value = (Element) children.item(i + 1);
            boolean yesOrNo =
                    value.getTagName().equals("true") || value.getTagName().equals("false");
            entries.put(children.item(i).getTextContent(), yesOrNo ? value.getTagName() : value.getTextContent());
        }
        return entries;
    }

    /** What stands at a path, whatever the namespaces: {@code Account/Protocol[1]/Port}. */
    static String text(Document document, String path) throws XPathExpressionException {
        String local = path.replaceAll("([A-Za-z]+)(?=/|\\[|$)", "*[local-name()='$1']");
        return xpath().evaluate("//" + local, document);
    }

    private static XPath xpath() {
        return XPathFactory.newDefaultInstance().newXPath();
    }

    private static Document read(DocumentBuilder builder, String xml) throws SAXException, IOException {
        builder.setErrorHandler(STRICT);
        return builder.parse(new InputSource(new StringReader(xml)));
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(Schemas.class.getResourceAsStream(name), name);
    }
}
