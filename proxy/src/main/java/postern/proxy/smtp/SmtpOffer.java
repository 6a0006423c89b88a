package postern.proxy.smtp;

import java.util.List;

/**
 * What a door tells clients in answer to EHLO before they are logged in.
 *
 * <p>Decided: an operator promises, for each upstream, which of its extensions clients may hear of
 * before we know where their mail goes; a door offers what all upstreams promise. An upstream that
 * turns out not to keep the promise fails the login, with a line in the log that says so. Three other
 * ways were left aside. To ask upstreams ahead of time would dial before anybody has proved anything,
 * and be wrong the day the upstream changes. To offer nothing would make clients encode what need not
 * be, and send one command at a time, since few say EHLO again after they are in. To offer all and
 * drop what is missing would lose somebody's delivery notice without a word.
 *
 * @param serverName what we are called
 * @param extensions their keywords, without parameters
 */
public record SmtpOffer(String serverName, List<String> extensions) {

    public SmtpOffer {
        extensions = List.copyOf(extensions);
    }
}
