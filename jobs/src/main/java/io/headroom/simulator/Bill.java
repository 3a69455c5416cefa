package io.headroom.simulator;

import static io.headroom.simulator.Fleet.require;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How a provider bills what is bought of it. A provider's bills of one currency are those of one account.
 *
 * @param focus version of FOCUS; 1.0 if left out
 * @param currency ISO 4217 code; USD if left out
 * @param paidMonths months that are paid at once, at the start of the first of them; each by itself if left out
 */
public record Bill(
        String focus,
        String currency,
        @JsonProperty("paid_months") int paidMonths) {

    static final String FIRST = "1.0";
    static final String SECOND = "1.2";
    static final String DOLLAR = "USD";

    public Bill {
        focus = Objects.requireNonNullElse(focus, FIRST);
        currency = Objects.requireNonNullElse(currency, DOLLAR);
        paidMonths = paidMonths == 0 ? 1 : paidMonths;
    }

    /** The bill of a cluster of which nothing is said but that it has one. */
    static final Bill PLAIN = new Bill(FIRST, DOLLAR, 1);

    void check() {
        require(
                List.of(FIRST, SECOND).contains(focus),
                "bill.focus (%s) is not a version that is simulated: %s or %s.".formatted(focus, FIRST, SECOND));
        checkCurrency(currency, "bill.currency");
        require(
                paidMonths >= 1 && paidMonths <= 12,
                "bill.paid_months (%d) is not within [1, 12].".formatted(paidMonths));
    }

    static void checkCurrency(String code, String key) {
        require(
                code != null && code.matches("[A-Z]{3}"),
                "%s (%s) is not an ISO 4217 code such as EUR.".formatted(key, code));
    }

    /** The account that a provider bills. */
    String account(String provider) {
        return provider + "-billing" + (currency.equals(DOLLAR) ? "" : "-" + currency.toLowerCase(Locale.ROOT));
    }
}
