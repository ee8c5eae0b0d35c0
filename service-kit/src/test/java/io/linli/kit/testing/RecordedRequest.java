package io.linli.kit.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.web.reactive.function.client.ClientRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The body and content type of a request as they went over the wire.
final class RecordedRequest {

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private Optional<MediaType> contentType = Optional.empty();

    ClientRequest recording(ClientRequest request) {
        return ClientRequest.from(request)
                .body((output, context) -> request.body().insert(new Recorder(output), context))
                .build();
    }

    synchronized byte[] body() {
        return body.toByteArray();
    }

    synchronized Optional<String> contentType() {
        return contentType.map(MediaType::toString);
    }

    private synchronized void record(DataBuffer buffer) {
        var copy = ByteBuffer.allocate(buffer.readableByteCount());
        buffer.toByteBuffer(copy);
        body.writeBytes(copy.array());
    }

    private synchronized void recordType(@org.jspecify.annotations.Nullable MediaType sent) {
        contentType = Optional.ofNullable(sent);
    }

    private final class Recorder extends ClientHttpRequestDecorator {
        private Recorder(ClientHttpRequest output) {
            super(output);
        }

        @Override
        public Mono<Void> writeWith(Publisher<? extends DataBuffer> sent) {
            recordType(getHeaders().getContentType());
            return super.writeWith(Flux.from(sent).doOnNext(RecordedRequest.this::record));
        }
    }
}
