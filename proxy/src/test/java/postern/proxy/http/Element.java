package postern.proxy.http;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Of a document that a phone and its server exchange.
 *
 * @param name page and tag, as in {@code Ping:Status}
 * @param text empty where there are children
 */
public record Element(String name, List<Element> children, String text) {

    public static Element of(String name, Element... children) {
        return new Element(name, List.of(children), "");
    }

    public static Element of(String name, String text) {
        return new Element(name, List.of(), text);
    }

    /** This one and what is below it, at any depth, in the order of the document. */
    public Stream<Element> all(String wanted) {
        return Stream.concat(
                name.equals(wanted) ? Stream.of(this) : Stream.empty(),
                children.stream().flatMap(child -> child.all(wanted)));
    }

    public Optional<String> find(String wanted) {
        return all(wanted).map(Element::text).findFirst();
    }
}
