package postern.app.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import postern.app.doctor.Finding.Failed;
import postern.app.doctor.Finding.Ok;
import postern.app.doctor.Finding.Skipped;
import postern.app.doctor.Finding.Step;
import postern.app.doctor.Finding.Warning;
import postern.credentials.LoginName;

/** All that was found, for somebody at the command line. */
public record Report(List<Section> sections) {

    /** What was found of one thing. */
    record Section(String title, List<Finding> findings) {

        boolean isHealthy() {
            return findings.stream().noneMatch(Finding::isFailed);
        }
    }

    /**
     * Where somebody's mail is.
     *
     * @param way to it, with the rule that led there; empty: there is none
     */
    public static Report ofTheRoute(LoginName asked, boolean known, Optional<String> way) {
        List<Finding> findings = new ArrayList<>();
        if (!known) {
            findings.add(new Finding(
                    Step.ACCOUNT,
                    new Warning(
                            "nobody is called " + asked + " here, so nobody can log in by that name",
                            "add the account; what follows is tried with a mailbox of that name")));
        }
        findings.add(way.map(words -> Finding.ok(Step.ROUTE, words))
                .orElseGet(() -> new Finding(
                        Step.ROUTE,
                        new Failed(
                                "none for the person, the group or the domain, and no default",
                                "routes.default, or a rule in routes"))));
        return new Report(List.of(new Section(asked.toString(), findings)));
    }

    public Report and(Report more) {
        return new Report(
                Stream.concat(sections.stream(), more.sections.stream()).toList());
    }

    public boolean isHealthy() {
        return sections.stream().allMatch(Section::isHealthy);
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        for (Section section : sections) {
            text.append(text.isEmpty() ? "" : "\n").append(section.title()).append('\n');
            section.findings().forEach(finding -> write(finding, text));
        }
        return text.toString();
    }

    private static void write(Finding finding, StringBuilder text) {
        switch (finding.verdict()) {
            case Ok(String seen) -> row(finding, "ok", seen, text);
            case Warning(String cause, String cure) -> {
                row(finding, "warning", cause, text);
                cure(cure, text);
            }
            case Failed(String cause, String cure) -> {
                row(finding, "FAILED", cause, text);
                cure(cure, text);
            }
            case Skipped(String why) -> row(finding, "skipped", why, text);
        }
    }

    /** What a stranger said may be among it, and stays on its line. */
    private static void row(Finding finding, String verdict, String words, StringBuilder text) {
        text.append("  %-14s%-9s%s\n".formatted(finding.step(), verdict, printable(words)));
    }

    private static void cure(String words, StringBuilder text) {
        text.append("  %-14s%-9s%s\n".formatted("", "cure:", printable(words)));
    }

    private static String printable(String words) {
        return words.replaceAll("[\\p{Cntrl}\u0085\u2028\u2029]+", " ").strip();
    }
}
