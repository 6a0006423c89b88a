package postern.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import postern.proxy.transcript.Dialect;

/** People who come to the doors of a server, by all protocols: to stay, or to leave in the middle of anything. */
final class Churn {

    private static final List<Dialect> DIALECTS = List.copyOf(EnumSet.allOf(Dialect.class));
    private static final int AT_ONCE = 4;

    private final WholeServer server;
    private final String secret;

    Churn(WholeServer server, String secret) {
        this.server = server;
        this.secret = secret;
    }

    /** So many log in, and wait. */
    List<MailClient> stay(int many) throws Exception {
        List<List<MailClient>> all = atOnce(person -> {
            List<MailClient> mine = new ArrayList<>();
            for (int i = person; i < many; i += AT_ONCE) {
                mine.add(stay(DIALECTS.get(i % DIALECTS.size())));
            }
            return mine;
        });
        return all.stream().flatMap(List::stream).toList();
    }

    private MailClient stay(Dialect dialect) throws Exception {
        MailClient client = overTls(dialect);
        client.send(login(dialect));
        if (dialect == Dialect.POP3) {
            client.line();
        }
        String answer = client.line();
        if (!answer.contains("Logged in.")) {
            throw new AssertionError(dialect + ": " + answer);
        }
        if (dialect == Dialect.IMAP) {
            client.send("i IDLE\r\n");
        }
        return client;
    }

    /**
     * They come and go for so long.
     *
     * @return how often somebody did
     */
    int pass(Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        AtomicInteger visits = new AtomicInteger();
        atOnce(person -> {
            SplittableRandom random = new SplittableRandom(person);
            while (System.nanoTime() < end) {
                visit(random);
                visits.incrementAndGet();
            }
            return visits;
        });
        return visits.get();
    }

    private interface Person<T> {
        T live(int number) throws Exception;
    }

    private static <T> List<T> atOnce(Person<T> one) throws Exception {
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> all = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                int number = i;
                Callable<T> life = () -> one.live(number);
                all.add(people.submit(life));
            }
            List<T> done = new ArrayList<>();
            for (Future<T> life : all) {
                done.add(life.get());
            }
            return done;
        }
    }

    private void visit(SplittableRandom random) throws Exception {
        Dialect dialect = DIALECTS.get(random.nextInt(DIALECTS.size()));
        try (MailClient client = random.nextBoolean() ? overTls(dialect) : inTheClear(dialect)) {
            switch (random.nextInt(6)) {
                case 0 -> client.send(startTls(dialect) + "\u0016\u0003");
                case 1 -> client.send(login(dialect).substring(0, random.nextInt(20)));
                case 2 -> client.send(dialect == Dialect.IMAP ? "a AUTHENTICATE PLAIN\r\n" : "AUTH PLAIN\r\n");
                case 3 -> client.send(login(dialect) + half(dialect));
                case 4 -> {
                    client.send(login(dialect));
                    client.line();
                }
                default -> client.send("(".repeat(random.nextInt(9_000)));
            }
            if (random.nextBoolean()) {
                client.abort();
            }
        } catch (IOException _) {
            // shown the door before it had said all: as good a way to leave as any
        }
    }

    private static String startTls(Dialect dialect) {
        return switch (dialect) {
            case IMAP -> "a STARTTLS\r\n";
            case POP3 -> "STLS\r\n";
            case SMTP -> "STARTTLS\r\n";
        };
    }

    private String login(Dialect dialect) {
        return switch (dialect) {
            case IMAP -> "a LOGIN ada@example.org " + secret + "\r\n";
            case POP3 -> "USER ada@example.org\r\nPASS " + secret + "\r\n";
            case SMTP -> {
                String words = "\0ada@example.org\0" + secret;
                yield "AUTH PLAIN " + Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8))
                        + "\r\n";
            }
        };
    }

    /** Half a command that the mailbox will never hear the end of. */
    private static String half(Dialect dialect) {
        return switch (dialect) {
            case IMAP -> "b APPEND INBOX {9";
            case POP3 -> "STAT\r\nRET";
            case SMTP -> "MAIL FROM:<ada@example.org>\r\nDATA\r\nHal";
        };
    }

    private MailClient overTls(Dialect dialect) throws Exception {
        return server.overTls(
                switch (dialect) {
                    case IMAP -> "imaps";
                    case POP3 -> "pop3s";
                    case SMTP -> "submissions";
                });
    }

    private MailClient inTheClear(Dialect dialect) throws Exception {
        return server.inTheClear(
                switch (dialect) {
                    case IMAP -> "imap";
                    case POP3 -> "pop3";
                    case SMTP -> "submission";
                });
    }
}
