package io.linli.groupbuy.closing;

import io.linli.groupbuy.allocation.AllocationRun;
import io.linli.groupbuy.allocation.Explanation;
import io.linli.groupbuy.allocation.Explanation.Queued;
import io.linli.groupbuy.allocation.Explanation.Shared;
import io.linli.groupbuy.allocation.Policy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/// Says in words why a household gets what it gets, in Chinese unless English is preferred.
@Component
class ExplanationTexts {
    private final ResourceBundleMessageSource texts = new ResourceBundleMessageSource();

    ExplanationTexts() {
        texts.setBasename("explanations/allocation");
        texts.setDefaultEncoding(StandardCharsets.UTF_8.name());
        texts.setFallbackToSystemLocale(false);
    }

    String tell(AllocationRun.Head head, Explanation told, Locale language) {
        if (head.claimed() <= head.supply()) {
            return text("enough", language, head.supply(), head.claimed(), told.claimed());
        }
        var sentences = new ArrayList<String>();
        sentences.add(
                text(key(head.policy()), language, head.supply(), head.claimed(), told.claimed(), told.granted()));
        switch (told) {
            case Queued queued ->
                queued.places()
                        .forEach(place -> sentences.add(
                                text("place", language, place.quantity(), place.ahead(), place.granted())));
            case Shared shared ->
                sentences.add(text("share", language, shared.perMember(), shared.members(), shared.rest()));
        }
        return String.join(Locale.ENGLISH.equals(language) ? " " : "", sentences);
    }

    static Locale language(HttpHeaders headers) {
        try {
            var preferred = Locale.lookup(
                    headers.getAcceptLanguage(), List.of(Locale.SIMPLIFIED_CHINESE, Locale.CHINESE, Locale.ENGLISH));
            return Locale.ENGLISH.equals(preferred) ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
        } catch (IllegalArgumentException malformed) {
            return Locale.SIMPLIFIED_CHINESE;
        }
    }

    private static String key(Policy policy) {
        return switch (policy) {
            case FIRST_COME -> "first-come";
            case EQUAL_SHARE -> "equal-share";
            case NEED_FIRST -> "need-first";
        };
    }

    private String text(String key, Locale language, Object... numbers) {
        return texts.getMessage(key, numbers, language);
    }
}
