package org.milena.archive.elasticsearch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.milena.archive.message.Person;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;

/**
 * Documents of each index that hold nothing unusual, with a value in each field. They are never
 * kept: an index that does not take them is not what it should be.
 */
final class PlainDocuments {
  private static final ArchiveId ID = new ArchiveId("0".repeat(27));
  private static final ListId LIST = ListId.of("plain.invalid");
  private static final MailId MAIL = MailId.of("00000000-0000-7000-8000-000000000000");
  private static final Person PERSON = new Person("plain", "plain@plain.invalid");
  private static final List<String> WORDS = List.of("plain");
  private static final String WORD = "plain";

  private PlainDocuments() {}

  static PostDocument post() {
    return new PostDocument(
        ID,
        LIST,
        MAIL,
        ID,
        Instant.EPOCH,
        Instant.EPOCH,
        WORD,
        WORDS,
        WORDS,
        WORDS,
        WORDS,
        true,
        WORD,
        PERSON,
        List.of(PERSON),
        List.of(PERSON),
        WORD,
        WORD,
        WORD,
        "n",
        Map.of("n", WORDS),
        false,
        WORDS,
        WORDS,
        WORDS,
        WORD,
        WORD,
        List.of(),
        WORDS,
        false,
        0,
        WORD,
        WORD,
        WORDS,
        WORD,
        0,
        0);
  }

  static TraceDocument story() {
    return new TraceDocument(
        WORD, MAIL, WORD, LIST, Instant.EPOCH, TraceDocument.RESULT, WORDS, null, null);
  }
}
