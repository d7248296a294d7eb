package org.milena.listexpander.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.MailingList;
import org.milena.common.event.Topics;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.notice.Notices;
import org.milena.listexpander.notice.Texts;
import org.milena.listexpander.preparation.ListHeaders;
import org.milena.listexpander.preparation.SiteUrls;

/** Links in copies to what the archive keeps. */
class LinkedAttachmentsTest {
  private static final String FILE = "Content-Type: application/pdf; name=r.pdf\n\nthe file\n";
  private static final String POST =
      "From: Ann <ann@a.example>\nTo: users@lists.example.org\nSubject: Hello\n"
          + "Message-ID: <1@a.example>\nContent-Type: multipart/mixed; boundary=b\n\n"
          + "--b\nContent-Type: image/gif; name=x.gif\n\nGIF\n--b\n\ntext\n--b\n"
          + FILE
          + "--b--\n";

  private final ListWorld world = new ListWorld();
  private final MemoryTransaction written = new MemoryTransaction();

  @Test
  void copiesNameThemAndTheArchiveKeepsThem() {
    post(ListSettings.DISCUSSION.with("attachments", "LINK"));
    assertThat(text(Topics.OUTGOING))
        .doesNotContain("the file")
        .doesNotContain("GIF")
        .containsPattern(
            "r\\.pdf\\r\\nhttps://lists\\.example\\.org/archive/users@lists\\.example\\.org/message/"
                + "[\\w-]+/attachment/3\\r\\n");
    assertThat(text(Topics.POSTS)).contains(FILE.replace("\n", "\r\n"));
    assertThat(written.events().getLast().text())
        .startsWith(
            "Expanded to 0 members of users@lists.example.org. 2 attachments became links.");
  }

  @Test
  void staysAsItIsByDefaultAndWhereThereIsNoArchive() {
    post(ListSettings.DISCUSSION);
    assertThat(text(Topics.OUTGOING)).contains("the file");
    post(ListSettings.DISCUSSION.with("attachments", "LINK").with("archived", false));
    assertThat(
            new String(
                Objects.requireNonNull(written.on(Topics.OUTGOING).getLast().value()),
                StandardCharsets.UTF_8))
        .contains("the file");
  }

  /** What the filter takes out is not there to be linked, and numbers are those of what it left. */
  @Test
  void theFilterComesFirst() {
    post(
        ListSettings.DISCUSSION
            .with("attachments", "LINK")
            .with("filterContent", true)
            .with("filterTypes", List.of("image")));
    assertThat(text(Topics.OUTGOING)).contains("/attachment/2\r\n").doesNotContain("x.gif");
    assertThat(text(Topics.POSTS)).doesNotContain("x.gif").contains("the file");
  }

  private void post(ListSettings settings) {
    SiteUrls urls = new SiteUrls("https://lists.example.org");
    MailingList list = Fixtures.list(settings);
    world.with(list);
    assertThat(
            new Publication(
                    new ListHeaders(urls),
                    urls,
                    new Notices(() -> Fixtures.NOW, new Random(1), new Texts(urls)),
                    new Texts(urls),
                    PostExtras.NONE)
                .post(
                    world.ledger(written),
                    list,
                    Fixtures.post("ann@a.example", POST),
                    Fixtures.NOW,
                    "Accepted."))
        .isEqualTo(new PostOutcome.Posted());
    written.finish();
  }

  private String text(String topic) {
    return new String(
        Objects.requireNonNull(written.on(topic).getFirst().value()), StandardCharsets.UTF_8);
  }
}
