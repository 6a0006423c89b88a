package postern.proxy.setup;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.util.HashMap;
import java.util.Map;

/**
 * What is sent back. All of it goes by here, so that none is kept by anybody on the way, and none asks for a password.
 *
 * @param headers besides those that every answer has
 * @param body may have a secret in it
 */
record SetupReply(int status, String contentType, Map<String, String> headers, String body) {

    /** Nothing is loaded, run, sent or framed, and nobody is told the address of a page of ours. */
    private static final Map<String, String> OF_PAGES = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "Referrer-Policy",
            "no-referrer");

    static SetupReply xml(int status, String body) {
        return new SetupReply(status, "text/xml; charset=utf-8", Map.of(), body);
    }

    static SetupReply json(int status, String body) {
        return new SetupReply(status, "application/json; charset=utf-8", Map.of(), body);
    }

    /** For a program, or who looks over its shoulder. */
    static SetupReply text(int status, String body) {
        return new SetupReply(status, "text/plain; charset=utf-8", Map.of(), body + "\n");
    }

    /** For a person with a browser. */
    static SetupReply page(int status, String html) {
        return new SetupReply(status, "text/html; charset=utf-8", OF_PAGES, html);
    }

    /** To be taken in by a phone, not shown. */
    static SetupReply profile(String plist) {
        return new SetupReply(
                200,
                "application/x-apple-aspen-config; charset=utf-8",
                Map.of(
                        "Content-Disposition",
                        "attachment; filename=\"mail.mobileconfig\"",
                        "Referrer-Policy",
                        "no-referrer"),
                plist);
    }

    HttpResponse print() {
        ResponseHeadersBuilder all = ResponseHeaders.builder(HttpStatus.valueOf(status))
                .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .add(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
                .add(HttpHeaderNames.CONTENT_TYPE, contentType);
        headers.forEach(all::add);
        return HttpResponse.of(all.build(), HttpData.ofUtf8(body));
    }

    SetupReply with(String name, String value) {
        HashMap<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new SetupReply(status, contentType, Map.copyOf(more), body);
    }

    @Override
    public String toString() {
        return "SetupReply[status=" + status + ", body=***]";
    }
}
