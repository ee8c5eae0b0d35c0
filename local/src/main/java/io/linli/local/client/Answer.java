package io.linli.local.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the public API answered in the end, and how long that took with all retries.
public record Answer(int status, byte[] body, boolean replayed, Duration took) {

    static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    boolean isGood() {
        return status >= 200 && status < 300;
    }

    public <T> T as(Class<T> type) {
        return as(JSON.constructType(type));
    }

    <T> T as(JavaType type) {
        return JSON.readValue(body, type);
    }

    public JsonNode json() {
        return JSON.readTree(body);
    }

    /// The stable word of the problem, "" when the body is none.
    public String problem() {
        try {
            var type = json().path("type").asString("");
            return type.substring(type.lastIndexOf('/') + 1);
        } catch (JacksonException notJson) {
            return "";
        }
    }

    /// What the problem says of one field, "" when it says nothing of it.
    public String error(String field) {
        return json().path("errors").values().stream()
                .filter(error -> error.path("field").asString("").equals(field))
                .map(error -> error.path("message").asString(""))
                .findFirst()
                .orElse("");
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
