package io.linli.community.households;

import io.linli.community.households.Households.Place;
import io.linli.community.households.Households.Room;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Finds households by the addresses people write: `12`, `12号` and `12 号楼` are one building, `1201` and `1201室` one
/// room. Tells ids only, so nothing is revealed.
@Component
public class MatchHouseholds {
    private final Households households;

    MatchHouseholds(Households households) {
        this.households = households;
    }

    /// As it was written; without a unit, any unit of the building.
    public record Address(String building, @Nullable String unit, String room) {}

    /// A household and the building it lives in.
    public record Match(UUID household, UUID building) {}

    /// Which households live at each address, in the order of the addresses.
    public Mono<List<Set<Match>>> handle(List<Address> addresses) {
        return households.findPlaces().flatMap(places -> match(addresses, places));
    }

    private Mono<List<Set<Match>>> match(List<Address> addresses, List<Place> places) {
        var byBuilding = places.stream().collect(Collectors.groupingBy(place -> plain(place.building())));
        var wanted =
                addresses.stream().map(address -> rooms(address, byBuilding)).toList();
        var rooms = wanted.stream().flatMap(Set::stream).distinct().toList();
        return households
                .findByRooms(rooms)
                .map(found -> wanted.stream().map(each -> at(each, found)).toList());
    }

    private static Set<Room> rooms(Address address, Map<String, List<Place>> byBuilding) {
        var unit = address.unit() == null ? "" : plain(address.unit());
        return byBuilding.getOrDefault(plain(address.building()), List.of()).stream()
                .filter(place -> unit.isEmpty() || plain(place.unitName()).equals(unit))
                .flatMap(place -> spellings(address.room()).stream()
                        .map(room -> new Room(place.buildingId(), place.unit(), room)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<Match> at(Set<Room> rooms, Map<Room, UUID> found) {
        return rooms.stream()
                .flatMap(room ->
                        Stream.ofNullable(found.get(room)).map(household -> new Match(household, room.building())))
                .collect(Collectors.toSet());
    }

    /// A room can only be found as it was registered, so the usual spellings are tried.
    private static Set<String> spellings(String written) {
        var room = compact(written).toUpperCase(Locale.ROOT);
        var number = room.endsWith("室") ? room.substring(0, room.length() - 1) : room;
        return new LinkedHashSet<>(List.of(written.strip(), number, number + "室", number.toLowerCase(Locale.ROOT)));
    }

    private static String plain(String name) {
        var compact = compact(name).toUpperCase(Locale.ROOT);
        var plain = compact.replaceAll("(号楼|号|楼|栋|幢|座|单元|门)$", "");
        return plain.isEmpty() ? compact : plain;
    }

    private static String compact(String text) {
        return java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFKC)
                .replaceAll("\\s", "");
    }
}
