package postern.bench;

import java.util.Locale;

/**
 * One line of the table.
 *
 * @param must what was promised; a dash when nothing was
 * @param aim what would be better still; a dash when there is no such thing
 */
record Figure(String what, String must, String aim, String measured, Verdict verdict) {

    enum Verdict {
        /** Even what was only aimed at. */
        AIM_MET,
        MET,
        MISSED,
        /** Nothing was promised. */
        TOLD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private static final String BETWEEN = "\t";
    private static final String NOTHING = "–";

    static Figure exactly(String what, long must, long measured) {
        return new Figure(what, number((double) must), NOTHING, number((double) measured), verdict(must == measured));
    }

    static Figure atMost(String what, double must, double measured, String unit) {
        return new Figure(
                what, "≤ " + number(must) + unit, NOTHING, number(measured) + unit, verdict(measured <= must));
    }

    static Figure atLeast(String what, double must, double measured, String unit) {
        return new Figure(
                what, "≥ " + number(must) + unit, NOTHING, number(measured) + unit, verdict(measured >= must));
    }

    static Figure aimedAtMost(String what, double must, double aim, double measured, String unit) {
        return new Figure(
                what,
                "≤ " + number(must) + unit,
                "≤ " + number(aim) + unit,
                number(measured) + unit,
                measured <= aim ? Verdict.AIM_MET : verdict(measured <= must));
    }

    static Figure told(String what, String measured) {
        return new Figure(what, NOTHING, NOTHING, measured, Verdict.TOLD);
    }

    static Figure told(String what, double measured, String unit) {
        return told(what, number(measured) + unit);
    }

    static Figure count(String what, long counted) {
        return told(what, number((double) counted));
    }

    /** With three digits that count, and no more than there are. */
    static String number(double value) {
        boolean whole = value == Math.rint(value) || Math.abs(value) >= 100;
        return String.format(Locale.ROOT, whole ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }

    /** For the way from one JVM to the other. */
    String line() {
        return String.join(BETWEEN, what, must, aim, measured, verdict.name());
    }

    static Figure parse(String line) {
        String[] parts = line.split(BETWEEN, -1);
        return new Figure(parts[0], parts[1], parts[2], parts[3], Verdict.valueOf(parts[4]));
    }

    private static Verdict verdict(boolean met) {
        return met ? Verdict.MET : Verdict.MISSED;
    }
}
