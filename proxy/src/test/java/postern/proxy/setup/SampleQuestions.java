package postern.proxy.setup;

/** What Outlook and phones ask Autodiscover. */
final class SampleQuestions {

    static final String OUTLOOK = "outlook/responseschema/2006a";
    static final String MOBILESYNC = "mobilesync/responseschema/2006";

    private static final String SCHEMAS = "http://schemas.microsoft.com/exchange/autodiscover/";

    private SampleQuestions() {}

    /** As they write it. */
    static String question(String address, String schema) {
        return """
                <Autodiscover xmlns="%sREQUEST"><Request><EMailAddress>%s</EMailAddress>\
                <AcceptableResponseSchema>%s</AcceptableResponseSchema></Request></Autodiscover>""".formatted(SCHEMAS, address, SCHEMAS + schema)
                .replace("REQUEST", schema.replaceAll("response", "request").replace("2006a", "2006"));
    }
}
