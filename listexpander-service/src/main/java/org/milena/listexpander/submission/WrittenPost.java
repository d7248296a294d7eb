package org.milena.listexpander.submission;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.milena.common.header.EncodedWords;
import org.milena.common.header.HeaderEditor;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.header.MailDates;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.outgoing.QuotedPrintable;
import org.milena.listexpander.preparation.AddressField;

/**
 * A post as its author wrote it.
 *
 * @param author may bring a name, which is cut like those of all address fields
 * @param subject is put on one line
 * @param text plain, with any line ends
 * @param inReplyTo the post it answers
 * @param references the thread up to there, oldest first; the answered post is added
 */
public record WrittenPost(
    HeaderMailbox author,
    String subject,
    String text,
    Optional<MessageId> inReplyTo,
    List<MessageId> references) {

  /** Characters of a subject. */
  public static final int MAX_SUBJECT = 500;

  /** Characters of a text. */
  public static final int MAX_TEXT = 200_000;

  /** Posts that are named as the thread. */
  public static final int MAX_REFERENCES = 100;

  /** Characters of a message id: it may not be folded, and must fit on a line. */
  private static final int MAX_ID = 900;

  /**
   * Checks lengths and ids.
   *
   * @throws IllegalArgumentException when one of them does not fit
   */
  public WrittenPost {
    references = List.copyOf(references);
    if (subject.length() > MAX_SUBJECT
        || text.length() > MAX_TEXT
        || references.size() > MAX_REFERENCES
        || !inReplyTo.map(WrittenPost::canName).orElse(true)
        || !references.stream().allMatch(WrittenPost::canName)) {
      throw new IllegalArgumentException("a post that is too long, or names no posts");
    }
  }

  /** Whether an id can stand in a field of ours: ASCII, and short enough for a line. */
  public static boolean canName(MessageId id) {
    return id.value().length() <= MAX_ID && id.value().chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  /**
   * The message (RFC 5322), its text in quoted-printable, so that lines of any length pass.
   *
   * @param to the list
   * @param id its own
   * @param at its date
   */
  RawMessage message(MailAddress to, MessageId id, Instant at) {
    HeaderEditor editor = HeaderEditor.of(RawMessage.wrap(bodyBehindEmptyLine()));
    AddressField.write(editor, "From", List.of(author));
    AddressField.write(editor, "To", List.of(new HeaderMailbox("", to)));
    editor
        .append("Subject", subjectLine())
        .append("Date", MailDates.format(at, ZoneOffset.UTC))
        .append("Message-ID", id.toString());
    inReplyTo.ifPresent(answered -> editor.append("In-Reply-To", answered.toString()));
    String thread = thread();
    if (!thread.isEmpty()) {
      editor.append("References", thread);
    }
    return editor
        .append("MIME-Version", "1.0")
        .append("Content-Type", "text/plain; charset=utf-8")
        .append("Content-Transfer-Encoding", "quoted-printable")
        .toMessage();
  }

  /** What only looks like an encoded word is encoded, so that it is read as it was written. */
  private String subjectLine() {
    String line = OneLine.of(subject, MAX_SUBJECT);
    return line.contains("=?") ? EncodedWords.encode(line) : line;
  }

  /** The answered post comes last (RFC 5322 section 3.6.4). */
  private String thread() {
    List<MessageId> ids = new ArrayList<>(references);
    inReplyTo.ifPresent(answered -> {
      ids.removeIf(answered::equals);
      ids.add(answered);
    });
    return ids.stream().map(MessageId::toString).collect(Collectors.joining(" "));
  }

  private byte[] bodyBehindEmptyLine() {
    String lines = text.replace("\r\n", "\n").replace('\r', '\n');
    String whole = lines.endsWith("\n") ? lines : lines + "\n";
    byte[] body = QuotedPrintable.encode(whole.getBytes(StandardCharsets.UTF_8));
    byte[] behind = new byte[body.length + 2];
    behind[0] = '\r';
    behind[1] = '\n';
    System.arraycopy(body, 0, behind, 2, body.length);
    return behind;
  }
}
