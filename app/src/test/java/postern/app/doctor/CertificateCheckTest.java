package postern.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.app.doctor.Finding.Failed;
import postern.app.doctor.Finding.Ok;
import postern.app.doctor.Finding.Verdict;
import postern.app.doctor.Finding.Warning;
import postern.config.UpstreamSettings;
import postern.proxy.upstream.SampleUpstreamSettings;

class CertificateCheckTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    private static final UpstreamSettings HOME = SampleUpstreamSettings.home("", "s3cret");
    private static final Instant END = BEGIN.plus(Duration.ofDays(90));

    @Test
    void fourteenDaysBeforeItsEndACertificateIsWarnedOf() throws Exception {
        assertThat(at(END.minus(Duration.ofDays(14))))
                .isInstanceOfSatisfying(
                        Ok.class,
                        ok -> assertThat(ok.seen())
                                .startsWith("TLSv1.3, for imap.example.org 127.0.0.1, signed by Mail, key sha256/")
                                .endsWith("(14 days)"));
        assertThat(at(END.minus(Duration.ofDays(13))))
                .isInstanceOfSatisfying(
                        Warning.class, warning -> assertThat(warning.cause()).endsWith("(13 days)"));
    }

    private static Verdict at(Instant now) throws Exception {
        return check("imap.example.org", now).taken("TLSv1.3");
    }

    @ParameterizedTest
    @CsvSource({
        "imap.example.org, vouches",
        "IMAP.Example.ORG, vouches",
        "127.0.0.1, vouches",
        "example.org, not for example.org",
        "127.0.0.2, not for 127.0.0.2"
    })
    void aNameIsOnesOwnOrNot(String host, String cause) throws Exception {
        assertThat(check(host, BEGIN.plus(Duration.ofDays(1))).refused("no").cause())
                .contains(cause);
    }

    @ParameterizedTest
    @CsvSource({
        "one.mail.example, vouches",
        "mail.example, not for mail.example",
        "a.b.mail.example, not for a.b.mail.example"
    })
    void aStarStandsForOneLabel(String host, String cause) throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=*.mail.example")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        assertThat(new CertificateCheck(
                                List.of(bundle.getCertificate()),
                                host,
                                HOME,
                                bundle.getCertificate()
                                        .getNotBefore()
                                        .toInstant()
                                        .plusSeconds(1))
                        .refused("no")
                        .cause())
                .contains(cause);
    }

    @Test
    void timeIsLookedAtBeforeNames() throws Exception {
        assertThat(check("elsewhere.example", BEGIN.minus(Duration.ofDays(1))).refused("no"))
                .isEqualTo(new Failed(
                        "its certificate is not valid before " + BEGIN,
                        "set the clock of this machine right, or of the one that made it"));
        assertThat(check("elsewhere.example", END.plus(Duration.ofDays(1)))
                        .refused("no")
                        .cause())
                .startsWith("its certificate ended on ");
    }

    private static CertificateCheck check(String host, Instant now) throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=Mail,O=Example")
                .setIsCertificateAuthority(true)
                .addSanDnsName("imap.example.org")
                .addSanIpAddress("127.0.0.1")
                .notBefore(BEGIN)
                .notAfter(END)
                .buildSelfSigned();
        return new CertificateCheck(List.of(bundle.getCertificate()), host, HOME, now);
    }
}
