package io.linli.dispatch.help;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.springframework.http.HttpHeaders;

/// What somebody whose life is in danger is told at once, in the language they asked for; Chinese unless English.
final class EmergencyCall {

    private static final ResourceBundle.Control NO_OTHER_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private EmergencyCall() {}

    /// A header that cannot be read keeps nobody from being told.
    static String message(HttpHeaders headers) {
        try {
            return message(headers.getAcceptLanguage());
        } catch (IllegalArgumentException unreadable) {
            return message(List.of());
        }
    }

    private static String message(List<Locale.LanguageRange> accepted) {
        var found = Locale.lookup(accepted, List.of(Locale.SIMPLIFIED_CHINESE, Locale.CHINESE, Locale.ENGLISH));
        var language = Locale.ENGLISH.equals(found) ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
        return ResourceBundle.getBundle("problems.dispatch", language, NO_OTHER_LANGUAGE)
                .getString("help-call-120");
    }
}
