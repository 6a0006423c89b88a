package postern.credentials.provider;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A provider that gives another refresh token with each access token, and forgets the old one as soon
 * as it sees the new one. Whoever loses the new one and has used it once is locked out.
 */
public final class RotatingTokens implements FakeProvider.Reply {

    private final List<String> refused = new ArrayList<>();
    private String before;
    private String current;
    private int drawn;

    public RotatingTokens(String first) {
        this.before = first;
        this.current = first;
    }

    @Override
    public void to(HttpExchange exchange, Map<String, String> form) throws IOException {
        draw(String.valueOf(form.get("refresh_token"))).to(exchange, form);
    }

    private synchronized FakeProvider.Reply draw(String shown) {
        if (!shown.equals(before) && !shown.equals(current)) {
            refused.add(shown);
            return FakeProvider.Reply.error("invalid_grant", "AADSTS70008: this one is used up");
        }
        before = shown;
        current = "refresh-" + ++drawn;
        return FakeProvider.Reply.json(200, """
                {"token_type":"Bearer","access_token":"access-%d","expires_in":3600,"refresh_token":"%s"}""".formatted(drawn, current));
    }

    /** What a client has to have now. */
    public synchronized String current() {
        return current;
    }

    /** Those that it had forgotten when they were shown. */
    public synchronized List<String> refused() {
        return List.copyOf(refused);
    }
}
