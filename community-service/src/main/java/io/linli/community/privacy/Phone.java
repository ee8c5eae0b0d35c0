package io.linli.community.privacy;

import io.linli.kit.web.Problem;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/// A phone number in one spelling, so that equal numbers are equal texts. *Shape:* E.164, `+8613800138000`.
/// Numbers without a country code are Chinese.
public record Phone(String e164) {
    private static final Pattern SPACING = Pattern.compile("[\\s\\-()./·]");
    private static final Pattern INTERNATIONAL = Pattern.compile("\\+[1-9]\\d{6,14}");
    private static final Pattern CHINESE = Pattern.compile("\\+86(1[3-9]\\d{9}|10\\d{8}|[2-9]\\d{8,10})");
    private static final String CHINA = "+86";

    public Phone {
        if (!isNumber(e164)) {
            throw new IllegalArgumentException("not a phone number in E.164");
        }
    }

    /// Reads what people type: spaces, dashes, full-width digits, `+86`, `0086`, or none of it.
    public static Optional<Phone> parse(String typed) {
        var digits = SPACING.matcher(Normalizer.normalize(typed, Normalizer.Form.NFKC))
                .replaceAll("");
        var e164 = withCountry(digits);
        return isNumber(e164) ? Optional.of(new Phone(e164)) : Optional.empty();
    }

    /// The number that was typed. *Errors:* 422 `phone-invalid`.
    public static Phone required(String typed) {
        return parse(typed).orElseThrow(() -> Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "phone-invalid"));
    }

    private static String withCountry(String digits) {
        if (digits.startsWith("+")) {
            return digits;
        }
        if (digits.startsWith("00")) {
            return "+" + digits.substring(2);
        }
        if (digits.length() == 13 && digits.startsWith("861")) {
            return "+" + digits;
        }
        return CHINA + (digits.startsWith("0") ? digits.substring(1) : digits);
    }

    private static boolean isNumber(String e164) {
        return e164.startsWith(CHINA)
                ? CHINESE.matcher(e164).matches()
                : INTERNATIONAL.matcher(e164).matches();
    }

    /// For everybody else's eyes: at least six digits hidden. *Source:* GB/T 41833-2022.
    public String masked() {
        var national = national();
        var head = Math.clamp(national.length() - 8L, 0, 3);
        var tail = Math.clamp(national.length() - 6L - head, 0, 2);
        return mask(national, head, tail);
    }

    /// For the owner's own screen only: four digits hidden.
    public String maskedForOwner() {
        var national = national();
        return national.length() < 11 ? masked() : mask(national, 3, 4);
    }

    private String national() {
        return e164.startsWith(CHINA) ? e164.substring(CHINA.length()) : e164.substring(1);
    }

    private static String mask(String digits, int head, int tail) {
        return digits.substring(0, head)
                + "*".repeat(digits.length() - head - tail)
                + digits.substring(digits.length() - tail);
    }

    @Override
    public String toString() {
        return masked();
    }
}
