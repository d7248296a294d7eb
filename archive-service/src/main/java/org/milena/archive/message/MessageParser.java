package org.milena.archive.message;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.archive.extract.AttachmentReader;
import org.milena.common.header.AddressListParser;
import org.milena.common.header.EncodedWords;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.header.MailCharsets;
import org.milena.common.header.MailDates;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.mime.MimeWalker;
import org.milena.common.mime.PartHeader;

/** Reads messages. Never throws because of what a message holds. */
public final class MessageParser {

  /** Characters of text that are kept for search and pages; the bytes are kept whole. */
  public static final int MAX_TEXT = 1 << 19;

  private static final int MAX_SUBJECT = 2000;
  private static final int MAX_NAME = 300;
  private static final int MAX_PEOPLE = 500;
  private static final int MAX_REFERENCES = 200;
  private static final int MAX_DEFECTS = 20;

  private final AttachmentReader reader;

  /** Reads no documents. */
  public MessageParser() {
    this(AttachmentReader.NONE);
  }

  /** Reads the documents that are attached with this. */
  public MessageParser(AttachmentReader reader) {
    this.reader = reader;
  }

  /** What could not be read, one sentence each; in less time than {@link #parse} takes. */
  public List<String> defects(RawMessage message) {
    TextCollector collector = new TextCollector(MAX_TEXT, reader);
    return defects(new MimeWalker(collector).walk(message), collector);
  }

  private static List<String> defects(List<String> structure, TextCollector collector) {
    return Stream.concat(structure.stream(), collector.defects().stream())
        .map(defect -> CleanText.line(defect, 300))
        .distinct()
        .limit(MAX_DEFECTS)
        .toList();
  }

  /** Reads the whole message. */
  public ParsedMessage parse(RawMessage message) {
    HeaderBlock header = HeaderBlock.of(message);
    TextCollector collector = new TextCollector(MAX_TEXT, reader);
    List<String> defects = new MimeWalker(collector).walk(message);
    if (collector.isEmpty() && !defects.isEmpty()) {
      // no structure could be made out; the reader still gets to see what is there
      byte[] bytes = message.unsafeBytes();
      int end = (int) Math.min(bytes.length, header.bodyOffset() + 2L * MAX_TEXT);
      collector.addPlain(MailCharsets.guess(bytes, Math.min(header.bodyOffset(), end), end));
    }
    return new ParsedMessage(
        messageId(header, message),
        header
            .first("Subject")
            .map(field -> CleanText.line(EncodedWords.decode(field.value()), MAX_SUBJECT))
            .orElse(""),
        author(header),
        people(header, "To"),
        people(header, "Cc"),
        date(header),
        ids(header, "References"),
        ids(header, "In-Reply-To"),
        TextSplitter.split(collector.text()),
        collector.attachedText(),
        collector.attachments(),
        defects(defects, collector));
  }

  /**
   * Writes the decoded content of one part.
   *
   * @param part as {@link Attachment#part()} names it
   * @return whether there is such a part
   * @throws IOException when {@code out} refuses
   */
  public boolean writePart(RawMessage message, String part, OutputStream out) throws IOException {
    return copyPart(message, part, out).isPresent();
  }

  /**
   * The same; returns what the part says of itself, if there is such a part.
   *
   * @throws IOException when {@code out} refuses
   */
  public Optional<PartHeader> copyPart(RawMessage message, String part, OutputStream out)
      throws IOException {
    PartCopy copy = new PartCopy(part, out);
    new MimeWalker(copy).walk(message);
    return copy.result();
  }

  private static String messageId(HeaderBlock header, RawMessage message) {
    return header
        .first("Message-ID")
        .flatMap(field -> MessageId.parse(field.value()))
        .map(id -> CleanText.line(id.value(), MessageId.MAX_LENGTH))
        .filter(id -> !id.isEmpty())
        .orElseGet(() -> message.sha256() + "@no-message-id.invalid");
  }

  private static Person author(HeaderBlock header) {
    List<Person> from = people(header, "From");
    if (!from.isEmpty()) {
      return from.getFirst();
    }
    List<Person> sender = people(header, "Sender");
    if (!sender.isEmpty()) {
      return sender.getFirst();
    }
    return header
        .first("From")
        .map(field -> new Person(CleanText.line(field.decoded(), MAX_NAME), ""))
        .orElse(new Person("", ""));
  }

  private static List<Person> people(HeaderBlock header, String name) {
    List<Person> people = new ArrayList<>();
    for (HeaderField field : header.all(name)) {
      for (HeaderMailbox mailbox : AddressListParser.parse(field.value())) {
        if (people.size() < MAX_PEOPLE) {
          people.add(
              new Person(
                  CleanText.line(mailbox.displayName(), MAX_NAME),
                  CleanText.line(mailbox.address().toString(), MAX_NAME)));
        }
      }
    }
    return people;
  }

  private static @Nullable Instant date(HeaderBlock header) {
    for (HeaderField field : header.all("Date")) {
      Instant date = MailDates.parse(field.value()).orElse(null);
      if (date != null) {
        return date;
      }
    }
    return null;
  }

  /** The first and the last ones, where there are too many: they name the thread and the parent. */
  private static List<String> ids(HeaderBlock header, String name) {
    Set<String> ids = new LinkedHashSet<>();
    for (HeaderField field : header.all(name)) {
      for (MessageId id : MessageId.parseAll(field.value())) {
        String clean = CleanText.line(id.value(), MessageId.MAX_LENGTH);
        if (!clean.isEmpty()) {
          ids.add(clean);
        }
      }
    }
    List<String> all = List.copyOf(ids);
    if (all.size() <= MAX_REFERENCES) {
      return all;
    }
    List<String> some = new ArrayList<>(MAX_REFERENCES);
    some.add(all.getFirst());
    some.addAll(all.subList(all.size() - MAX_REFERENCES + 1, all.size()));
    return some;
  }
}
