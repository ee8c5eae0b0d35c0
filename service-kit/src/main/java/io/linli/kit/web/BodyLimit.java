package io.linli.kit.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Refuses a request body over the limit with 413 `body-too-large`, by its announced length or while it is read, and
/// one of which nothing more comes with 408 `body-too-slow`.
///
/// It hands on copies outside Netty's pool: when reading fails half-way, Spring's reader and its writer, which is
/// subscribed downstream of a `Mono` body, both release what was read, and a pooled buffer would be released twice.
final class BodyLimit implements WebFilter {
    private final long bytesMax;
    private final Duration readTimeout;

    BodyLimit(DataSize max, Duration readTimeout) {
        this.bytesMax = max.toBytes();
        this.readTimeout = readTimeout;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (exchange.getRequest().getHeaders().getContentLength() > bytesMax) {
            return Mono.error(tooLarge());
        }
        return chain.filter(exchange.mutate().request(counted(exchange)).build());
    }

    private ServerHttpRequestDecorator counted(ServerWebExchange exchange) {
        return new ServerHttpRequestDecorator(exchange.getRequest()) {
            @Override
            public Flux<DataBuffer> getBody() {
                var read = new AtomicLong();
                return super.getBody().timeout(readTimeout, tooSlow()).handle((buffer, sink) -> {
                    var bytes = copied(buffer);
                    if (read.addAndGet(bytes.length) > bytesMax) {
                        sink.error(tooLarge());
                    } else {
                        sink.next(DefaultDataBufferFactory.sharedInstance.wrap(bytes));
                    }
                });
            }
        };
    }

    private static byte[] copied(DataBuffer buffer) {
        var bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    /// A client that stops sending is at fault, not the service behind: no breaker may count it.
    private static Mono<DataBuffer> tooSlow() {
        return Mono.error(() -> Problem.of(HttpStatus.REQUEST_TIMEOUT, "body-too-slow"));
    }

    private static Problem tooLarge() {
        return Problem.of(HttpStatus.CONTENT_TOO_LARGE, "body-too-large");
    }
}
