package org.milena.listexpander.migration.mailman2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTextTest {

  @ParameterizedTest
  @CsvSource({
    "%(real_name)s, ${display_name}",
    "%(list_name)s, ${list_name}",
    "%(_internal_name)s, ${list_name}",
    "%(listname)s, ${display_name}",
    "%(host_name)s, ${list_domain}",
    "%(description)s, ${description}",
    "%(user_address)s, ${user_address}",
    "%(user_delivered_to)s, ${user_address}",
    "%(user_name)s, ${user_name}",
    "%(user_optionsurl)s, ${unsubscribe_url}",
    "%(listurl)s, ${list_url}",
    "a%(cgiext)sb, ab",
    "100 %% of %(real_name)s, 100 % of ${display_name}",
    "100% of 5 $, 100% of 5 $",
    "%(real_name)s@%(host_name)s, ${list_address}",
    "%(list_name)s@%(host_name)s, ${list_address}",
    "%(real_name)s-request@%(host_name)s, ${display_name}-request@${list_domain}",
    "%(web_page_url)slistinfo%(cgiext)s/%(_internal_name)s, ${list_url}",
    "%(web_page_url)slistinfo/%(list_name)s, ${list_url}",
    "%(web_page_url)soptions%(cgiext)s/%(list_name)s/%(user_address)s, ${unsubscribe_url}",
    "%%(real_name)s, %(real_name)s"
  })
  void convertsPercentStrings(String mailman2, String converted) {
    assertThat(TemplateText.of(mailman2, false)).isEqualTo(new TemplateText(converted, List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "$real_name, ${display_name}",
    "${real_name}s, ${display_name}s",
    "$listname@$host_name, ${list_address}",
    "${web_page_url}listinfo${cgiext}/${_internal_name}, ${list_url}",
    "$$5 and 3 %, $5 and 3 %",
    "%(real_name)s, %(real_name)s",
    "$ 5 $9 $, $ 5 $9 $"
  })
  void convertsDollarStrings(String mailman2, String converted) {
    assertThat(TemplateText.of(mailman2, true)).isEqualTo(new TemplateText(converted, List.of()));
  }

  @Test
  void keepsAndReportsWhatHasNoCounterpart() {
    String text = "%(web_page_url)sprivate %(info)s %(user_password)s %(post_id)d %(x) %(info)s";
    assertThat(TemplateText.of(text, false))
        .isEqualTo(
            new TemplateText(
                text,
                List.of(
                    "%(info)s", "%(post_id)d", "%(user_password)s", "%(web_page_url)s", "%(x)")));
    assertThat(TemplateText.of("$owneremail", true))
        .isEqualTo(new TemplateText("%(owneremail)s", List.of("%(owneremail)s")));
  }

  @Test
  void reportsTextThatLooksLikeAPlaceholderAndWasNone() {
    assertThat(TemplateText.of("${list_name}", false).kept()).containsExactly("${list_name}");
    assertThat(TemplateText.of("$${list_name}", true).kept()).containsExactly("${list_name}");
  }

  @Test
  void convertsTheUsualFooter() {
    assertThat(
            TemplateText.of(
                """
                _______________________________________________
                %(real_name)s mailing list
                %(real_name)s@%(host_name)s
                %(web_page_url)slistinfo%(cgiext)s/%(_internal_name)s
                """,
                false))
        .isEqualTo(
            new TemplateText(
                """
                _______________________________________________
                ${display_name} mailing list
                ${list_address}
                ${list_url}
                """,
                List.of()));
  }

  @Test
  void convertsAnyTextWithoutThrowing() {
    String[] parts = {"%", "(", ")", "s", "$", "{", "}", "real_name", "@", "%(host_name)s", "\\"};
    Random random = new Random(3);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      assertThat(TemplateText.of(text.toString(), round % 2 == 0).text()).isNotNull();
    }
    assertThat(TemplateText.of("%(".repeat(500_000), false).text()).hasSize(1_000_000);
    assertThat(TemplateText.of("${a".repeat(300_000), true).text()).hasSize(900_000);
  }
}
