package org.milena.ingress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.RawMessage;
import org.milena.ingress.fixture.FakePublisher.Taken;
import org.milena.ingress.fixture.SmtpClient;
import org.milena.ingress.fixture.TestSite;
import org.milena.ingress.policy.Limits;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;
import org.milena.testkit.script.Reply;

/** Messages that have broken parsers, and real ones: all are taken, and none is changed. */
class CorpusTest {

  @Test
  void takesTortureMessages() throws IOException {
    takesAll(Corpus.torture());
  }

  @Test
  void takesRealMessages() throws IOException {
    takesAll(Corpus.list("tomoyo-users-en"));
  }

  private static void takesAll(List<CorpusMessage> messages) throws IOException {
    assertThat(messages).isNotEmpty();
    var limits = new Limits(26_214_400, 2_048, 1_000, 1_000_000, 1_000, 20, 100, 3, 50, 10_000);
    var refused = new ArrayList<String>();
    try (TestSite site = TestSite.start(TestSite.Options.DEFAULT.with(limits));
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      for (CorpusMessage message : messages) {
        String text = asSent(message.message());
        String stuffed = ("\r\n" + text).replace("\r\n.", "\r\n..").substring(2);
        Reply reply = client.mail(stuffed);
        if (reply.code() != 250) {
          refused.add(message.name() + ": " + reply);
          continue;
        }
        Taken taken = site.publisher.takeLast();
        RawMessage sent = RawMessage.wrap(text.getBytes(ISO_8859_1));
        assertThat(taken.meta().sha256()).isEqualTo(sent.sha256());
        // a text without any field gets an empty line above it
        boolean gap = HeaderBlock.of(sent).fields().isEmpty() && !text.startsWith("\r\n");
        assertThat(withoutOurField(taken.message(), gap)).as(message.name()).isEqualTo(text);
      }
    }
    assertThat(refused).isEmpty();
  }

  /** As a client sends it: lines that end in CR LF, and no other CR or LF. */
  private static String asSent(RawMessage message) {
    String text = new String(message.unsafeBytes(), ISO_8859_1).replaceAll("\r+\n|\r|\n", "\r\n");
    return text.endsWith("\r\n") ? text : text + "\r\n";
  }

  private static String withoutOurField(RawMessage message, boolean gap) {
    HeaderField ours = HeaderBlock.of(message).first("Received").orElseThrow();
    String all = new String(message.unsafeBytes(), ISO_8859_1);
    String rest = all.substring(0, ours.start()) + all.substring(ours.end());
    return gap ? rest.substring(2) : rest;
  }
}
