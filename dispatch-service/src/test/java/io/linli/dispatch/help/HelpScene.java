package io.linli.dispatch.help;

import io.linli.dispatch.Compound;
import io.linli.dispatch.api.HelpEntry;
import io.linli.dispatch.api.HelpState;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/// A household of a building that needs help, and everybody who has to do with it; a community of its own.
public final class HelpScene {

    static final String SECRET = "Amlodipine 5 mg";
    static final String TEXT = "Two bags of rice from the gate";

    public final Compound compound;
    public final UUID household = UUID.randomUUID();
    public final Compound.Member resident;
    public final Compound.Member coordinator;
    final Compound.Member leader;
    final Compound.Member stranger;
    final Compound.Member volunteer;
    final UUID partner = UUID.randomUUID();
    private final UUID building = UUID.randomUUID();
    private final ServiceUnderTest service;

    public HelpScene(ServiceUnderTest service) {
        this.service = service;
        compound = new Compound(service);
        resident = compound.member(household, "resident");
        coordinator = compound.member("coordinator");
        leader = leaderOf(building);
        stranger = compound.member("resident");
        volunteer = compound.member("resident", "volunteer");
    }

    Compound.Member leaderOf(UUID led) {
        return livingIn(led, "resident", "floor-leader");
    }

    /// Somebody of another household in the building that this scene is about.
    Compound.Member neighbour() {
        return livingIn(building, "resident");
    }

    /// The same person of the building after their roles were changed to these.
    Compound.Member now(Compound.Member who, String... roles) {
        return livingIn(who.id(), who.household(), building, roles);
    }

    private Compound.Member livingIn(UUID led, String... roles) {
        return livingIn(UUID.randomUUID(), UUID.randomUUID(), led, roles);
    }

    private Compound.Member livingIn(UUID id, UUID home, UUID led, String... roles) {
        var token = service.tokens()
                .token(UUID.randomUUID())
                .member(compound.community, id)
                .household(home)
                .building(led)
                .roles(roles)
                .sign();
        return new Compound.Member(id, home, token, service.client(token));
    }

    /// Tells of the household and its building as community-service does, and waits until both are known.
    void tellOfHousehold() {
        compound.building(building, "12 号楼", 80, -25);
        compound.livesOn(household, building, 5, 2);
        Await.until("the household to be known", Compound.LIMIT, () -> known("home", "household_id", household));
        Await.until("the building to be known", Compound.LIMIT, () -> known("building", "building_id", building));
    }

    private boolean known(String table, String column, UUID id) {
        return service.jdbc()
                        .sql("SELECT count(*) FROM " + table + " WHERE " + column + " = ?")
                        .param(id)
                        .query(Long.class)
                        .single()
                == 1;
    }

    static Map<String, Object> errand(String urgency) {
        return Map.of("kind", "errand", "urgency", urgency, "text", TEXT);
    }

    static Map<String, Object> medicine() {
        var details = Map.of("what", SECRET, "fetchAt", "East gate", "prescriptionNote", "In the hall");
        return Map.of("kind", "medicine", "urgency", "today", "text", "Tablets", "medicine", details);
    }

    static Map<String, Object> advice() {
        return Map.of("kind", "psychological-advice", "urgency", "today", "text", "I cannot sleep");
    }

    Map<String, Object> onBehalf(Map<String, Object> body) {
        var all = new HashMap<>(body);
        all.put("householdId", household);
        return all;
    }

    public UUID asked() {
        return asked(resident, errand("today"));
    }

    UUID asked(Compound.Member by, Map<String, Object> body) {
        return compound.post(by, "/help-requests", body)
                .expectStatus()
                .isCreated()
                .expectBody(HelpEntry.class)
                .returnResult()
                .getResponseBody()
                .getId();
    }

    public UUID triaged() {
        return triaged(asked());
    }

    UUID triaged(UUID request) {
        write(coordinator, request, "triage", Map.of()).expectStatus().isOk();
        return request;
    }

    UUID referred(UUID request) {
        triaged(request);
        write(coordinator, request, "referral", Map.of("partnerId", partner))
                .expectStatus()
                .isOk();
        return request;
    }

    WebTestClient.ResponseSpec write(Compound.Member by, UUID request, String what, Map<String, Object> body) {
        return compound.post(by, "/help-requests/" + request + "/" + what, body);
    }

    public WebTestClient.ResponseSpec write(Compound.Member by, UUID request, String what) {
        return compound.post(by, "/help-requests/" + request + "/" + what);
    }

    WebTestClient.ResponseSpec get(Compound.Member by, String rest) {
        return by.client()
                .get()
                .uri(compound.path("/help-requests" + rest))
                .accept(MediaType.APPLICATION_JSON)
                .exchange();
    }

    HelpEntry entry(UUID request) {
        return get(coordinator, "/" + request)
                .expectStatus()
                .isOk()
                .expectBody(io.linli.dispatch.api.HelpDetail.class)
                .returnResult()
                .getResponseBody()
                .getRequest();
    }

    void await(UUID request, HelpState state) {
        Await.until(
                "the request to be " + state,
                Compound.LIMIT,
                () -> entry(request).getState() == state);
    }

    /// The partner's answer, as partner-adapters tells it.
    void partnerSays(UUID request, String answer, String text) {
        var referral = entry(request).getHelper().getReference();
        var data = new HashMap<String, Object>(
                Map.of("referralId", referral, "requestId", request, "partnerId", partner, "answer", answer));
        if (text != null) {
            data.put("text", text);
        }
        service.events().publish(compound.community, "referral.answered.v1", referral, data);
    }

    UUID answered(UUID request) {
        referred(request);
        partnerSays(request, "reported", "Spoke for half an hour");
        await(request, HelpState.ANSWERED);
        return request;
    }

    void awaitOffer(Compound.Member volunteer, UUID task) {
        Await.until(
                "the task to be offered",
                Compound.LIMIT,
                () -> compound.tasks(volunteer, "?state=offered").stream()
                        .anyMatch(offered -> offered.getId().equals(task)));
    }
}
