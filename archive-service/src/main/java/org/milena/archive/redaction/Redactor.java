package org.milena.archive.redaction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.milena.archive.extract.AttachmentReader;
import org.milena.archive.message.Attachment;
import org.milena.archive.message.MessageParser;
import org.milena.archive.message.ParsedMessage;
import org.milena.archive.rewriting.MessageRewriter;
import org.milena.archive.rewriting.TextParts;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.MailCharsets;
import org.milena.common.html.HtmlText;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.Splice;
import org.milena.common.mime.MimeWalker;

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

  private final MessageParser parser;

  /**
   * @param reader reads documents that are attached
   */
  public Redactor(AttachmentReader reader) {
    this.parser = new MessageParser(reader);
  }

  /** Tries it. */
  public Redacted redact(RawMessage message, Wish wish) {
    ParsedMessage before = parser.parse(message);
    Set<String> there =
        before.attachments().stream().map(Attachment::part).collect(Collectors.toSet());
    Set<String> unknown = new HashSet<>(wish.parts());
    unknown.removeAll(there);
    if (!unknown.isEmpty()) {
      return new Redacted.Refused(
          "not-found", "The message has no attachment " + String.join(", ", unknown) + ".");
    }
    Passages passages = new Passages(wish.passages());
    List<Integer> missing = passages.missing(texts(message, before));
    if (!missing.isEmpty()) {
      return new Redacted.Refused(
          "not-found",
          "The message does not have "
              + missing.stream().map(n -> "passage " + n).collect(Collectors.joining(", "))
              + ".");
    }
    List<Splice> splices = new ArrayList<>();
    HeaderBlock header = HeaderBlock.of(message);
    int top = header.fields().isEmpty() ? 0 : header.fields().getFirst().start();
    PassageRewriting rewriting = new PassageRewriting(passages, wish.parts());
    List<Splice> changes = MessageRewriter.changes(message, top, rewriting);
    changes.stream().filter(splice -> splice.end() <= top).forEach(splices::add);
    splices.add(new Splice(top, top, marks(header, before, wish)));
    changes.stream().filter(splice -> splice.end() > top).forEach(splices::add);
    if (splices.stream().mapToInt(splice -> splice.octets().length()).sum() > MAX_CHANGED) {
      return new Redacted.Refused(
          "not-removable", "So much of the message would change that it is better removed.");
    }
    RawMessage left = Splice.apply(message, splices);
    return check(before, left, wish, passages, List.copyOf(splices));
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
        return inAttachment(attachment);
      }
    }
    if (passages.isIn(after.attachedText()) && !isInText(left, passages)) {
      return new Redacted.Refused(
          "in-attachment",
          "A passage stands in a document that is attached: take out the attachment, too.");
    }
    if (texts(left, after).stream().anyMatch(passages::isIn) || !isSame(before, after, wish)) {
      return new Redacted.Refused(
          "not-removable",
          "The message is so broken that nothing can be taken out of it for certain: remove it.");
    }
    return new Redacted.Done(left, splices);
  }

  private static Redacted.Refused inAttachment(Attachment attachment) {
    return new Redacted.Refused(
        "in-attachment",
        "A passage stands in the name of attachment %s: take it out, too."
            .formatted(attachment.part()));
  }

  private static boolean isInText(RawMessage left, Passages passages) {
    return leaves(left).stream().anyMatch(passages::isIn);
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

  /** Everything in which our readers find words. */
  private static List<String> texts(RawMessage message, ParsedMessage parsed) {
    List<String> texts = new ArrayList<>(leaves(message));
    texts.add(parsed.text().whole());
    texts.add(parsed.attachedText());
    texts.add(parsed.subject());
    for (HeaderField field : HeaderBlock.of(message).fields()) {
      if (!PassageRewriting.isStructure(field)) {
        texts.add(field.decoded());
        texts.add(field.value());
      }
    }
    parsed.attachments().forEach(attachment -> texts.add(attachment.name()));
    return texts;
  }

  private static List<String> leaves(RawMessage message) {
    List<String> texts = new ArrayList<>();
    List<String> unused =
        new MimeWalker(
                (header, content) -> {
                  byte[] bytes = content.readAllBytes();
                  if (!header.isMessage()
                      && TextParts.isText(header.type(), header.charset(), bytes)) {
                    String text = MailCharsets.decode(bytes, 0, bytes.length, header.charset());
                    texts.add(text);
                    if (TextParts.isHtml(header.type())) {
                      texts.add(HtmlText.of(text));
                      texts.add(Jsoup.parse(text).text());
                    }
                  }
                  return true;
                })
            .walk(message);
    return texts;
  }
}
