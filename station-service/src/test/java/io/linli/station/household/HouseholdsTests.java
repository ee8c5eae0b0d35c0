package io.linli.station.household;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.testing.ServiceUnderTest;
import io.linli.station.StationDay;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HouseholdsTests {
    @RegisterExtension
    static final ServiceUnderTest service = StationDay.station();

    @Test
    void the_applied_version_never_goes_back() {
        var day = StationDay.on(service);
        var household = UUID.randomUUID();
        day.householdChanged(household, 5, true, true);

        day.householdChanged(household, 4, false, false);
        day.householdChanged(household, 5, false, false);
        var later = day.household(false, true);
        StationDay.until("what was published after is applied", () -> day.appliedVersion(later) == 1);
        StationDay.until(
                "all three were heard",
                () -> service.jdbc()
                                .sql("SELECT count(*) FROM inbox WHERE community_id = ? AND state = 'done'")
                                .param(day.community)
                                .query(Long.class)
                                .single()
                        == 4);

        assertThat(service.jdbc()
                        .sql("SELECT version, doorstep, station_consent FROM household WHERE household_id = ?")
                        .param(household)
                        .query()
                        .listOfRows())
                .isEqualTo(List.of(java.util.Map.of("version", 5L, "doorstep", true, "station_consent", true)));
    }
}
