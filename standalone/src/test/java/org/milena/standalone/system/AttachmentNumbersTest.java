package org.milena.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.milena.archive.message.Attachment;
import org.milena.archive.message.MessageParser;
import org.milena.archive.message.ParsedMessage;
import org.milena.common.header.HeaderEditor;
import org.milena.common.mail.RawMessage;
import org.milena.listexpander.preparation.content.AttachmentLinks;
import org.milena.listexpander.preparation.content.LinkedAttachment;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;

/** A link in a copy leads to the part that it stands for, as the archive reads messages. */
class AttachmentNumbersTest {
  private final MessageParser archive = new MessageParser();

  @Test
  void everyLinkLeadsToItsPart() throws IOException {
    int links = 0;
    for (CorpusMessage mail :
        Stream.concat(
                Corpus.torture().stream(),
                Stream.of("tomoyo-users-en", "linux-raid-part1", "usrp-users-part1")
                    .flatMap(list -> Corpus.list(list).stream()))
            .toList()) {
      links += check(mail);
    }
    assertThat(links).isGreaterThan(100);
  }

  private int check(CorpusMessage mail) throws IOException {
    RawMessage post = mail.withCrlf();
    Map<String, LinkedAttachment> linked = new LinkedHashMap<>();
    AttachmentLinks.Linked copy =
        AttachmentLinks.in(
            post,
            0,
            attachment -> {
              linked.put(attachment.part(), attachment);
              return "a link\n";
            });
    assertThat(copy.count()).as(mail.name()).isEqualTo(linked.size());
    if (linked.isEmpty()) {
      return 0;
    }
    // the form that is archived: fields on top
    RawMessage archived =
        HeaderEditor.of(post)
            .prependRaw("Archived-At", "<https://lists.example.org/archive/x>")
            .prependRaw("List-Id", "<users.lists.example.org>")
            .toMessage();
    ParsedMessage read = archive.parse(archived);
    for (LinkedAttachment attachment : linked.values()) {
      assertThat(read.attachments())
          .as("%s %s", mail.name(), attachment)
          .filteredOn(there -> there.part().equals(attachment.part()))
          .singleElement()
          .extracting(Attachment::type, Attachment::size)
          .containsExactly(attachment.type(), attachment.size());
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      assertThat(archive.writePart(archived, attachment.part(), file)).isTrue();
      assertThat((long) file.size()).isEqualTo(attachment.size());
    }
    return linked.size();
  }
}
