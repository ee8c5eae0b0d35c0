package io.linli.groupbuy.statements;

import static io.linli.groupbuy.Neighbourhood.item;
import static io.linli.groupbuy.Neighbourhood.itemOf;
import static io.linli.groupbuy.Neighbourhood.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.groupbuy.Neighbourhood;
import io.linli.groupbuy.Neighbourhood.Answer;
import io.linli.groupbuy.paper.Format;
import io.linli.groupbuy.settlement.Account;
import io.linli.groupbuy.settlement.Transaction.Posting;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class StatementsControllerTests {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service().with("linli.groupbuy.statements.rows-max", "50");

    private final Neighbourhood here = new Neighbourhood(service);
    private final Accounts accounts = new Accounts(service, here);
    private final UUID household = UUID.randomUUID();
    private final Account account = Account.household(household);
    private final String resident = here.resident(household);

    @Test
    void a_period_is_the_days_of_the_community_with_both_ends() {
        accounts.post(account, 1, Instant.parse("2026-10-31T15:59:59.999999Z"));
        accounts.post(account, 20, Instant.parse("2026-10-31T16:00:00Z"));
        accounts.post(account, 300, Instant.parse("2026-11-30T15:59:59.999999Z"));
        accounts.post(account, 4000, Instant.parse("2026-11-30T16:00:00Z"));

        var november =
                statement(resident, account, "from=2026-11-01&to=2026-11-30").body();

        assertThat(november.get("openingFen").asLong()).isEqualTo(1);
        assertThat(fen(november, "fen")).containsExactly(20L, 300L);
        assertThat(fen(november, "balanceFen")).containsExactly(21L, 321L);
        assertThat(november.get("closingFen").asLong()).isEqualTo(321);
    }

    @Test
    void pages_follow_one_another_also_within_one_transaction() {
        var at = Instant.parse("2026-11-10T04:00:00Z");
        var postings = new ArrayList<Posting>();
        IntStream.rangeClosed(1, 7).forEach(fen -> postings.add(new Posting(account, null, fen)));
        postings.add(new Posting(accounts.clearing(), null, -28));
        accounts.post(account, 100, at.minusSeconds(1_000_000));
        accounts.post(postings, at);
        accounts.post(account, -8, at);

        var pages = pages(resident, account, "from=2026-11-10&to=2026-11-10&limit=3");

        assertThat(pages).hasSize(3).allSatisfy(page -> {
            assertThat(page.get("openingFen").asLong()).isEqualTo(100);
            assertThat(page.get("closingFen").asLong()).isEqualTo(120);
        });
        var balances =
                pages.stream().flatMap(page -> fen(page, "balanceFen").stream()).toList();
        assertThat(balances).hasSize(8).doesNotHaveDuplicates().endsWith(120L);
    }

    @Test
    void each_period_opens_with_what_the_one_before_closed() {
        var random = new Random(20261122);
        var begin = Instant.parse("2026-08-31T16:00:00Z");
        var posted = new ArrayList<Map.Entry<Instant, Long>>();
        for (var number = 0; number < 120; number++) {
            var at = begin.plusSeconds(random.nextInt(91 * 24 * 3600));
            var fen = random.nextInt(1, 10_000) * (random.nextBoolean() ? 1L : -1L);
            posted.add(Map.entry(at, fen));
            accounts.post(account, fen, at);
        }

        var balance = 0L;
        for (var month : List.of(9, 10, 11)) {
            var first = LocalDate.of(2026, month, 1);
            var last = first.plusMonths(1).minusDays(1);
            var entries = new ArrayList<Long>();
            var expected = posted.stream()
                    .filter(each -> each.getKey().atZone(SHANGHAI).getMonthValue() == month)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            for (var page : pages(resident, account, "from=" + first + "&to=" + last + "&limit=7")) {
                assertThat(page.get("openingFen").asLong()).isEqualTo(balance);
                assertThat(page.get("closingFen").asLong()).isEqualTo(balance + expected);
                var running =
                        balance + entries.stream().mapToLong(Long::longValue).sum();
                for (var entry : page.get("items")) {
                    running += entry.get("fen").asLong();
                    entries.add(entry.get("fen").asLong());
                    assertThat(entry.get("balanceFen").asLong()).isEqualTo(running);
                }
            }
            balance += expected;
            assertThat(entries.stream().mapToLong(Long::longValue).sum()).isEqualTo(expected);
        }
        assertThat(balance).isEqualTo(accounts.balance(account));
    }

    @Test
    void every_party_reads_how_a_group_buy_was_paid() {
        var groupBuy = here.openWith(Map.of("paymentMode", "cash", "feeFlatFen", 50), item("鸡蛋", 10, 5));
        assertThat(groupBuy.status()).as(groupBuy.body().toString()).isEqualTo(201);
        var id = groupBuy.id("groupBuyId");
        var order = here.place(resident, id, line(itemOf(groupBuy, 0), 2)).id("orderId");
        var cash = Map.of("payments", List.of(Map.of("orderId", order, "amountFen", 700)));
        here.post(here.leader(), "/group-buys/" + id + "/cash-payments", cash);
        assertThat(here.close(here.leader(), id).body().get("state").asString()).isEqualTo("formed");
        var supplier = Account.supplier(UUID.fromString(here.get(here.leader(), "/group-buys/" + id)
                .body()
                .get("supplierId")
                .asString()));

        var mine = statement(resident, account, today()).body();
        var leaders = statement(here.leader(), Account.leader(here.leaderId()), today())
                .body();
        var suppliers = statement(here.coordinator(), supplier, today()).body();

        assertThat(mine.get("items"))
                .extracting(entry -> entry.get("occasion").asString())
                .containsExactly("paid", "formed");
        assertThat(mine.get("items")).allSatisfy(entry -> {
            assertThat(entry.get("groupBuyTitle").asString()).isEqualTo("周二蔬菜");
            assertThat(entry.get("orderId").asString()).isEqualTo(order.toString());
            assertThat(entry.get("serialNumber").asInt()).isEqualTo(1);
        });
        assertThat(fen(mine, "balanceFen")).containsExactly(700L, 0L);
        assertThat(fen(leaders, "fen")).containsExactly(-700L, 50L);
        assertThat(fen(suppliers, "fen")).containsExactly(650L);
        assertThat(suppliers.get("items").get(0).has("orderId")).isFalse();
    }

    @Test
    void paper_tells_the_whole_period_in_yuan() {
        accounts.post(account, 100_005, Instant.parse("2026-10-15T04:00:00Z"));
        accounts.post(account, -5, Instant.parse("2026-11-15T04:30:00Z"));
        var path = path(account, "from=2026-11-01&to=2026-11-30&limit=1");

        var rows = accounts.excel(resident, path + "&format=xlsx");
        var pdf = accounts.pdf(resident, path + "&format=pdf");

        assertThat(rows.getFirst().getCellText(0)).isEqualTo("住户对账单 2026-11-01 至 2026-11-30");
        assertThat(rows.get(3).getCellText(1)).isEqualTo("期初余额");
        assertThat(rows.get(3).getCell(5).asNumber()).isEqualByComparingTo("1000.05");
        assertThat(rows.get(4).getCellText(0)).isEqualTo("2026-11-15 12:30");
        assertThat(rows.get(4).getCell(4).asNumber()).isEqualByComparingTo("-0.05");
        assertThat(rows.get(5).getCell(5).asNumber()).isEqualByComparingTo("1000.00");
        assertThat(pdf).contains("住户对账单", "期末余额", "-0.05", "1000.00", "付款");
    }

    @Test
    void the_accept_header_decides_where_no_format_is_named() {
        for (var format : Format.values()) {
            service.client(resident)
                    .get()
                    .uri("/v1/communities/" + here.community() + path(account, today()))
                    .header("Accept", format.mediaType())
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .contentType(format.mediaType());
        }
        assertThat(statement(resident, account, today() + "&format=html").status())
                .isEqualTo(400);
    }

    @Test
    void paper_has_so_many_rows_and_no_more() {
        IntStream.range(0, 50).forEach(_ -> accounts.post(account, 1, Instant.parse("2026-11-15T04:30:00Z")));
        var period = "from=2026-11-01&to=2026-11-30";

        assertThat(accounts.excel(resident, path(account, period + "&format=xlsx")))
                .hasSize(55);
        accounts.post(account, 1, Instant.parse("2026-11-15T04:30:00Z"));

        var refused = statement(resident, account, period + "&format=pdf");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("statement-too-long");
        assertThat(statement(resident, account, period).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-02, 2026-11-01",
        "2026-01-01, 2027-01-02",
        "1999-12-31, 2000-01-01",
        "2999-12-31, 3000-01-01",
        "-999999999-01-01, +999999999-12-31"
    })
    void other_periods_are_refused(String from, String to) {
        var refused = statement(resident, account, "from=" + from + "&to=" + to.replace("+", "%2B"));

        assertThat(refused.status()).isIn(400, 422);
        assertThat(refused.problem()).isIn("period-invalid", "invalid-request", "malformed-request");
    }

    @Test
    void a_period_may_have_366_days() {
        assertThat(statement(resident, account, "from=2027-03-01&to=2028-02-29").status())
                .isEqualTo(200);
        assertThat(statement(resident, account, "from=2027-03-01&to=2028-03-01").problem())
                .isEqualTo("period-invalid");
        assertThat(statement(resident, account, "from=2027-03-01").status()).isEqualTo(400);
        assertThat(statement(resident, account, "from=monday&to=2027-03-01").status())
                .isEqualTo(400);
        assertThat(statement(resident, account, today() + "&cursor=AAAA").problem())
                .isEqualTo("cursor-invalid");
    }

    @Test
    void an_account_is_for_its_owner_and_coordinators() {
        accounts.post(account, 5, Instant.parse("2026-11-15T04:30:00Z"));
        var leader = Account.leader(here.leaderId());
        var supplier = Account.supplier(here.supplier());

        assertThat(statement(resident, account, today()).status()).isEqualTo(200);
        assertThat(statement(here.leader(), leader, today()).status()).isEqualTo(200);
        assertThat(List.of(account, supplier, accounts.clearing(), Account.fund(here.community())))
                .allSatisfy(each -> {
                    assertThat(statement(here.coordinator(), each, today()).status())
                            .isEqualTo(200);
                    assertThat(statement(here.leader(), each, today()).problem())
                            .isEqualTo("not-your-account");
                    assertThat(statement(here.resident(UUID.randomUUID()), each, today())
                                    .problem())
                            .isEqualTo("not-your-account");
                });
        assertThat(statement(resident, leader, today()).problem()).isEqualTo("not-your-account");
        assertThat(List.of(
                        Account.household(UUID.randomUUID()),
                        Account.supplier(UUID.randomUUID()),
                        Account.fund(UUID.randomUUID())))
                .allSatisfy(each -> assertThat(
                                statement(here.coordinator(), each, today()).problem())
                        .isEqualTo("account-unknown"));
    }

    @Test
    void nobody_reads_the_same_account_of_another_community() {
        accounts.post(account, 5, Instant.parse("2026-11-15T04:30:00Z"));
        var elsewhere = new Neighbourhood(service);
        var path = path(account, "from=2026-11-01&to=2026-11-30");

        var there = elsewhere.get(elsewhere.resident(household), path).body();

        assertThat(there.get("items")).isEmpty();
        assertThat(there.get("closingFen").asLong()).isZero();
        assertThat(elsewhere.get(elsewhere.coordinator(), path).problem()).isEqualTo("account-unknown");
    }

    private Answer statement(String token, Account of, String query) {
        return here.get(token, path(of, query));
    }

    private static String path(Account of, String query) {
        return "/statements/" + of.kind().word() + "/" + of.owner() + "?" + query;
    }

    private static String today() {
        var day = LocalDate.now(SHANGHAI);
        return "from=" + day.minusDays(1) + "&to=" + day.plusDays(1);
    }

    private List<JsonNode> pages(String token, Account of, String query) {
        var pages = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = statement(token, of, query + cursor).body();
            pages.add(page);
            cursor = page.has("next") ? "&cursor=" + page.get("next").asString() : null;
        } while (cursor != null);
        return pages;
    }

    private static List<Long> fen(JsonNode statement, String field) {
        var values = new ArrayList<Long>();
        statement.get("items").forEach(entry -> values.add(entry.get(field).asLong()));
        return values;
    }
}
