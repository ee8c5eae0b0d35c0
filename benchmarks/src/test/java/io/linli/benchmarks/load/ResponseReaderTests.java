package io.linli.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\nbody",
                "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n",
                "HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 201 Created\r\n\r\n"
            })
    void an_answer_is_complete_with_its_last_byte_and_not_before(String answer) {
        var reader = new ResponseReader();
        var bytes = answer.getBytes(US_ASCII);

        for (int i = 0; i < bytes.length; i++) {
            assertThat(reader.isComplete()).as("after %d bytes", i).isFalse();
            reader.room()[reader.filled()] = bytes[i];
            reader.add(1);
        }

        assertThat(reader.isComplete()).isTrue();
        assertThat(reader.status()).isEqualTo(201);
        assertThat(reader.closes()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100_000})
    void an_answer_may_be_larger_than_the_first_room(int length) {
        var reader = new ResponseReader();
        var answer = "HTTP/1.1 503 Busy\r\nConnection: close\r\nContent-Length: %d\r\n\r\n".formatted(length)
                + "x".repeat(length);

        for (byte each : answer.getBytes(US_ASCII)) {
            reader.room()[reader.filled()] = each;
            reader.add(1);
        }

        assertThat(reader.isComplete()).isTrue();
        assertThat(reader.status()).isEqualTo(503);
        assertThat(reader.closes()).isTrue();
        assertThat(reader.body()).hasSize(length);
    }
}
