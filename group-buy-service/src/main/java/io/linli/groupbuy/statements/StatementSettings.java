package io.linli.groupbuy.statements;

import io.linli.groupbuy.statements.Reconciliations.Limits;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Limits of statements and of the reports on group buys.
///
/// @param periodMaxDays the longest period of one statement
/// @param rowsMax how many postings one statement on paper has, and how many differences one report
/// @param reconciledMax how many group buys the report on a period has
/// @param reconciledOrdersMax how many orders they have together
/// @param refundAskMax how long the refund of a cancelled order may wait to be asked for before the report names it
/// @param refundConfirmMax how long the payment provider may take to confirm a refund before the report names it
@ConfigurationProperties("linli.groupbuy.statements")
record StatementSettings(
        @DefaultValue("366") int periodMaxDays,
        @DefaultValue("20000") int rowsMax,
        @DefaultValue("500") int reconciledMax,
        @DefaultValue("20000") int reconciledOrdersMax,
        @DefaultValue("1h") Duration refundAskMax,
        @DefaultValue("3d") Duration refundConfirmMax) {

    Limits limits(Instant now, int differencesMax) {
        return new Limits(now.minus(refundAskMax), now.minus(refundConfirmMax), differencesMax);
    }
}
