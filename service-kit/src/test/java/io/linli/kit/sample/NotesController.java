package io.linli.kit.sample;

import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/v1/communities/{communityId}/notes")
class NotesController {
    private final Notes notes;
    private final Writes writes;
    private final Transactions transactions;

    record Count(long count) {}

    NotesController(Notes notes, Writes writes, Transactions transactions) {
        this.notes = notes;
        this.writes = writes;
        this.transactions = transactions;
    }

    @PostMapping
    Mono<Note> write(@PathVariable UUID communityId, @Valid @RequestBody Mono<Note> body, ServerWebExchange exchange) {
        return body.flatMap(note -> writes.once(
                exchange,
                communityId,
                note,
                Note.class,
                () -> Caller.current()
                        .map(caller -> caller.as(communityId, "resident"))
                        .flatMap(_ -> refusedOr(note, communityId))));
    }

    private Mono<Note> refusedOr(Note note, UUID communityId) {
        return notes.write(communityId, note.text())
                .flatMap(written -> note.text().equals("refused")
                        ? Mono.error(Problem.of(HttpStatus.CONFLICT, "note-refused", note.text()))
                        : Mono.just(written));
    }

    @GetMapping("/{noteId}")
    Mono<Note> read(@PathVariable UUID communityId, @PathVariable("noteId") UUID wanted) {
        return Caller.current()
                .map(caller -> caller.in(communityId))
                .then(notes.find(communityId, wanted))
                .switchIfEmpty(Mono.error(Notes::missing));
    }

    @PutMapping("/{noteId}")
    Mono<Note> change(
            @PathVariable UUID communityId,
            @PathVariable UUID noteId,
            @Valid @RequestBody Mono<Note> body,
            ServerWebExchange exchange) {
        return body.flatMap(note -> writes.once(
                exchange,
                communityId,
                note,
                Note.class,
                () -> Caller.current()
                        .map(caller -> caller.as(communityId, "resident"))
                        .then(notes.change(noteId, note.text()))
                        .filter(changed -> changed > 0)
                        .switchIfEmpty(Mono.error(Notes::missing))
                        .thenReturn(new Note(noteId, note.text()))));
    }

    @DeleteMapping("/{noteId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(@PathVariable UUID communityId, @PathVariable UUID noteId, ServerWebExchange exchange) {
        return writes.once(
                exchange,
                communityId,
                "",
                Void.class,
                () -> Caller.current()
                        .map(caller -> caller.as(communityId, "resident"))
                        .then(notes.remove(noteId))
                        .filter(removed -> removed > 0)
                        .switchIfEmpty(Mono.error(Notes::missing))
                        .then());
    }

    /// Slow on purpose.
    @GetMapping("/count")
    Mono<Count> count(
            @PathVariable UUID communityId,
            @RequestParam(name = "millis", defaultValue = "0") @Min(0) @Max(60_000) long wait) {
        return Caller.current()
                .map(caller -> caller.in(communityId))
                .then(transactions.in(communityId, () -> notes.count(wait / 1000.0)))
                .map(Count::new);
    }
}
