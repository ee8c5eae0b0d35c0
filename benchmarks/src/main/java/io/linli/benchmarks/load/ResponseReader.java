package io.linli.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads HTTP/1.1 answers out of bytes as they arrive, and no more of them than a load client needs: status, whether
/// the connection stays, and where the answer ends.
final class ResponseReader {
    private static final int FIRST_SIZE = 4 * 1024;
    private static final int LARGEST = 64 * 1024 * 1024;
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "\r\ntransfer-encoding: chunked".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSE = "\r\nconnection: close".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BLANK_LINE = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[FIRST_SIZE];
    private int filled;
    private int bodyAt;

    /// Room for at least one more byte; the array to read into, from [#filled] on.
    byte[] room() {
        if (filled == bytes.length) {
            if (bytes.length >= LARGEST) {
                throw new IllegalStateException("an answer of more than " + LARGEST + " bytes");
            }
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        return bytes;
    }

    int filled() {
        return filled;
    }

    void add(int count) {
        filled += count;
    }

    /// Whether a whole answer has arrived. One request is under way at a time, so nothing follows it.
    boolean isComplete() {
        if (bodyAt == 0) {
            int end = indexOf(BLANK_LINE, 0, filled);
            if (end < 0) {
                return false;
            }
            bodyAt = end + BLANK_LINE.length;
        }
        if (indexOf(CHUNKED, 0, bodyAt) >= 0) {
            return indexOf(LAST_CHUNK, Math.max(bodyAt - 2, filled - LAST_CHUNK.length), filled) >= 0;
        }
        return filled >= bodyAt + contentLength();
    }

    int status() {
        return (bytes[STATUS_AT] - '0') * 100 + (bytes[STATUS_AT + 1] - '0') * 10 + bytes[STATUS_AT + 2] - '0';
    }

    boolean closes() {
        return indexOf(CLOSE, 0, bodyAt) >= 0;
    }

    String body() {
        return new String(bytes, bodyAt, filled - bodyAt, StandardCharsets.UTF_8);
    }

    void clear() {
        filled = 0;
        bodyAt = 0;
    }

    private int contentLength() {
        int at = indexOf(LENGTH, 0, bodyAt);
        if (at < 0) {
            return 0;
        }
        int length = 0;
        for (int i = at + LENGTH.length; bytes[i] != '\r'; i++) {
            if (bytes[i] != ' ') {
                length = 10 * length + bytes[i] - '0';
            }
        }
        return length;
    }

    /// Letters of what is looked for are small, those of the answer any.
    private int indexOf(byte[] what, int from, int to) {
        for (int start = from; start <= to - what.length; start++) {
            int matched = 0;
            while (matched < what.length && small(bytes[start + matched]) == what[matched]) {
                matched++;
            }
            if (matched == what.length) {
                return start;
            }
        }
        return -1;
    }

    private static byte small(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? (byte) (letter + 'a' - 'A') : letter;
    }
}
