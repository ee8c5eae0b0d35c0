package io.linli.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linli.local.replay.Delivery.Cell;
import io.linli.local.replay.DeliveryFile.BadRow;
import io.linli.local.replay.DeliveryFile.RefusedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryFileTests {

    static final String HEADER = "seq,date,user_id,receive_weekday,receive_slot,grid_x,grid_y,declared_weight,"
            + "declared_volume,measured_weight,measured_volume,wait_slots,autonomous_vehicle,redelivered";
    private static final String GOOD = "1,2024-08-01,uid_009412,4,1,3,4,1.0,1.0,23761.96,1.92,1,0,0";

    @TempDir
    private Path folder;

    @Test
    void a_row_is_read_with_its_measured_weight_in_grams() throws Exception {
        var contents = read(HEADER, GOOD);

        assertThat(contents.badRows()).isEmpty();
        assertThat(contents.deliveries())
                .containsExactly(
                        new Delivery(2, 1, LocalDate.of(2024, 8, 1), "uid_009412", new Cell(3, 4), 1, 23_762, false));
    }

    @Test
    void a_blank_measured_weight_falls_back_to_the_declared_one() throws Exception {
        var contents = read(HEADER, "1,2024-08-01,u,4,1,3,4,1500.4,1.0,,,1,0,1");

        assertThat(contents.deliveries().getFirst().grams()).isEqualTo(1_500);
        assertThat(contents.deliveries().getFirst().redelivered()).isTrue();
    }

    @Test
    void a_blank_declared_weight_does_not_matter_when_it_was_measured() throws Exception {
        assertThat(read(HEADER, "1,2024-08-01,u,4,1,3,4,,,0.001,,1,0,0")
                        .deliveries()
                        .getFirst()
                        .grams())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,2024-08-01,u,4,1,3,4,,1.0,,1.0,1,0,0 | neither a measured nor a declared",
                "1,2024-08-01,u,4,1,3,4,1,1,-5,1,1,0,0 | measured_weight",
                "1,2024-08-01,u,4,1,3,4,1,1,NaN,1,1,0,0 | measured_weight",
                "1,2024-08-01,u,4,1,3,4,Infinity,1,1,1,1,0,0 | declared_weight",
                "1,2024-08-01,u,4,1,3,4,1,1,1e9,1,1,0,0 | more than a tonne",
                "1,2024-08-01,u,4,1,3,4,1,1,1e99,1,1,0,0 | more than a tonne",
                "1,2024-02-30,u,4,1,3,4,1,1,1,1,1,0,0 | date",
                "1,01.08.2024,u,4,1,3,4,1,1,1,1,1,0,0 | date",
                "1,,u,4,1,3,4,1,1,1,1,1,0,0 | date",
                "1,2024-08-01,,4,1,3,4,1,1,1,1,1,0,0 | user_id",
                "1,2024-08-01,a b,4,1,3,4,1,1,1,1,1,0,0 | user_id",
                "x,2024-08-01,u,4,1,3,4,1,1,1,1,1,0,0 | seq",
                "0,2024-08-01,u,4,1,3,4,1,1,1,1,1,0,0 | seq",
                "1,2024-08-01,u,8,1,3,4,1,1,1,1,1,0,0 | receive_weekday",
                "1,2024-08-01,u,4,7,3,4,1,1,1,1,1,0,0 | receive_slot",
                "1,2024-08-01,u,4,1,10,4,1,1,1,1,1,0,0 | grid_x",
                "1,2024-08-01,u,4,1,3,-1,1,1,1,1,1,0,0 | grid_y",
                "1,2024-08-01,u,4,1,3,4,1,1,1,1,-1,0,0 | wait_slots",
                "1,2024-08-01,u,4,1,3,4,1,1,1,1,1,2,0 | autonomous_vehicle",
                "1,2024-08-01,u,4,1,3,4,1,1,1,1,1,0,yes | redelivered",
                "1,2024-08-01,u,4,1,3,4,1,1,1,1,1,0 | 13 fields",
                "1,2024-08-01,u,4,1,3,4,1,1,1,1,1,0,0,0 | 15 fields",
                "1,2024-08-01,\"u,4,1,3,4,1,1,1,1,1,0,0 | not a readable CSV line",
            },
            quoteCharacter = '\'')
    void a_bad_row_is_skipped_and_told_with_its_line(String row, String reason) throws Exception {
        var contents = read(HEADER, row, "7,2024-08-01,u,4,1,3,4,1,1,1,1,1,0,0");

        assertThat(contents.deliveries()).extracting(Delivery::seq).containsExactly(7L);
        assertThat(contents.badRows()).singleElement().satisfies(bad -> {
            assertThat(bad.line()).isEqualTo(2);
            assertThat(bad.reason()).contains(reason);
        });
    }

    @Test
    void a_sequence_number_counts_once() throws Exception {
        var contents = read(HEADER, GOOD, GOOD);

        assertThat(contents.deliveries()).hasSize(1);
        assertThat(contents.badRows()).containsExactly(new BadRow(3, "seq 1 stands in the file already"));
    }

    @Test
    void a_bad_row_does_not_use_up_its_sequence_number() throws Exception {
        assertThat(read(HEADER, GOOD.replace("2024-08-01", "soon"), GOOD).deliveries())
                .hasSize(1);
    }

    @Test
    void a_stray_quote_spoils_only_its_own_line() throws Exception {
        var contents = read(
                HEADER, "1,2024-08-01,\"u,4,1,3,4,1,1,1,1,1,0,0", "2" + GOOD.substring(1), "", "3" + GOOD.substring(1));

        assertThat(contents.deliveries()).extracting(Delivery::seq).containsExactly(2L, 3L);
        assertThat(contents.deliveries()).extracting(Delivery::line).containsExactly(3L, 5L);
    }

    @Test
    void columns_are_found_by_name_whatever_their_order() throws Exception {
        var names = HEADER.split(",");
        var fields = GOOD.split(",");
        var header = new StringBuilder("\uFEFFextra");
        var row = new StringBuilder("whatever");
        for (int i = names.length - 1; i >= 0; i--) {
            header.append(',').append(names[i]);
            row.append(',').append(fields[i]);
        }

        assertThat(read(header.toString(), row.toString())
                        .deliveries()
                        .getFirst()
                        .grams())
                .isEqualTo(23_762);
    }

    @Test
    void windows_line_ends_are_line_ends() throws Exception {
        assertThat(read(HEADER + "\r", GOOD + "\r").deliveries()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"seq,date\n1,2024-08-01", "", "a file of words", HEADER, HEADER + "\nx,y"})
    void a_file_that_is_something_else_is_refused(String text) throws IOException {
        var file = write(text);

        assertThatThrownBy(() -> DeliveryFile.read(file)).isInstanceOf(RefusedFile.class);
    }

    @Test
    void a_missing_column_is_named() throws IOException {
        var file = write(HEADER.replace(",grid_y", "") + "\n" + GOOD);

        assertThatThrownBy(() -> DeliveryFile.read(file)).hasMessage("lacks the columns grid_y");
    }

    @Test
    void an_absent_file_is_refused() {
        assertThatThrownBy(() -> DeliveryFile.read(folder.resolve("absent.csv")))
                .isInstanceOf(RefusedFile.class);
    }

    @Test
    void bytes_that_are_no_text_make_a_bad_row() throws Exception {
        var file = folder.resolve("bytes.csv");
        var bad = "9,2024-08-01,u\u00ff,4,1,3,4,1,1,1,1,1,0,0".getBytes(StandardCharsets.ISO_8859_1);
        try (var out = Files.newOutputStream(file)) {
            out.write((HEADER + "\n" + GOOD + "\n").getBytes(StandardCharsets.UTF_8));
            out.write(bad);
        }

        assertThat(DeliveryFile.read(file).badRows()).extracting(BadRow::line).containsExactly(3L);
    }

    private DeliveryFile.Contents read(String... lines) throws IOException, RefusedFile {
        return DeliveryFile.read(write(String.join("\n", lines)));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("deliveries.csv"), text);
    }
}
