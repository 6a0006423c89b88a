package postern.proxy.upstream;

/**
 * How many proxies a session may yet be handed on by. Each one that says where a client comes from says this, too, one less
 * than it was told, as Dovecot does: so a way round over several machines ends, whatever is proved on it.
 */
public record Hops(int left) {

    /** As many as Dovecot has. */
    public static final Hops ALL = new Hops(5);

    /** What somebody says of it, whom nobody need trust for that: it is never more than {@link #ALL}. */
    public static Hops said(String number) {
        return number.matches("[0-9]{1,9}") ? ALL.orLess(new Hops(Integer.parseInt(number))) : ALL;
    }

    public Hops orLess(Hops other) {
        return other.left < left ? other : this;
    }

    /** Whether the next one would have none. */
    boolean areSpent() {
        return left <= 1;
    }

    Hops next() {
        return new Hops(left - 1);
    }
}
