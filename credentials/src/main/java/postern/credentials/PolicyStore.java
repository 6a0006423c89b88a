package postern.credentials;

import java.util.List;
import java.util.Optional;

/** What administrators say of policy, over what stands in the configuration. */
public interface PolicyStore {

    Optional<PolicyRules> rules(PolicySubject subject) throws StoreUnavailableException;

    /** All layers that say something, whoever they are for. */
    List<PolicyInForce.Layer> layers() throws StoreUnavailableException;

    /**
     * Replaces what was said for these; rules that are silent on everything remove it. When it returns,
     * this node goes by it, and the others do within a second.
     */
    void put(PolicySubject subject, PolicyRules rules, By by) throws StoreUnavailableException;
}
