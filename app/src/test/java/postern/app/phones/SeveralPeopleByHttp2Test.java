package postern.app.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.app.MailClient;
import postern.credentials.LoginName;
import postern.credentials.issue.Issue.Made;
import postern.proxy.http.ActiveSyncPhone;

/** Trap 20, on a connection that carries many requests at once. */
class SeveralPeopleByHttp2Test {

    private static final LoginName GRACE = new LoginName("grace@example.org");

    private final PhoneServer house;
    private final Made adas;
    private final Made graces;
    private final HttpClient client;

    SeveralPeopleByHttp2Test(@TempDir Path folder) throws Exception {
        house = PhoneServer.start(folder, "");
        adas = house.welcome(ADA, house.server().issue(ADA));
        graces = house.welcome(GRACE, house.server().newcomer(GRACE));
        client = HttpClient.newBuilder()
                .version(Version.HTTP_2)
                .sslContext(MailClient.trusting(house.server().caFile()))
                .build();
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        house.close();
    }

    @Test
    void eachRequestIsDecidedOnByItself() throws Exception {
        assertThat(options(authorization(ADA, adas))).isEqualTo(200);
        assertThat(options("")).isEqualTo(401);
        assertThat(options(authorization(ADA, graces))).isEqualTo(401);
        assertThat(options(authorization(GRACE, graces))).isEqualTo(200);
        assertThat(options("")).isEqualTo(401);

        assertThat(house.exchange().heard())
                .extracting(heard -> heard.head().first("Authorization").orElse(""))
                .containsExactly(upstreams(ADA), upstreams(GRACE));
    }

    private int options(String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + house.server().port("https") + ActiveSyncPhone.PATH))
                .timeout(Duration.ofSeconds(20))
                .method("OPTIONS", BodyPublishers.noBody());
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(Version.HTTP_2);
        return answer.statusCode();
    }

    private static String authorization(LoginName name, Made made) {
        return ActiveSyncPhone.basic(name.value(), made.secret(), StandardCharsets.UTF_8);
    }

    private static String upstreams(LoginName name) {
        return ActiveSyncPhone.basic(name.value() + "*m", "secret", StandardCharsets.UTF_8);
    }
}
