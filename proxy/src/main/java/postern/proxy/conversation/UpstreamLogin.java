package postern.proxy.conversation;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import postern.proxy.sasl.BearerMessage;
import postern.proxy.sasl.PlainMessage;
import postern.proxy.upstream.UpstreamProof;
import postern.proxy.upstream.UpstreamProof.Bearer;
import postern.proxy.upstream.UpstreamProof.ForAnother;
import postern.proxy.upstream.UpstreamProof.MasterUser;
import postern.proxy.upstream.UpstreamProof.OwnPassword;

/**
 * The words that prove an upstream that we may open a mailbox.
 *
 * @param command what to say first, which is no more than it must be: some lines have a length
 * @param responses what to say each time that it asks to go on; nothing is said twice
 * @param surrender what to say when it asks once more, to explain in words why it will refuse; empty where that is no
 *     part of the mechanism
 * @param explained in which words it did
 */
public record UpstreamLogin(String command, List<String> responses, Optional<String> surrender, String explained) {

    private static final int LONGEST_EXPLANATION = 1_024;

    private UpstreamLogin(String command, List<String> responses, Optional<String> surrender) {
        this(command, responses, surrender, "");
    }

    public static UpstreamLogin of(String command, String... responses) {
        return new UpstreamLogin(command, List.of(responses), Optional.empty());
    }

    /** By SASL, in a message or two of the one mechanism that serves. */
    public static UpstreamLogin sasl(String command, UpstreamProof proof) {
        return switch (proof) {
            case MasterUser master -> of(command + " PLAIN", PlainMessage.write("", master.name(), master.password()));
            case ForAnother(var mailbox, var user, var password) ->
                of(command + " PLAIN", PlainMessage.write(mailbox.value(), user, password));
            case OwnPassword(var user, var password) -> of(command + " PLAIN", PlainMessage.write("", user, password));
            case Bearer(var mechanism, var user, var token) ->
                switch (mechanism) {
                    case XOAUTH2 ->
                        new UpstreamLogin(
                                command + " XOAUTH2", List.of(BearerMessage.xoauth2(user, token)), Optional.of(""));
                    case OAUTHBEARER ->
                        new UpstreamLogin(
                                command + " OAUTHBEARER",
                                List.of(BearerMessage.oauthbearer(user, token)),
                                Optional.of(BearerMessage.SURRENDER));
                };
        };
    }

    /** Of a SASL command, which ends in it. */
    public String mechanism() {
        return command.substring(command.lastIndexOf(' ') + 1);
    }

    /** Whether it has been told all that proves us. */
    public boolean saidAll() {
        return responses.isEmpty();
    }

    public UpstreamLogin responded() {
        return new UpstreamLogin(command, responses.subList(1, responses.size()), surrender);
    }

    /** It asked, and all has been said: it explained why it will refuse, and is told that we have heard. */
    public UpstreamLogin surrendered(String base64) {
        return new UpstreamLogin(command, responses, Optional.empty(), decoded(base64));
    }

    /** What to show the operator of a refusal. */
    public String refused(String line) {
        return explained.isEmpty() ? line : line + " " + explained;
    }

    private static String decoded(String base64) {
        try {
            byte[] text = Base64.getDecoder().decode(base64.strip());
            String words = new String(text, 0, Math.min(text.length, LONGEST_EXPLANATION), StandardCharsets.UTF_8);
            return words.replaceAll("\\p{Cntrl}+", " ").strip();
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    /** What an upstream said, less what proves us, should it have repeated our words. */
    static String censor(String said, UpstreamProof proof) {
        String censored = said;
        for (String response : sasl("", proof).responses()) {
            censored = censored.replace(response, "***");
        }
        String inLogin = Base64.getEncoder().encodeToString(proof.secret().getBytes(StandardCharsets.UTF_8));
        return censored.replace(quoted(proof.secret()), "***")
                .replace(inLogin, "***")
                .replace(proof.secret(), "***");
    }

    /** As IMAP writes it. Neither a name nor a configured password has a line end, so this is all that needs care. */
    public static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public String toString() {
        return "***";
    }
}
