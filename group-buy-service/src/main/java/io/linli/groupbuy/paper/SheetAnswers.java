package io.linli.groupbuy.paper;

import io.linli.groupbuy.paper.Sheet.Cell;
import io.linli.groupbuy.paper.Sheet.Column;
import io.linli.groupbuy.paper.Sheet.Section;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// Answers a request with a sheet in the format it asks for: by its `format` parameter, else by its `Accept` header,
/// else JSON. *Shape:* the schema `SheetTable` of the contract, unless it is given another.
@Component
public class SheetAnswers {
    private final Paperwork paperwork;
    private final JsonMapper json;

    SheetAnswers(Paperwork paperwork, JsonMapper json) {
        this.paperwork = paperwork;
        this.json = json;
    }

    private record Table(String title, List<String> columns, List<Part> sections) {}

    private record Part(String heading, List<List<String>> rows, List<String> total) {}

    /// @param format `json`, `xlsx`, `pdf` or absent
    public Mono<Resource> print(Sheet sheet, @Nullable String format, ServerWebExchange exchange) {
        return print(() -> Mono.just(toTable(sheet)), () -> Mono.just(sheet), format, exchange);
    }

    /// The same for what has a shape of its own as JSON: only what is asked for is made.
    public Mono<Resource> print(
            Supplier<Mono<?>> document,
            Supplier<Mono<Sheet>> sheet,
            @Nullable String format,
            ServerWebExchange exchange) {
        var printed = asked(format, exchange);
        Mono<byte[]> bytes = printed == null
                ? document.get().map(json::writeValueAsBytes)
                : sheet.get().flatMap(made -> paperwork.print(made, printed));
        return bytes.map(ByteArrayResource::new);
    }

    /// Says of what type the answer is; to be called before anything is awaited, because Spring looks for a type of its
    /// own as soon as it is given a publisher.
    public static void announce(@Nullable String format, ServerWebExchange exchange) {
        var printed = asked(format, exchange);
        var type = printed == null ? MediaType.APPLICATION_JSON : MediaType.parseMediaType(printed.mediaType());
        exchange.getResponse().getHeaders().setContentType(type);
    }

    private static @Nullable Format asked(@Nullable String format, ServerWebExchange exchange) {
        return format == null ? accepted(exchange.getRequest().getHeaders().getAccept()) : named(format);
    }

    private static @Nullable Format named(String format) {
        return format.equals("json") ? null : Format.valueOf(format.toUpperCase(Locale.ROOT));
    }

    /// What is accepted most, JSON among equals; whoever accepts anything gets JSON.
    private static @Nullable Format accepted(List<MediaType> accept) {
        return accept.stream()
                .filter(asked -> asked.getQualityValue() > 0)
                .max(Comparator.comparingDouble(MediaType::getQualityValue).thenComparing(SheetAnswers::isJson))
                .flatMap(SheetAnswers::format)
                .orElse(null);
    }

    private static boolean isJson(MediaType asked) {
        return format(asked).isEmpty();
    }

    private static Optional<Format> format(MediaType asked) {
        return Arrays.stream(Format.values())
                .filter(format -> asked.equalsTypeAndSubtype(MediaType.parseMediaType(format.mediaType())))
                .findFirst();
    }

    private static Table toTable(Sheet sheet) {
        return new Table(
                sheet.title(),
                sheet.columns().stream().map(Column::name).toList(),
                sheet.sections().stream().map(SheetAnswers::toPart).toList());
    }

    private static Part toPart(Section section) {
        return new Part(
                section.heading(),
                section.rows().stream().map(SheetAnswers::toTexts).toList(),
                toTexts(section.total()));
    }

    private static List<String> toTexts(List<Cell> cells) {
        return cells.stream().map(Cell::shown).toList();
    }
}
