package postern.app.doctor;

import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import postern.app.doctor.Doctor.Instruments;
import postern.app.doctor.Doctor.Patient;
import postern.app.doctor.Finding.Failed;
import postern.app.doctor.Finding.Step;
import postern.config.OAuthSettings;
import postern.config.RouteSettings;
import postern.config.UpstreamLoginSettings.Authzid;
import postern.config.UpstreamLoginSettings.MailboxPassword;
import postern.config.UpstreamLoginSettings.MasterUser;
import postern.config.UpstreamLoginSettings.OAuth;
import postern.proxy.conversation.Asking;
import postern.proxy.conversation.Asking.Answer;
import postern.proxy.conversation.MailboxDoor;
import postern.proxy.conversation.UpstreamLanguage;
import postern.proxy.upstream.Errand;
import postern.proxy.upstream.ProofSource;
import postern.proxy.upstream.Routes;
import postern.proxy.upstream.Upstream;
import postern.proxy.upstream.UpstreamDoor.Mailbox;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;
import postern.proxy.upstream.UpstreamProof;

/** Logs in at an upstream by one protocol as a client would be, over the server's own door, and looks whether a mailbox is there. */
record TrialLogin(Instruments instruments, Patient patient, Upstream upstream, UpstreamLanguage<?> language) {

    private static final Duration BESIDE_THE_TRIES = Duration.ofSeconds(5);

    /** @param reachable whether there is a host that a login may be tried at */
    List<Finding> findings(boolean reachable) {
        List<Finding> findings = new ArrayList<>();
        Optional<UpstreamProof> proof = proof(findings);
        if (patient.errand().isEmpty()) {
            findings.add(Finding.skipped(Step.LOGIN, "it is somebody's: name a USER"));
        } else if (proof.isEmpty()) {
            findings.add(Finding.skipped(Step.LOGIN, "there is nothing to log in with"));
        } else if (!reachable) {
            findings.add(Finding.skipped(Step.LOGIN, "there is no host to log in at"));
        } else {
            login(patient.errand().get(), proof, findings);
        }
        return findings;
    }

    private Optional<UpstreamProof> proof(List<Finding> findings) {
        return switch (patient.settings().login()) {
            case MasterUser _, Authzid _ ->
                patient.errand().flatMap(errand -> patient.proofs().map(proofs -> got(proofs, errand)));
            case MailboxPassword _ -> proof(Step.PASSWORD, "the mailbox's own, out of the vault", findings);
            case OAuth(OAuthSettings oauth) ->
                proof(Step.TOKEN, "got from " + oauth.tokenEndpoint().getHost() + ", or still good", findings);
        };
    }

    private Optional<UpstreamProof> proof(Step step, String got, List<Finding> findings) {
        Optional<ProofSource> proofs = patient.proofs();
        if (proofs.isEmpty()) {
            findings.add(Finding.skipped(step, "each mailbox has its own: name a USER"));
            return Optional.empty();
        }
        try {
            UpstreamProof proof = got(proofs.get(), patient.errand().orElse(Doctor.NOBODYS));
            findings.add(Finding.ok(step, got));
            return Optional.of(proof);
        } catch (CompletionException e) {
            findings.add(new Finding(step, none(e)));
            return Optional.empty();
        }
    }

    private UpstreamProof got(ProofSource proofs, Errand errand) {
        return proofs.of(errand, language.protocol()).toCompletableFuture().join();
    }

    private Failed none(CompletionException e) {
        if (!(e.getCause() instanceof UpstreamException failure)) {
            return new Failed(
                    String.valueOf(e.getCause()), "nothing that an operator could do: it is a mistake of Postern's");
        }
        Optional<Errand> owner = patient.errand().filter(_ -> failure.failure() == UpstreamFailure.CONSENT_LOST);
        String grant = patient.settings().login() instanceof OAuth
                ? failure.lookAt() + ": postern grant consent"
                : "postern grant put";
        return new Failed(
                failure.seen(),
                owner.map(errand -> grant + " --user " + errand.mailbox() + " --upstream "
                                + patient.settings().name())
                        .orElse(failure.lookAt()));
    }

    private void login(Errand errand, Optional<UpstreamProof> proof, List<Finding> findings) {
        String name = patient.settings().name();
        Routes here =
                new Routes(Map.of(name, upstream), new RouteSettings(Map.of(), Map.of(), Map.of(), Optional.of(name)));
        MailboxDoor door =
                new MailboxDoor(language, here, instruments.dialer(), instruments.observer(), instruments.ticker());
        long begin = instruments.ticker().read();
        Future<Mailbox> opening = door.open(errand, instruments.loops().group().next(), () -> true);
        Duration most = patient.settings().dialing().within().plus(BESIDE_THE_TRIES);
        Remedies remedies = new Remedies(patient.settings(), language.protocol());
        if (!opening.awaitUninterruptibly(most.toMillis())) {
            findings.add(new Finding(
                    Step.LOGIN,
                    new Failed(
                            "no answer within " + most.toSeconds() + " s", "upstreams." + name + ".limits, .retries")));
        } else if (opening.cause() instanceof UpstreamException failure) {
            findings.add(new Finding(Step.LOGIN, remedies.failed(failure)));
        } else {
            Duration took = Duration.ofNanos(instruments.ticker().read() - begin);
            findings.add(Finding.ok(Step.LOGIN, "as " + errand.mailbox() + " in " + took.toMillis() + " ms"));
            List<String> questions = language.questions();
            findings.add(mailbox(
                    questions,
                    Asking.at(opening.getNow().channel(), language, proof, questions)
                            .awaitUninterruptibly()
                            .getNow()));
        }
    }

    private Finding mailbox(List<String> questions, List<Answer> answers) {
        Optional<Answer> bad = answers.stream().filter(answer -> !answer.good()).findFirst();
        if (bad.isPresent()) {
            return new Finding(
                    Step.MAILBOX,
                    new Failed(
                            command(bad.get().question()) + " is answered "
                                    + bad.get().line(),
                            "the mailbox at the mail server: whether it is there, has a licence, and may be used by "
                                    + language.protocol()));
        } else if (answers.size() < questions.size()) {
            return new Finding(
                    Step.MAILBOX,
                    new Failed(
                            "it hung up or fell silent at " + command(questions.get(answers.size())),
                            "its log: what it does behind a login, and where it hands mail on to"));
        }
        return Finding.ok(
                Step.MAILBOX,
                questions.stream().map(TrialLogin::command).collect(Collectors.joining(", ")) + " are answered");
    }

    private static String command(String question) {
        return question.replaceFirst("^D\\d ", "");
    }
}
