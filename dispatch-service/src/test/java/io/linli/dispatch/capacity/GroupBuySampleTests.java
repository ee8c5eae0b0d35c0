package io.linli.dispatch.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class GroupBuySampleTests {

    @Test
    void a_formed_group_buy_is_understood() throws IOException {
        var sample = Files.readString(Path.of("../group-buy-service/src/main/events/group-buy.formed.v1.json"));
        var json = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .build();

        var formed = json.readValue(sample, ReserveCapacity.GroupBuyFormed.class);

        assertThat(formed.groupBuyId()).isNotNull();
        assertThat(formed.doorstepGrams()).isEqualTo(2_500);
        assertThat(formed.delivery()).isNotNull();
        assertThat(formed.delivery().from()).isBefore(formed.delivery().to());
    }
}
