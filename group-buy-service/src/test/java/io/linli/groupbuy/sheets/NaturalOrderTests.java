package io.linli.groupbuy.sheets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NaturalOrderTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2 10 10A 10B 11",
                "2号 10号 100号",
                "2号楼 2号楼东 10号楼",
                "101 102 201 1001 1201A 1201B",
                "A1 A2 A10 B1",
                "2-1 2-2 2-10 10-1",
                "8 9 别墅8 别墅10",
                "101 商铺1 商铺2 商铺10",
                "007 8 0010",
                "99999999999999999998 99999999999999999999 100000000000000000000",
                "１０１ １０２ １０１０"
            })
    void names_are_ordered_as_people_count(String inOrder) {
        var names = List.of(inOrder.split(" "));
        var shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, new Random(7));

        shuffled.sort(new NaturalOrder());

        assertThat(shuffled).containsExactlyElementsOf(names);
    }

    @Test
    void a_name_without_a_number_comes_after_those_with_one_and_nothing_comes_first() {
        var names = Arrays.asList("物业办公室", "12", "", "门卫", "3");

        names.sort(new NaturalOrder());

        assertThat(names).containsExactly("", "3", "12", "物业办公室", "门卫");
    }

    @Test
    void the_order_is_total() {
        var random = new Random(42);
        var names = random.ints(300, 0, 4)
                .mapToObj(kind -> switch (kind) {
                    case 0 -> "" + random.nextInt(20);
                    case 1 -> random.nextInt(20) + "号";
                    case 2 -> random.nextInt(20) + "" + (char) ('A' + random.nextInt(3));
                    default -> "商铺" + random.nextInt(5) + "-" + random.nextInt(5);
                })
                .toList();

        for (var one : names) {
            for (var other : names) {
                assertThat(Integer.signum(new NaturalOrder().compare(one, other)))
                        .isEqualTo(-Integer.signum(new NaturalOrder().compare(other, one)));
                assertThat(new NaturalOrder().compare(one, other) == 0).isEqualTo(one.equals(other));
            }
        }
        assertThat(new ArrayList<>(names)).satisfies(list -> list.sort(new NaturalOrder()));
    }
}
