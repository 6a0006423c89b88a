package postern.credentials;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What administrators say of policy, over what stands in the configuration. */
public interface PolicyStore {

    Optional<PolicyRules> rules(PolicySubject subject) throws StoreUnavailableException;

    /** All layers that say something, whoever they are for. */
    List<PolicyInForce.Layer> layers() throws StoreUnavailableException;

    /**
     * Replaces what was said for these; rules that are silent on everything remove it. When it returns,
     * this node goes by it, and the others do within a second.
     */
    default void put(PolicySubject subject, PolicyRules rules, By by) throws StoreUnavailableException {
        var _ = revise(subject, _ -> rules, by);
    }

    /**
     * The same, from what was said until now; nobody else says anything in between.
     *
     * @param change from rules to rules, silent ones if nothing was said
     * @return what is said now
     */
    PolicyRules revise(PolicySubject subject, UnaryOperator<PolicyRules> change, By by)
            throws StoreUnavailableException;
}
