package io.linli.community.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.linli.community.CommunitySettings;
import io.linli.community.TestKeys;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SealerTests {
    private final TestKeys keys = TestKeys.generate();
    private final Sealer sealer = new Sealer(keys.settings());
    private final BlindIndex index = new BlindIndex(keys.settings());
    private final UUID community = UUID.randomUUID();
    private final UUID household = UUID.randomUUID();
    private final UUID member = UUID.randomUUID();

    @Test
    void what_was_sealed_opens_in_its_own_row() {
        var sealed = sealer.seal("王小梅", Binding.ofName(community, household, member));

        assertThat(sealer.open(sealed, Binding.ofName(community, household, member)))
                .isEqualTo("王小梅");
    }

    @Test
    void the_same_text_never_looks_the_same_twice() {
        var binding = Binding.ofRoom(community, household);

        assertThat(sealer.seal("1201", binding)).isNotEqualTo(sealer.seal("1201", binding));
    }

    @Test
    void a_sealed_text_does_not_open_in_another_row_column_or_community() {
        var sealed = sealer.seal("王小梅", Binding.ofName(community, household, member));

        for (var elsewhere : new Binding[] {
            Binding.ofName(UUID.randomUUID(), household, member),
            Binding.ofName(community, UUID.randomUUID(), member),
            Binding.ofName(community, household, UUID.randomUUID()),
            Binding.ofName(community, null, member),
            Binding.ofPhone(community, household, member)
        }) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> sealer.open(sealed, elsewhere))
                    .withMessageNotContaining("王");
        }
    }

    @Test
    void another_installations_keys_open_nothing_and_find_nothing() {
        var others = TestKeys.generate().settings();
        var binding = Binding.ofRoom(community, household);
        var phone = new Phone("+8613800138000");

        assertThatIllegalStateException()
                .isThrownBy(() -> new Sealer(others).open(sealer.seal("1201", binding), binding));
        assertThat(new BlindIndex(others).ofPhone(phone)).isNotEqualTo(index.ofPhone(phone));
    }

    @Test
    void equal_rooms_of_two_units_cannot_be_told_to_be_equal() {
        var unit = UUID.randomUUID();

        assertThat(index.ofRoom(unit, "1201")).isEqualTo(index.ofRoom(unit, "1201"));
        assertThat(index.ofRoom(unit, "1201")).isNotEqualTo(index.ofRoom(UUID.randomUUID(), "1201"));
        assertThat(index.ofOpenId("+8613800138000")).isNotEqualTo(index.ofPhone(new Phone("+8613800138000")));
        assertThat(new String(index.ofPhone(new Phone("+8613800138000")), StandardCharsets.ISO_8859_1))
                .doesNotContain("138");
    }

    @Test
    void the_service_does_not_start_without_its_keys() {
        var without = new CommunitySettings(null, " ", null, null, "http://127.0.0.1:1", 1, 1, 1, 1, 1, 1, 1);

        assertThatIllegalStateException()
                .isThrownBy(() -> new Sealer(without))
                .withMessageContaining("linli.community.data-keyset");
        assertThatIllegalStateException()
                .isThrownBy(() -> new BlindIndex(without))
                .withMessageContaining("linli.community.index-key");
    }
}
