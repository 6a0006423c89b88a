package postern.admin;

import static postern.credentials.Permission.SESSIONS_END;
import static postern.credentials.Permission.SESSIONS_READ;
import static postern.web.Route.delete;
import static postern.web.Route.get;
import static postern.web.Route.post;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import postern.credentials.AppPasswordId;
import postern.credentials.CredentialStore;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.SessionChoice;
import postern.credentials.SessionEnds;
import postern.credentials.SessionId;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;
import postern.credentials.board.Session;
import postern.credentials.board.SessionFilter;
import postern.credentials.board.Sessions;
import postern.credentials.board.Sessions.Listed;
import postern.credentials.board.Sessions.Place;
import postern.web.Call;
import postern.web.JsonBody;
import postern.web.Page;
import postern.web.Problem;
import postern.web.Refusal;
import postern.web.Reply;
import postern.web.Route;

/** Who is on the line, on any node. */
final class SessionRoutes {

    private static final String ALL = "/v1/sessions";

    private final People people;
    private final Sessions sessions;
    private final SessionEnds ends;
    private final CredentialStore credentials;

    SessionRoutes(People people, Sessions sessions, SessionEnds ends, CredentialStore credentials) {
        this.people = people;
        this.sessions = sessions;
        this.ends = ends;
        this.credentials = credentials;
    }

    List<Route> all() {
        return List.of(
                get(ALL, SESSIONS_READ, this::list)
                        .taking("user", "app_password", "protocol", "network")
                        .inPages(),
                post(ALL + ":end", SESSIONS_END, this::endSome),
                delete(ALL + "/{id}", SESSIONS_END, this::endOne));
    }

    private Reply list(Call call) throws StoreUnavailableException {
        SessionFilter filter = new SessionFilter(
                Optional.empty(),
                call.parameter("user", LoginName::new),
                call.parameter("app_password", AppPasswordId::new),
                call.parameter("protocol", Protocol::parse),
                call.parameter("network", SourceNetwork::parse));
        Page page = Page.of(call);
        return page.of(
                "sessions",
                sessions.page(filter, page.afterBoth(Place::new), page.limit(), call.at()),
                listed -> listed.place().name() + ' ' + listed.place().id(),
                SessionRoutes::json);
    }

    /** Of one user or one app password; the answer counts those that stood on the board. */
    private Reply endSome(Call call) throws StoreUnavailableException {
        JsonBody body = call.body("user", "app_password");
        Optional<LoginName> user = body.optional("user", LoginName::new);
        Optional<AppPasswordId> appPassword = body.optional("app_password", AppPasswordId::new);
        if (user.isPresent() == appPassword.isPresent()) {
            throw Refusal.malformed("user, app_password: both or neither (expected: one of them)");
        }
        if (user.isPresent()) {
            LoginName name = people.toActOn(call, user.get()).loginName();
            return end(call, SessionFilter.ALL.withName(name), new SessionChoice.Persons(name));
        }
        AppPasswordId id = appPassword.orElseThrow();
        Optional<LoginName> owner = credentials.ownerOf(id);
        if (owner.isEmpty()) {
            return Problem.APP_PASSWORD_NOT_FOUND.because(
                    "app_password: not one (expected: the id of one that is not revoked)");
        }
        var _ = people.toActOn(call, owner.get());
        return end(call, SessionFilter.ALL.withAppPassword(id), new SessionChoice.AppPasswords(id));
    }

    private Reply end(Call call, SessionFilter filter, SessionChoice which) throws StoreUnavailableException {
        long count = sessions.count(filter, call.at());
        if (!call.validateOnly()) {
            ends.end(which, call.by());
        }
        return new Reply.Json(200, Json.object().put("ended", count));
    }

    private Reply endOne(Call call) throws StoreUnavailableException {
        Optional<SessionId> id = call.id("id", SessionId::new);
        if (id.isEmpty()) {
            return notFound();
        }
        SessionFilter filter = SessionFilter.ALL.withId(id.get());
        List<Listed> found = sessions.page(filter, Place.BEFORE_ALL, 1, call.at());
        if (found.isEmpty()) {
            return notFound();
        }
        var _ = people.toActOn(call, found.getFirst().session().name());
        ends.end(new SessionChoice.One(id.get()), call.by());
        return new Reply.Nothing();
    }

    private static Reply notFound() {
        return Problem.SESSION_NOT_FOUND.because("session: not one (expected: the id of one that has not ended)");
    }

    private static ObjectNode json(Listed listed) {
        Session session = listed.session();
        return Json.object()
                .put("id", session.id().value())
                .put("login_name", session.name().value())
                .put("app_password", session.appPassword().value())
                .put("protocol", session.protocol().toString())
                .put("client", session.client().getHostAddress())
                .put("device", session.device().orElse(null))
                .put("tls", session.tls().orElse(null))
                .put("since", Json.time(session.since()))
                .put("node", listed.node());
    }
}
