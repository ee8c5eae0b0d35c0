package io.linli.local.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/// A file of deliveries, read row by row: a bad row is reported with its line and left out, never half taken.
///
/// *Errors*: [RefusedFile] when the file as a whole cannot be used (absent, empty, columns missing).
/// Every line is one row, so that a stray quote spoils its own line and not the rest of the file.
final class DeliveryFile {

    private static final CSVFormat LINE =
            CSVFormat.RFC4180.builder().setTrim(true).get();
    private static final int LONGEST_LINE = 4_000;

    record BadRow(long line, String reason) {}

    record Contents(List<Delivery> deliveries, List<BadRow> badRows) {}

    /// The file cannot be used at all.
    static final class RefusedFile extends Exception {
        RefusedFile(String reason) {
            super(reason);
        }
    }

    private final Set<Long> seqs = new HashSet<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private final List<BadRow> badRows = new ArrayList<>();

    private DeliveryFile() {}

    static Contents read(Path path) throws RefusedFile {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        try (var lines = new BufferedReader(new InputStreamReader(Files.newInputStream(path), decoder))) {
            return new DeliveryFile().read(lines);
        } catch (IOException e) {
            throw new RefusedFile("cannot be read: " + e);
        }
    }

    private Contents read(BufferedReader lines) throws IOException, RefusedFile {
        var row = new DeliveryRow(header(lines.readLine()));
        long number = 1;
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                take(row, number, line);
            }
        }
        if (deliveries.isEmpty()) {
            throw new RefusedFile("has no usable row (" + badRows.size() + " bad ones)");
        }
        return new Contents(List.copyOf(deliveries), List.copyOf(badRows));
    }

    private static CSVRecord header(@Nullable String line) throws RefusedFile {
        if (line == null) {
            throw new RefusedFile("is empty");
        }
        var header = parse(line.startsWith("\uFEFF") ? line.substring(1) : line)
                .orElseThrow(() -> new RefusedFile("has no readable header line"));
        var missing = new ArrayList<>(DeliveryRow.COLUMNS);
        missing.removeAll(header.toList());
        if (!missing.isEmpty()) {
            throw new RefusedFile("lacks the columns " + String.join(", ", missing));
        }
        return header;
    }

    private void take(DeliveryRow row, long number, String line) {
        try {
            var fields = parse(line).orElseThrow(() -> new DeliveryRow.Bad("is not a readable CSV line"));
            var delivery = row.read(number, fields);
            if (!seqs.add(delivery.seq())) {
                throw new DeliveryRow.Bad("seq " + delivery.seq() + " stands in the file already");
            }
            deliveries.add(delivery);
        } catch (DeliveryRow.Bad bad) {
            badRows.add(new BadRow(number, bad.getMessage()));
        }
    }

    private static Optional<CSVRecord> parse(String line) {
        if (line.length() > LONGEST_LINE) {
            return Optional.empty();
        }
        try (var parser = CSVParser.parse(line, LINE)) {
            return parser.stream().findFirst();
        } catch (IOException | IllegalArgumentException | java.io.UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
