package postern.credentials.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.PROCESS_KEY;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.WRONG_SECRET;
import static postern.credentials.SampleLogins.typed;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import postern.credentials.PresentedSecret;

class PasswordVerifierTest {

    private final AtomicLong nanos = new AtomicLong();
    private final BlockingQueue<Runnable> hashing = new LinkedBlockingQueue<>();
    private final PasswordVerifier verifier =
            new PasswordVerifier(CHEAP_HASHER, hashing::add, PROCESS_KEY, Duration.ofHours(12), 100, nanos::get);

    @Test
    void manyConnectionsAtOnceShareOneArgon2() throws Exception {
        List<CompletableFuture<Boolean>> logins =
                Stream.generate(() -> login(SCANNER_SECRET)).limit(20).toList();

        hashing.take().run();

        assertThat(logins).allSatisfy(login -> assertThat(login.join()).isTrue());
        assertThat(hashing).isEmpty();
    }

    @Test
    void aNoIsNotRemembered() throws Exception {
        CompletableFuture<Boolean> first = login(WRONG_SECRET);
        hashing.take().run();
        assertThat(first.join()).isFalse();

        CompletableFuture<Boolean> second = login(WRONG_SECRET);
        hashing.take().run();
        assertThat(second.join()).isFalse();
    }

    @Test
    void aYesIsRememberedForAWhile() throws Exception {
        CompletableFuture<Boolean> first = login(SCANNER_SECRET);
        hashing.take().run();
        first.join();
        assertThat(login(SCANNER_SECRET).join()).isTrue();

        nanos.addAndGet(Duration.ofHours(12).toNanos());
        login(SCANNER_SECRET);
        hashing.take().run();
    }

    private CompletableFuture<Boolean> login(String typed) {
        PresentedSecret secret = typed(typed);
        return CompletableFuture.supplyAsync(() -> verifier.proves(secret, SCANNER), Thread::startVirtualThread);
    }
}
