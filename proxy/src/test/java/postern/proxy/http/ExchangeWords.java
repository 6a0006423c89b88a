package postern.proxy.http;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;

/** What Exchange says whoever asks. */
final class ExchangeWords {

    /** With every answer: of how it is built inside, and for its own front end alone. None of it is a client's business. */
    private static final Head NOISE = Head.of(
            "",
            "Server",
            "Microsoft-IIS/10.0",
            "X-Powered-By",
            "ASP.NET",
            "X-AspNet-Version",
            "4.0.30319",
            "X-FEServer",
            "MAIL01",
            "X-BEServer",
            "MAIL02",
            "X-CalculatedBETarget",
            "mail02.corp.example",
            "X-DiagInfo",
            "MAIL02",
            "X-BackEndHttpStatus",
            "200",
            "Set-Cookie",
            "X-BackEndCookie=S-1-5-21-1=u56Lnp2ejJqBxs; path=/Microsoft-Server-ActiveSync; secure; HttpOnly",
            "Set-Cookie",
            "X-BEResource=mail02.corp.example~1941997017; path=/; secure",
            "Set-Cookie",
            "cadata=sTx3Fz; HttpOnly; secure; path=/",
            "MS-Server-ActiveSync",
            "15.2",
            "Cache-Control",
            "private");

    private ExchangeWords() {}

    static Head withItsNoise(Head head) {
        return new Head(
                head.start(),
                Stream.concat(head.fields().stream(), NOISE.fields().stream()).toList());
    }

    static HttpAnswer unauthorized() {
        return HttpAnswer.of(
                401,
                "Unauthorized",
                "",
                "WWW-Authenticate",
                "Negotiate",
                "WWW-Authenticate",
                "NTLM",
                "WWW-Authenticate",
                "Basic realm=\"mail02.corp.example\"");
    }

    static HttpAnswer options() {
        return HttpAnswer.of(
                200,
                "OK",
                "",
                "Allow",
                "OPTIONS,POST",
                "Public",
                "OPTIONS,POST",
                "MS-ASProtocolVersions",
                "2.0,2.1,2.5,12.0,12.1,14.0,14.1,16.0,16.1",
                "MS-ASProtocolCommands",
                "Sync,SendMail,SmartForward,SmartReply,GetAttachment,FolderSync,ItemOperations,Provision,Ping");
    }

    static HttpAnswer provisionFirst() {
        return HttpAnswer.of(449, "Retry after sending a PROVISION command", "", "Content-Type", "text/html");
    }

    static Element news() {
        return Element.of(
                "Ping:Ping",
                Element.of("Ping:Status", "2"),
                Element.of("Ping:Folders", Element.of("Ping:Folder", ExchangeMailbox.INBOX)));
    }

    static Element noNews() {
        return Element.of("Ping:Ping", Element.of("Ping:Status", "1"));
    }

    /** Of an answer in parts, what says where the others are. */
    static Element firstPart() {
        return Element.of(
                "ItemOperations:ItemOperations",
                Element.of("ItemOperations:Status", "1"),
                Element.of(
                        "ItemOperations:Response",
                        Element.of(
                                "ItemOperations:Fetch",
                                Element.of("ItemOperations:Status", "1"),
                                Element.of("ItemOperations:Properties", Element.of("ItemOperations:Part", "1")))));
    }

    /** MS-ASCMD 2.2.1.10.1: how many there are, where each begins and how long it is, and then they come. */
    static byte[] parts(byte[]... parts) {
        int offset = Integer.BYTES * (1 + 2 * parts.length);
        ByteBuffer out = ByteBuffer.allocate(
                        offset + Stream.of(parts).mapToInt(part -> part.length).sum())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(parts.length);
        for (byte[] part : parts) {
            out.putInt(offset).putInt(part.length);
            offset += part.length;
        }
        for (byte[] part : parts) {
            out.put(part);
        }
        return out.array();
    }
}
