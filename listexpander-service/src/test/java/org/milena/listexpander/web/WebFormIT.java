package org.milena.listexpander.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.listexpander.web.WritingSite.LIST;
import static org.milena.listexpander.web.WritingSite.PASSWORD;
import static org.milena.listexpander.web.WritingSite.SECRET;
import static org.milena.listexpander.web.WritingSite.made;
import static org.milena.listexpander.web.WritingSite.meta;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.testkit.kafka.SharedBroker;

/** The form for posts: nothing is sent twice or unasked, and nothing that was written is lost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebFormIT {
  private static final String PAGE = LIST + "/post";

  private final EmbeddedKafka broker = SharedBroker.fresh();
  private Site site;

  @BeforeAll
  void open(@TempDir Path data) {
    site = new Site(broker.bootstrapServers(), data, Map.of());
    WritingSite.fill(site, "ann");
  }

  @AfterAll
  void close() {
    site.close();
    broker.close();
  }

  @Test
  void theFormSendsWithItsTokenAndKeepsWhatWasWrittenOtherwise() {
    String page = PAGE;
    assertThat(site.page("GET", page, null).status()).isEqualTo(302);
    assertThat(site.page("POST", page, "subject=Hi&text=Hello").status()).isEqualTo(403);
    assertThat(site.page("GET", LIST, null).body()).doesNotContain(">Write<");
    Site.Browser browser = site.signIn("ann", PASSWORD);
    assertThat(browser.get(LIST).body()).contains(page);
    assertThat(browser.get(SECRET + "/post").status()).isEqualTo(404);
    String form = browser.get(page + "?inReplyTo=%3C1%40x%3E").body();
    assertThat(form).contains("ann@a.example", "value=\"&lt;1@x&gt;\"");
    String csrf = Site.csrf(form);
    Map<String, String> post = Map.of("subject", "From the form", "text", "<b>Hello");
    int before = WritingSite.received(site).size();
    assertThat(browser.post(page, post, "none").status()).isEqualTo(403);
    Site.Answer again =
        browser.post(page, Map.of("subject", "Hi", "text", "<b>Hello", "inReplyTo", "<>"), csrf);
    assertThat(again.body()).contains("inReplyTo is no Message-ID.", "&lt;b&gt;Hello");
    assertThat(WritingSite.received(site)).hasSize(before);
    Site.Answer sent = browser.post(page, post, csrf);
    assertThat(sent.status()).isEqualTo(302);
    assertThat(browser.get(LIST).body()).contains("Your post is on its way.");
    assertThat(WritingSite.received(site))
        .hasSize(before + 1)
        .anySatisfy(record ->
            assertThat(new String(record.value(), StandardCharsets.UTF_8))
                .contains("Subject: From the form"));
  }

  @Test
  void aTextInAnyScriptIsTakenInItsWholeLength() {
    Site.Browser browser = site.signIn("ann", PASSWORD);
    String form = browser.get(PAGE).body();
    for (String text :
        List.of(
            "\u0436".repeat(200_000),
            "\u5b57".repeat(200_000),
            "\ud83d\ude00".repeat(100_000),
            // a browser counts a line end as one, and sends it as two
            "a\r\n".repeat(100_000))) {
      int before = WritingSite.received(site).size();
      Site.Answer sent = browser.post(PAGE, fields(form, "Long", text), Site.csrf(form));
      assertThat(sent.status()).as(start(sent)).isEqualTo(302);
      assertThat(WritingSite.received(site)).hasSize(before + 1);
      form = browser.get(PAGE).body();
    }
  }

  @Test
  void aTextThatIsTooLongComesBack() {
    Site.Browser browser = site.signIn("ann", PASSWORD);
    String form = browser.get(PAGE).body();
    int before = WritingSite.received(site).size();
    Site.Answer back =
        browser.post(PAGE, fields(form, "Long", "\u5b57".repeat(200_001)), Site.csrf(form));
    assertThat(back.body()).as(start(back)).contains("text has more than 200,000 characters");
    assertThat(back.body()).contains("\u5b57".repeat(200_001));
    assertThat(WritingSite.received(site)).hasSize(before);
  }

  @Test
  void whatIsSentTwiceIsOnePost() {
    Site.Browser browser = site.signIn("ann", PASSWORD);
    String form = browser.get(PAGE).body();
    int before = WritingSite.received(site).size();
    Map<String, String> post = fields(form, "Twice", "Hello");
    assertThat(browser.post(PAGE, post, Site.csrf(form)).status()).isEqualTo(302);
    assertThat(browser.post(PAGE, post, Site.csrf(form)).status()).isEqualTo(302);
    List<ConsumerRecord<String, byte[]>> both =
        WritingSite.received(site).subList(before, WritingSite.received(site).size());
    assertThat(both).hasSize(2);
    assertThat(both.stream().map(record -> meta(record).sha256()).distinct()).hasSize(1);
    String other = browser.get(PAGE).body();
    browser.post(PAGE, fields(other, "Twice", "Hello"), Site.csrf(other));
    assertThat(meta(WritingSite.received(site).getLast()).sha256())
        .as("another form is another post")
        .isNotEqualTo(meta(both.getLast()).sha256());
  }

  @Test
  void aFormThatIsTooOldComesBackWithAnotherKey() {
    Site.Browser browser = site.signIn("ann", PASSWORD);
    String form = browser.get(PAGE).body();
    Map<String, String> post = fields(form, "Old", "Hello all");
    post.put("key", "01900000-0000-7000-8000-000000000000");
    int before = WritingSite.received(site).size();
    Site.Answer back = browser.post(PAGE, post, Site.csrf(form));
    assertThat(back.body())
        .contains("more than a day", "Hello all")
        .doesNotContain(post.get("key"));
    assertThat(WritingSite.received(site)).hasSize(before);
    assertThat(
            browser
                .post(PAGE, fields(back.body(), "Old", "Hello all"), Site.csrf(back.body()))
                .status())
        .isEqualTo(302);
  }

  @Test
  void whatWasWrittenOutlivesItsSession() {
    String form = site.signIn("ann", PASSWORD).get(PAGE).body();
    Map<String, String> post = fields(form, "Long thought", "\n<b>All day");
    post.put("inReplyTo", "<1@x>");
    int before = WritingSite.received(site).size();
    Site.Browser stranger = site.browser();
    Site.Answer kept = stranger.post(PAGE, post, Site.csrf(form));
    assertThat(kept.status()).isEqualTo(403);
    assertThat(kept.body())
        .contains("Nothing was sent", "Long thought", "&lt;b&gt;All day", "&lt;1@x&gt;", PAGE)
        .contains(post.get("key"))
        .doesNotContain("<b>All day");

    // signed in again, what was kept is shown in the form, and only its button sends
    Site.Browser again = site.signIn("ann", PASSWORD);
    Site.Answer shown = again.post(PAGE, post, "none");
    assertThat(shown.status()).isEqualTo(403);
    assertThat(shown.body())
        .contains("Nothing was sent", "Long thought", ">\n\n&lt;b&gt;All day", "ann@a.example");
    assertThat(WritingSite.received(site)).hasSize(before);
    assertThat(again.post(PAGE, post, Site.csrf(shown.body())).status()).isEqualTo(302);
    assertThat(WritingSite.received(site)).hasSize(before + 1);
  }

  @Test
  void whatWasWrittenToAListThatIsNotSeenAnyMoreIsShown() {
    made(site.api("PUT", SECRET + "/members/ann@a.example", "{}"));
    Site.Browser browser = site.signIn("ann", PASSWORD);
    String form = browser.get(SECRET + "/post").body();
    assertThat(site.api("DELETE", SECRET + "/members/ann@a.example").status()).isEqualTo(204);
    for (String csrf : List.of(Site.csrf(form), "none")) {
      Site.Answer kept = browser.post(SECRET + "/post", fields(form, "Last", "Words"), csrf);
      assertThat(kept.status()).as(kept.body()).isIn(403, 404);
      assertThat(kept.body()).contains("There is no list", "Words");
    }
  }

  @Test
  void whoHasNoAccountAnyMoreSendsNothing() {
    WritingSite.account(site, "tom");
    Site.Browser tom = site.signIn("tom", PASSWORD);
    String form = tom.get(PAGE).body();
    assertThat(site.api("DELETE", "/accounts/tom").status()).isEqualTo(200);
    int before = WritingSite.received(site).size();
    Site.Answer kept = tom.post(PAGE, fields(form, "Ghost", "Boo"), Site.csrf(form));
    assertThat(kept.status()).isEqualTo(403);
    assertThat(kept.body()).contains("Nothing was sent", "Boo");
    assertThat(WritingSite.received(site)).hasSize(before);
    assertThat(tom.get(PAGE).status()).isEqualTo(302);
  }

  /** What the browser sends for a form: its hidden key with what was written. */
  private static Map<String, String> fields(String form, String subject, String text) {
    Map<String, String> fields = new HashMap<>(Map.of("subject", subject, "text", text));
    Matcher key = Pattern.compile("name=\"key\"[^>]*value=\"([^\"]+)\"").matcher(form);
    fields.put("key", key.find() ? key.group(1) : "");
    return fields;
  }

  private static String start(Site.Answer answer) {
    return answer.body().substring(0, Math.min(answer.body().length(), 500));
  }
}
