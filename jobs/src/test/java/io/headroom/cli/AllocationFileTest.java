package io.headroom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headroom.failure.Failure;
import io.headroom.setting.AllocationRule;
import io.headroom.setting.AllocationRule.Among;
import io.headroom.setting.AllocationRule.By;
import io.headroom.setting.AllocationRule.Spread;
import io.headroom.setting.AllocationRule.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocationFileTest {

    private static final Path CONF = Path.of(System.getProperty("headroom.home"), "conf");

    @Test
    void rulesAreReadInOrder() {
        assertThat(AllocationFile.parsed("""
                        rules:
                          - name: moved
                            from: 2026-03-01
                            until: '2026-03-31'
                            when: {sub_account_id: ['007', '4*'], tags.team: research, x_pool: p}
                            to: {cluster: $resource_id, team: research}
                          - name: support
                            when: {service_name: Support}
                            spread: {by: direct_cost}
                          - name: licence
                            when: {provider: '*'}
                            spread: {by: fixed, shares: {a: 2, b: 0.5}}
                        """, "rules.yml"))
                .containsExactly(
                        new AllocationRule(
                                "moved",
                                LocalDate.parse("2026-03-01"),
                                LocalDate.parse("2026-03-31"),
                                Map.of(
                                        "sub_account_id", List.of("007", "4*"),
                                        "tags.team", List.of("research"),
                                        "x_pool", List.of("p")),
                                new Target("$resource_id", null, null, "research"),
                                null),
                        new AllocationRule(
                                "support",
                                null,
                                null,
                                Map.of("service_name", List.of("Support")),
                                null,
                                new Spread(By.DIRECT_COST, Among.PROVIDER, Map.of())),
                        new AllocationRule(
                                "licence",
                                null,
                                null,
                                Map.of("provider", List.of("*")),
                                null,
                                new Spread(By.FIXED, Among.FLEET, Map.of("a", 2.0, "b", 0.5))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {rule: []}                                                                | f.yml has the unknown key 'rule'. Did you mean 'rules'?
                    {rules: [{nam: r}]}                                                       | f.yml has the unknown key 'nam'. Did you mean 'name'?
                    {rules: [{when: {provider: P}, to: {team: t}}]}                           | f.yml: rule 1 has no name.
                    {rules: [{name: r, when: {provider: P}}]}                                 | f.yml: rule 'r': it needs either `to` or `spread`
                    {rules: [{name: r, when: {provider: P}, to: {team: t}, spread: {by: even}}]} | it needs either `to` or `spread`, not both
                    {rules: [{name: r, to: {team: t}}]}                                       | `when` is empty
                    {rules: [{name: r, when: {}, to: {team: t}}]}                             | `when` is empty
                    {rules: [{name: r, when: {provider: []}, to: {team: t}}]}                 | `when` names no value for provider
                    {rules: [{name: r, when: {regoin: x}, to: {team: t}}]}                    | no text that is named 'regoin'. Did you mean 'region'?
                    {rules: [{name: r, when: {effective_cost: x}, to: {team: t}}]}            | no text that is named 'effective_cost'
                    {rules: [{name: r, when: {tags: x}, to: {team: t}}]}                      | no text that is named 'tags'.
                    {rules: [{name: r, when: {sub_account_id: 007}, to: {team: t}}]}          | the value of sub_account_id must be a text, not 7. Put it in quotes.
                    {rules: [{name: r, when: {provider: P}, to: {}}]}                         | `to` names nothing
                    {rules: [{name: r, when: {provider: P}, to: {teem: t}}]}                  | `to` has the unknown key 'teem'. Did you mean 'team'?
                    {rules: [{name: r, when: {provider: P}, to: {team: $tagz.x}}]}            | no text that is named 'tagz.x'
                    {rules: [{name: r, when: {provider: P}, to: {team: 7}}]}                  | the value of team must be a text, not 7
                    {rules: [{name: r, from: 2026-3-1, when: {provider: P}, to: {team: t}}]}  | `from` must be a day such as 2026-03-01, not '2026-3-1'
                    {rules: [{name: r, from: 2026-03-02, until: 2026-03-01, when: {provider: P}, to: {team: t}}]} | it ends on 2026-03-01, before it begins on 2026-03-02
                    {rules: [{name: r, when: {provider: P}, spread: {by: evenly}}]}           | `by` must be one of direct_cost, gpu_hours, even, fixed, not 'evenly'
                    {rules: [{name: r, when: {provider: P}, spread: {among: fleet}}]}         | `by` must be one of
                    {rules: [{name: r, when: {provider: P}, spread: {by: even, among: all}}]} | `among` must be one of provider, region, fleet, not 'all'
                    {rules: [{name: r, when: {provider: P}, spread: {by: even, shares: {a: 1}}}]} | `shares` are for `by: fixed`
                    {rules: [{name: r, when: {provider: P}, spread: {by: fixed}}]}            | `shares` give no cluster a part
                    {rules: [{name: r, when: {provider: P}, spread: {by: fixed, shares: {a: 0}}}]} | `shares` give no cluster a part
                    {rules: [{name: r, when: {provider: P}, spread: {by: fixed, shares: {a: -1, b: 2}}}]} | the share of a must be a number of at least 0, not -1
                    {rules: [{name: r, when: {provider: P}, spread: {by: fixed, shares: {a: x}}}]} | the share of a must be a number
                    {rules: [{name: r, when: {provider: P}, spread: {by: fixed, among: fleet, shares: {a: 1}}}]} | Leave `among` out
                    {rules: [{name: r, when: {provider: P}, to: {team: t}}, {name: r, when: {provider: Q}, to: {team: t}}]} | another rule has this name
                    """)
    void whatCannotBeMeantIsRefused(String yaml, String complaint) {
        assertThatThrownBy(() -> AllocationFile.parsed(yaml, "f.yml"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(complaint)
                .extracting(failure -> ((Failure) failure).status())
                .isEqualTo(Failure.Status.WRONG_COMMAND);
    }

    @Test
    void aConfigurationNamesTheFile(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("c.yml"), "allocation: rules.yml\n");
        Files.writeString(folder.resolve("rules.yml"), "rules: [{name: r, when: {regoin: x}, to: {team: t}}]\n");

        assertThatThrownBy(() -> Config.read(folder.resolve("c.yml")))
                .hasMessageContaining("rules.yml: rule 'r': charges have no text that is named 'regoin'");
        assertThatThrownBy(() -> {
                    Files.writeString(folder.resolve("c.yml"), "report_currency: dollars\n");
                    Config.read(folder.resolve("c.yml"));
                })
                .isInstanceOf(Failure.class)
                .hasMessageContaining("report_currency must be an ISO 4217 code such as USD, not 'dollars'");
    }

    @Test
    void theRulesThatShipAreRead() {
        assertThat(Config.read(CONF.resolve("local.yml")).settings().allocation())
                .extracting(AllocationRule::name)
                .contains("support");
        assertThat(Config.read(CONF.resolve("real-data.yml")).settings().allocation())
                .isEmpty();
    }
}
