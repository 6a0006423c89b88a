package postern.proxy.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.config.ConnectionSettings;
import postern.proxy.listen.ConnectionObserver.Refusal;
import postern.proxy.session.SessionEnd;

class ConnectionLimitsTest {

    private final List<Refusal> refused = new ArrayList<>();
    private final List<Refusal> displaced = new ArrayList<>();
    private final List<Object> ended = new ArrayList<>();
    private final Room everybody = SampleListeners.roomForAll();
    private final ConnectionLimits limits = limits(3, 1);

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8:0:1::1, 2001:db8:0:1:ffff::9, true",
        "2001:db8:0:1::1, 2001:db8:0:2::1, false",
        "2001:db8::1, 192.0.2.1, false",
    })
    void aSourceIsAWholeIpv4AddressOrAnIpv6Network(String one, String other, boolean same) throws Exception {
        EmbeddedChannel first = from(one);

        assertThat(from(other).isOpen()).isTrue();
        assertThat(isOpen(first)).isEqualTo(!same);
    }

    @Test
    void whoLeavesMakesRoomAndIsForgotten() throws Exception {
        EmbeddedChannel first = loggedInFrom("192.0.2.1");
        assertThat(from("192.0.2.1").isOpen()).isFalse();
        assertThat(limits.open()).isOne();

        first.close();

        assertThat(limits.open() + everybody.taken()).isZero();
        assertThat(from("192.0.2.1").isOpen()).isTrue();
    }

    @Test
    void whoHasWaitedLongestMakesRoomWithAWord() throws Exception {
        EmbeddedChannel first = from("192.0.2.1");
        EmbeddedChannel second = from("192.0.2.2");
        from("192.0.2.3");

        assertThat(from("192.0.2.4").isOpen()).isTrue();

        assertThat(isOpen(first)).isFalse();
        assertThat(isOpen(second)).isTrue();
        assertThat(ended).containsExactly(SessionEnd.DISPLACED);
        assertThat(displaced).containsExactly(Refusal.FULL);
        assertThat(limits.open()).isEqualTo(3);
    }

    @Test
    void whoIsLoggedInIsPassedOver() throws Exception {
        EmbeddedChannel first = loggedInFrom("192.0.2.1");
        EmbeddedChannel second = from("192.0.2.2");
        EmbeddedChannel third = loggedInFrom("192.0.2.3");

        assertThat(from("192.0.2.4").isOpen()).isTrue();

        assertThat(isOpen(second)).isFalse();
        assertThat(isOpen(first) && isOpen(third)).isTrue();
    }

    @Test
    void whoComesWhenAllAreLoggedInIsTurnedAway() throws Exception {
        for (String address : List.of("192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4")) {
            loggedInFrom(address);
        }

        assertThat(refused).containsExactly(Refusal.SOURCE_FULL, Refusal.FULL);
        assertThat(displaced).isEmpty();
        assertThat(limits.open()).isEqualTo(3);
    }

    /** Otherwise who comes and comes would push out all others, one after the other. */
    @Test
    void manyFromOneSourceTakeNobodyElsesPlace() throws Exception {
        EmbeddedChannel other = from("192.0.2.2");
        EmbeddedChannel another = from("192.0.2.3");
        for (int i = 0; i < 100; i++) {
            from("192.0.2.1");
        }

        assertThat(isOpen(other) && isOpen(another)).isTrue();
        assertThat(limits.open()).isEqualTo(3);
        assertThat(displaced).hasSize(99).containsOnly(Refusal.SOURCE_FULL);
    }

    @Test
    void asManyAsThereAreDescriptorsForMayComeWhereNobodySaysHowMany() {
        assertThat(Room.forEverybody(new ConnectionSettings(0)).surplus()).isEmpty();
        Room one = Room.forEverybody(new ConnectionSettings(1));
        Place first = Place.of(new EmbeddedChannel());
        first.enter(one);
        Place.of(new EmbeddedChannel()).enter(one);

        assertThat(one.surplus()).containsSame(first);
    }

    /** On many event loops at once, somebody logging in and somebody leaving all the while. */
    @Test
    void noPlaceIsLostNorGivenTwice() throws Exception {
        Room room = new Room(8, Refusal.FULL);
        try (ExecutorService loops = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(loops.submit(() -> come(room)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(room.taken()).isZero();
    }

    private static void come(Room room) {
        for (int i = 0; i < 2_000; i++) {
            EmbeddedChannel client = new EmbeddedChannel();
            Place.of(client).enter(room);
            room.surplus().ifPresent(Place::makesRoom);
            if (i % 3 == 0) {
                Place.keep(client);
            }
            client.close();
        }
    }

    private EmbeddedChannel loggedInFrom(String address) throws UnknownHostException {
        EmbeddedChannel client = from(address);
        Place.keep(client);
        return client;
    }

    private EmbeddedChannel from(String address) throws UnknownHostException {
        EmbeddedChannel client = new EmbeddedChannel(new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                ended.add(event);
            }
        });
        if (limits.admits(client, InetAddress.getByName(address))) {
            limits.admits(client);
        }
        return client;
    }

    private static boolean isOpen(EmbeddedChannel client) {
        client.runPendingTasks();
        return client.isOpen();
    }

    private ConnectionLimits limits(int most, int mostPerSource) {
        return new ConnectionLimits(
                SampleListeners.IMPLICIT.forAtMost(most, mostPerSource).settings(), everybody, new UnobservedDoors() {
                    @Override
                    public void refused(Refusal why) {
                        refused.add(why);
                    }

                    @Override
                    public void displaced(Refusal why) {
                        displaced.add(why);
                    }
                });
    }
}
