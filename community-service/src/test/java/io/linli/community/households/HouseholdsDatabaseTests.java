package io.linli.community.households;

import static io.linli.community.Neighbourhood.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.community.Neighbourhood;
import io.linli.community.privacy.Phone;
import io.linli.community.registry.Role;
import io.linli.kit.data.Ids;
import io.linli.kit.data.Transactions;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.kit.web.Problem;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class HouseholdsDatabaseTests {
    private static final int CLIENTS = 24;

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Neighbourhood neighbourhood = new Neighbourhood(service);

    @Test
    void changes_at_the_same_moment_get_one_version_each_and_are_all_told() {
        var home = neighbourhood.home(neighbourhood.place(), "1201");
        var changeHousehold = service.bean(ChangeHousehold.class);
        var changes = 40;

        atOnce(
                        changes,
                        turn -> inCommunity(
                                home,
                                () -> turn % 2 == 0
                                        ? changeHousehold.setStationConsent(home.household(), turn % 4 == 0)
                                        : changeHousehold.setCare(
                                                home.household(), new CareNeeds(turn % 4 == 1, turn % 3 == 0, false))))
                .block();

        var last = inCommunity(home, () -> service.bean(Households.class).find(home.household()))
                .block()
                .version();
        assertThat(last).isGreaterThan(1);
        service.events()
                .await(
                        "household.changed.v1",
                        event -> event.subject().equals(home.household())
                                && event.data().path("version").asLong() == last);
        assertThat(service.events().heard("household.changed.v1").stream()
                        .filter(event -> event.subject().equals(home.household()))
                        .map(event -> event.data().path("version").asLong()))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, last).boxed().toList());
    }

    @Test
    void the_same_change_by_many_is_one_change() {
        var home = neighbourhood.home(neighbourhood.place(), "1201");
        var changeHousehold = service.bean(ChangeHousehold.class);

        atOnce(CLIENTS, _ -> inCommunity(home, () -> changeHousehold.setStationConsent(home.household(), true)))
                .block();

        assertThat(inCommunity(home, () -> service.bean(Households.class).find(home.household()))
                        .block()
                        .version())
                .isEqualTo(2);
    }

    @Test
    void of_many_registrations_of_one_room_exactly_one_wins() {
        var place = neighbourhood.place();
        var households = service.bean(Households.class);

        var outcomes = atOnce(
                        CLIENTS,
                        _ -> transactions()
                                .in(
                                        place.community(),
                                        () -> households.insert(
                                                place.community(), Ids.next(), place.unit(), "1201", 12, 3))
                                .map(_ -> "won")
                                .onErrorResume(Problem.class, refused -> Mono.just(refused.slug())))
                .block();

        assertThat(outcomes.stream().filter("won"::equals)).hasSize(1);
        assertThat(outcomes.stream().filter("room-taken"::equals)).hasSize(CLIENTS - 1);
    }

    @Test
    void of_many_members_with_one_phone_exactly_one_is_added() {
        var place = neighbourhood.place();
        var members = service.bean(Members.class);

        var outcomes = atOnce(
                        CLIENTS,
                        turn -> transactions()
                                .in(
                                        place.community(),
                                        () -> members.insert(
                                                place.community(),
                                                new Member(
                                                        Ids.next(),
                                                        null,
                                                        "人" + turn,
                                                        new Phone("+8613800138000"),
                                                        Set.of(Role.KEEPER))))
                                .map(_ -> "won")
                                .onErrorResume(Problem.class, refused -> Mono.just(refused.slug())))
                .block();

        assertThat(outcomes.stream().filter("won"::equals)).hasSize(1);
        assertThat(outcomes.stream().filter("phone-taken"::equals)).hasSize(CLIENTS - 1);
    }

    @Test
    void a_household_is_not_there_for_another_community() {
        var home = neighbourhood.home(neighbourhood.place(), "1201", person("王小梅", "13800138000", "resident"));
        var other = neighbourhood.place();

        var seen = transactions()
                .in(other.community(), () -> service.bean(Households.class).find(home.household()))
                .blockOptional();
        var changed = transactions()
                .in(other.community(), () -> service.bean(Households.class).setStationConsent(home.household(), true))
                .blockOptional();

        assertThat(seen).isEmpty();
        assertThat(changed).isEmpty();
    }

    @Test
    void a_row_moved_to_another_household_does_not_open() {
        var place = neighbourhood.place();
        var mine = neighbourhood.home(place, "1201", person("王小梅", "13800138000", "resident"));
        var theirs = neighbourhood.home(place, "1202");
        service.jdbc()
                .sql("UPDATE member SET household_id = :theirs WHERE id = :member")
                .param("theirs", theirs.household())
                .param("member", mine.member())
                .update();

        assertThatThrownBy(() -> inCommunity(
                                mine, () -> service.bean(Members.class).find(mine.member()))
                        .block())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_application_cannot_read_without_naming_a_community() {
        neighbourhood.home(neighbourhood.place(), "1201");

        assertThatThrownBy(() -> service.database()
                        .jdbcAsApplication()
                        .sql("SELECT count(*) FROM household")
                        .query(Long.class)
                        .single())
                .hasStackTraceContaining("linli.community");
    }

    private static <T> Mono<List<T>> atOnce(int clients, Function<Integer, Mono<T>> work) {
        return Flux.fromStream(IntStream.range(0, clients).boxed())
                .flatMap(work, clients)
                .collectList();
    }

    private <T> Mono<T> inCommunity(Neighbourhood.Home home, Supplier<Mono<T>> work) {
        return transactions().in(home.place().community(), work);
    }

    private static Transactions transactions() {
        return service.bean(Transactions.class);
    }
}
