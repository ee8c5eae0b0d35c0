package io.linli.partner;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;

/// A secret shared with a partner, and the signatures made with it. *Source:* Standard Webhooks 1.0.0.
public final class WebhookSecret {
    private final Webhook webhook;

    /// @param secret `whsec_` and the Base64 of 24 to 64 random bytes
    public WebhookSecret(String secret) {
        try {
            this.webhook = new Webhook(secret);
        } catch (EmptyWebhookSecretException empty) {
            throw new IllegalArgumentException("a webhook secret is empty", empty);
        }
    }

    /// The signature `v1,…` of one attempt to deliver a message.
    public String sign(String id, long unixSeconds, String body) {
        try {
            return webhook.sign(id, unixSeconds, body);
        } catch (WebhookSigningException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }
}
