package io.linli.groupbuy.statements;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.settlement.Account;
import io.linli.groupbuy.settlement.Ledger;
import io.linli.groupbuy.settlement.Occasion;
import io.linli.groupbuy.settlement.Transaction;
import io.linli.groupbuy.settlement.Transaction.Posting;
import io.linli.kit.data.Transactions;
import io.linli.kit.testing.ServiceUnderTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;

/// Posts to the ledger of a neighbourhood and reads what is told and printed of it.
final class Accounts {
    private final ServiceUnderTest service;
    private final Neighbourhood here;

    Accounts(ServiceUnderTest service, Neighbourhood here) {
        this.service = service;
        this.here = here;
    }

    Account clearing() {
        return Account.clearing(here.community());
    }

    /// So much from the payment provider to an account.
    void post(Account account, long fen, Instant at) {
        post(List.of(new Posting(account, null, fen), new Posting(clearing(), null, -fen)), at);
    }

    void post(List<Posting> postings, Instant at) {
        var transaction = new Transaction(
                here.community(), "test:" + UUID.randomUUID(), Occasion.PAID, UUID.randomUUID(), at, postings);
        service.bean(Transactions.class)
                .in(here.community(), () -> service.bean(Ledger.class).post(List.of(transaction)))
                .block(Duration.ofSeconds(20));
    }

    long balance(Account account) {
        return service.jdbc()
                .sql("SELECT coalesce(sum(fen), 0) FROM posting WHERE account = ? AND owner_id = ?")
                .params(account.kind().word(), account.owner())
                .query(Long.class)
                .single();
    }

    byte[] bytes(String token, String path) {
        return service.client(token)
                .get()
                .uri("/v1/communities/" + here.community() + path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
    }

    String pdf(String token, String path) {
        try (var document = Loader.loadPDF(bytes(token, path))) {
            return new PDFTextStripper().getText(document);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    List<Row> excel(String token, String path) {
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(bytes(token, path)))) {
            return workbook.getFirstSheet().read();
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }
}
