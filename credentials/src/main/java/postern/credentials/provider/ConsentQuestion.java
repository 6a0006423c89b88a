package postern.credentials.provider;

import java.net.URI;

/**
 * What a provider's page is asked to ask the owner of a mailbox. All but the hint and the redirect is
 * drawn for this one time; prints as stars.
 *
 * @param redirect where it sends them back to
 * @param state comes back with them
 * @param nonce comes back in what says who they are
 * @param verifier is shown only with the code; the page gets its hash
 * @param hint as whom they should sign in
 */
public record ConsentQuestion(URI redirect, String state, String nonce, String verifier, String hint) {

    @Override
    public String toString() {
        return "ConsentQuestion[redirect=" + redirect + ", ***]";
    }
}
