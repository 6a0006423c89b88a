package postern.bench;

import java.util.List;
import postern.credentials.Account;
import postern.credentials.SampleStore;
import postern.credentials.report.AccountFilter;
import postern.credentials.report.Accounts;
import postern.credentials.store.SqlAccountList;
import postern.credentials.store.SqliteDatabase;

/** §6.1: all users page by page, as the admin API reads them, on a file of SQLite: the last page costs what the first did. */
final class ListUsers implements Bench {

    private static final int PAGE = 200;
    private static final int PAGES = LargeDomain.PEOPLE / PAGE;

    /** So many pages are looked at together, at the beginning and at the end. */
    private static final int SOME = 50;

    private static final int WARM_UPS = 3;

    @Override
    public List<Figure> measure() throws Exception {
        try (StoreFile file = StoreFile.create();
                SampleStore store = SampleStore.on(SqliteDatabase.open(file.path()))) {
            LargeDomain.add(file.path());
            Accounts accounts = new SqlAccountList(store.database());
            for (int i = 0; i < WARM_UPS; i++) {
                var _ = walk(accounts);
            }
            long heap = Meter.liveHeapBytes();
            Walk walk = walk(accounts);
            double grown = (Meter.liveHeapBytes() - heap) / 1024.0;
            return List.of(
                    Figure.exactly("users seen, page by page", LargeDomain.PEOPLE, walk.users()),
                    Figure.atMost("CPU of the last 50 pages, to the first 50", 1.5, walk.cpuRatio(), ""),
                    Figure.atMost("allocated by the last 50 pages, to the first 50", 1.1, walk.bytesRatio(), ""),
                    Figure.told("CPU of a page of 200", walk.last().cpuMicrosOfOne(SOME), " µs"),
                    Figure.told("allocated by a page of 200", walk.last().bytesOfOne(SOME) / 1024, " KiB"),
                    Figure.told("the live heap grew by", grown, " KiB"));
        }
    }

    private record Walk(long users, Meter first, Meter last) {

        double cpuRatio() {
            return (double) last.cpuNanos() / first.cpuNanos();
        }

        double bytesRatio() {
            return (double) last.allocatedBytes() / first.allocatedBytes();
        }
    }

    private static Walk walk(Accounts accounts) throws Exception {
        Meter begin = Meter.read();
        Meter first = Meter.ZERO;
        Meter tail = Meter.ZERO;
        long users = 0;
        int pages = 0;
        String after = "";
        List<Account> page = accounts.page(AccountFilter.ALL, after, PAGE);
        while (!page.isEmpty()) {
            after = page.getLast().loginName().value();
            users += page.size();
            pages++;
            if (pages == SOME) {
                first = Meter.read().since(begin);
            } else if (pages == PAGES - SOME) {
                tail = Meter.read();
            }
            page = accounts.page(AccountFilter.ALL, after, PAGE);
        }
        return new Walk(users, first, Meter.read().since(tail));
    }
}
