package org.milena.archive.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.milena.archive.extract.AttachmentReader;
import org.milena.archive.extract.DocumentKind;
import org.milena.archive.message.Attachment;
import org.milena.archive.message.MessageParser;
import org.milena.archive.message.ParsedMessage;
import org.milena.archive.rewriting.MessageRewriter;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.Splice;

/**
 * Takes what is wished out of a message, and looks with the archive's own readers whether it is
 * gone: a passage can stand where no text is written, in a document or in a broken structure.
 */
public final class Redactor {

  /**
   * The field on top that tells what was taken out; signatures over the message cannot be right.
   */
  public static final String MARK = "X-Milena-Redacted";

  /** A change is part of a command. */
  private static final int MAX_CHANGED = 512 << 10;

  private final AttachmentReader reader;
  private final MessageParser parser;

  /**
   * @param reader reads documents that are attached
   */
  public Redactor(AttachmentReader reader) {
    this.reader = reader;
    this.parser = new MessageParser(reader);
  }

  /** Tries it, one after the other: each holds a message several times. */
  public synchronized Redacted redact(RawMessage message, Wish wish) {
    ParsedMessage before = parser.parse(message);
    Set<String> unknown = new TreeSet<>(wish.parts());
    before.attachments().stream().map(Attachment::part).forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      return new Redacted.Refused(
          "not-found", "The message has no attachment " + String.join(", ", unknown) + ".");
    }
    Passages passages = new Passages(wish.passages());
    Texts texts = Texts.of(message, before);
    if (texts.tooLarge() && !passages.isEmpty()) {
      return new Redacted.Refused(
          "not-removable", "The message has a page too large to be looked through: remove it.");
    }
    List<Integer> missing = passages.missing(texts.all());
    if (!missing.isEmpty()) {
      return new Redacted.Refused(
          "not-found",
          "The message does not have "
              + missing.stream().map(n -> "passage " + n).collect(Collectors.joining(", "))
              + ".");
    }
    List<Splice> splices = splices(message, before, wish, passages);
    if (splices.stream().mapToInt(splice -> splice.octets().length()).sum() > MAX_CHANGED) {
      return new Redacted.Refused(
          "not-removable", "So much of the message would change that it is better removed.");
    }
    return check(before, Splice.apply(message, splices), wish, passages, splices);
  }

  private static List<Splice> splices(
      RawMessage message, ParsedMessage before, Wish wish, Passages passages) {
    HeaderBlock header = HeaderBlock.of(message);
    int top = header.fields().isEmpty() ? 0 : header.fields().getFirst().start();
    List<Splice> changes =
        MessageRewriter.changes(message, top, new PassageRewriting(passages, wish.parts()));
    List<Splice> splices = new ArrayList<>();
    changes.stream().filter(splice -> splice.end() <= top).forEach(splices::add);
    splices.add(new Splice(top, top, marks(header, before, wish)));
    changes.stream().filter(splice -> splice.end() > top).forEach(splices::add);
    return List.copyOf(splices);
  }

  /** An id that is made of the octets stays too, for the address of the post is made of it. */
  private static String marks(HeaderBlock header, ParsedMessage before, Wish wish) {
    String end = MessageRewriter.lineEnd(header);
    boolean named =
        header.first("Message-ID").flatMap(id -> MessageId.parse(id.value())).isPresent();
    return MARK
        + ": "
        + wish.summary()
        + end
        + (named ? "" : "Message-ID: <" + before.messageId() + ">" + end);
  }

  private Redacted check(
      ParsedMessage before, RawMessage left, Wish wish, Passages passages, List<Splice> splices) {
    ParsedMessage after = parser.parse(left);
    for (Attachment attachment : after.attachments()) {
      if (passages.isIn(attachment.name())) {
        return new Redacted.Refused(
            "in-attachment",
            "A passage stands in the name of attachment %s: take it out, too."
                .formatted(attachment.part()));
      }
    }
    Texts texts = Texts.of(left, after);
    if (passages.isIn(after.attachedText())
        && texts.all().stream()
            .filter(text -> !text.equals(after.attachedText()))
            .noneMatch(passages::isIn)) {
      return new Redacted.Refused(
          "in-attachment",
          "A passage stands in a document that is attached: take out the attachment, too.");
    }
    if (texts.have(passages)) {
      return new Redacted.Refused(
          "not-removable",
          "A passage also stands where it cannot be taken out: in a field that holds the message"
              + " together, or in another form. Give it as it stands there, too, take out its"
              + " attachment, or remove the message.");
    }
    if (!isSame(before, after, wish)) {
      return new Redacted.Refused(
          "not-removable",
          "The message is so broken that nothing can be taken out of it for certain: remove it.");
    }
    return new Redacted.Done(left, splices, passages.isEmpty() ? List.of() : unread(after));
  }

  /** Attachments into which nobody looked. */
  private List<String> unread(ParsedMessage after) {
    return after.attachments().stream()
        .filter(attachment -> !attachment.name().equals(PassageRewriting.REMOVED_NAME))
        .filter(attachment -> {
          String detected = attachment.detected();
          return !isLookedInto(detected == null ? attachment.type() : detected, attachment.size());
        })
        .map(attachment -> attachment.part() + " (" + attachment.name() + ")")
        .toList();
  }

  private boolean isLookedInto(String type, long size) {
    boolean shown =
        type.startsWith("text/")
            || type.startsWith("message/")
            || type.startsWith("image/")
            || type.startsWith("audio/")
            || type.startsWith("video/")
            || type.endsWith("signature");
    return shown || (DocumentKind.of(type).isPresent() && size <= reader.maxSize());
  }

  /** Whether attachments are as they were, but for those that were to go. */
  private static boolean isSame(ParsedMessage before, ParsedMessage after, Wish wish) {
    // an attached message takes its own attachments along
    List<Attachment> expected =
        before.attachments().stream()
            .filter(attachment ->
                wish.parts().stream().noneMatch(part -> attachment.part().startsWith(part + ".")))
            .toList();
    if (expected.size() != after.attachments().size()
        || !before.messageId().equals(after.messageId())) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      Attachment old = expected.get(i);
      Attachment now = after.attachments().get(i);
      boolean gone =
          now.name().equals(PassageRewriting.REMOVED_NAME) && !now.sha256().equals(old.sha256());
      if (!old.part().equals(now.part()) || (wish.parts().contains(old.part()) && !gone)) {
        return false;
      }
    }
    return true;
  }
}
