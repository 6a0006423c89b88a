package postern.proxy.setup;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** XML, written from front to back; what stands in it is escaped by the JDK, and never by us. */
final class XmlText {

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    /** @param doctype empty for none */
    XmlText(String doctype) {
        text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").append(doctype);
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Step {
        void write() throws XMLStreamException;
    }

    XmlText open(String name) {
        return does(() -> xml.writeStartElement(name));
    }

    /** From here on in, names are of this namespace. */
    XmlText open(String name, String namespace) {
        open(name);
        return does(() -> xml.writeDefaultNamespace(namespace));
    }

    XmlText attribute(String name, String value) {
        return does(() -> xml.writeAttribute(name, value));
    }

    XmlText leaf(String name, String content) {
        open(name);
        does(() -> xml.writeCharacters(content));
        return close();
    }

    XmlText empty(String name) {
        return does(() -> xml.writeEmptyElement(name));
    }

    XmlText close() {
        return does(xml::writeEndElement);
    }

    /** Closes what is open. */
    String done() {
        does(xml::writeEndDocument);
        return text.append('\n').toString();
    }

    private XmlText does(Step step) {
        try {
            step.write();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string takes whatever is written", e);
        }
        return this;
    }
}
