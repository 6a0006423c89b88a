package postern.admin;

import static postern.credentials.Permission.POLICY_READ;
import static postern.credentials.Permission.POLICY_WRITE;
import static postern.web.Route.delete;
import static postern.web.Route.get;
import static postern.web.Route.put;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import postern.credentials.Policy;
import postern.credentials.PolicyInForce;
import postern.credentials.PolicyInForce.Layer;
import postern.credentials.PolicyRules;
import postern.credentials.PolicyStore;
import postern.credentials.PolicySubject;
import postern.credentials.StoreUnavailableException;
import postern.web.Call;
import postern.web.Refusal;
import postern.web.Reply;
import postern.web.Revision;
import postern.web.Route;

/** What administrators say of policy: for everyone, for a domain, for one user. */
final class PolicyRoutes {

    private static final String EVERYONE = "/v1/policy";
    private static final String DOMAIN = EVERYONE + "/domains/{domain}";
    private static final String ONE = "/v1/users/{login}/policy";

    private final People people;
    private final PolicyStore policies;
    private final Policy configuration;

    /**
     * @param configuration the policy's lowest layer
     */
    PolicyRoutes(People people, PolicyStore policies, Policy configuration) {
        this.people = people;
        this.policies = policies;
        this.configuration = configuration;
    }

    /** Whom a path is about. */
    private interface Subject {
        PolicySubject of(Call call) throws StoreUnavailableException;
    }

    List<Route> all() {
        Subject everyone = _ -> new PolicySubject.Everyone();
        Subject domain = call -> call.read("domain", PolicySubject.Domain::new);
        return List.of(
                get(EVERYONE, POLICY_READ, call -> find(everyone.of(call))),
                put(EVERYONE, POLICY_WRITE, call -> replace(call, everyone.of(call))),
                get(EVERYONE + "/domains", POLICY_READ, _ -> domains()),
                get(DOMAIN, POLICY_READ, call -> find(domain.of(call))),
                put(DOMAIN, POLICY_WRITE, call -> replace(call, domain.of(call))),
                delete(DOMAIN, POLICY_WRITE, call -> remove(call, domain.of(call))),
                get(
                        ONE,
                        POLICY_READ,
                        call -> find(new PolicySubject.One(people.of(call).loginName()))),
                put(ONE, POLICY_WRITE, call -> replace(call, one(call))),
                delete(ONE, POLICY_WRITE, call -> remove(call, one(call))));
    }

    private PolicySubject one(Call call) throws StoreUnavailableException {
        return new PolicySubject.One(people.toActOn(call).loginName());
    }

    private Reply find(PolicySubject subject) throws StoreUnavailableException {
        List<Layer> layers = policies.layers();
        PolicyRules rules = layers.stream()
                .filter(layer -> layer.subject().equals(subject))
                .map(Layer::rules)
                .findFirst()
                .orElse(PolicyRules.SILENT);
        return told(subject, rules, layers);
    }

    private Reply told(PolicySubject subject, PolicyRules rules, List<Layer> layers) {
        List<Layer> theirs = layers.stream()
                .filter(layer -> holdsFor(layer.subject(), subject))
                .toList();
        return new Reply.Thing(PolicyJson.of(rules), PolicyJson.of(PolicyInForce.of(configuration, theirs)));
    }

    private static boolean holdsFor(PolicySubject layer, PolicySubject subject) {
        return switch (layer) {
            case PolicySubject.Everyone _ -> true;
            case PolicySubject.Domain(String name) ->
                switch (subject) {
                    case PolicySubject.Everyone _ -> false;
                    case PolicySubject.Domain(String other) -> other.equals(name);
                    case PolicySubject.One(var login) -> login.domain().equals(name);
                };
            case PolicySubject.One _ -> layer.equals(subject);
        };
    }

    private Reply domains() throws StoreUnavailableException {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("domains");
        for (Layer layer : policies.layers()) {
            if (layer.subject() instanceof PolicySubject.Domain(String name)) {
                list.add(Json.object().put("domain", name).setAll(PolicyJson.of(layer.rules())));
            }
        }
        return new Reply.Json(200, body);
    }

    private Reply replace(Call call, PolicySubject subject) throws StoreUnavailableException {
        PolicyRules rules = read(call);
        PolicyRules after =
                policies.revise(subject, new Revision<PolicyRules>(call, PolicyJson::of).of(_ -> rules), call.by());
        return told(subject, after, policies.layers());
    }

    private static PolicyRules read(Call call) {
        try {
            return PolicyJson.read(call);
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed(String.valueOf(e.getMessage()));
        }
    }

    private Reply remove(Call call, PolicySubject subject) throws StoreUnavailableException {
        policies.revise(
                subject, new Revision<PolicyRules>(call, PolicyJson::of).of(_ -> PolicyRules.SILENT), call.by());
        return new Reply.Nothing();
    }
}
