package org.milena.listexpander.preparation.content;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.milena.common.header.HeaderField;
import org.milena.common.header.OneLine;
import org.milena.common.mail.RawMessage;

/**
 * Puts links to the archive in the places of attachments. Every other part keeps its octets.
 *
 * <p>A part is replaced only where the archive, which reads messages in its own way, has the same
 * octets under the number that the link names. What stays: signed and encrypted parts, and
 * signatures; what belongs to a page ({@code multipart/related}) or is shown by one; alternatives;
 * and text and messages that do not say that they are attached.
 */
public final class AttachmentLinks {
  private static final Set<String> SECURED =
      Set.of("application/pkcs7-", "application/x-pkcs7-", "application/pgp");
  private static final int MAX_NAME = 180;
  private static final int MAX_TYPE = 100;

  private final RawMessage message;
  private final long least;
  private final Function<LinkedAttachment, String> words;
  private final NumberedParts numbers;
  private final Cutting cutting;
  private int count;

  private AttachmentLinks(
      RawMessage message, MimePart root, long least, Function<LinkedAttachment, String> words) {
    this.message = message;
    this.least = least;
    this.words = words;
    this.numbers = NumberedParts.of(message);
    this.cutting = new Cutting(message.unsafeBytes(), root.bodyStart);
  }

  /**
   * A message with links in it.
   *
   * @param count how many attachments became links
   */
  public record Linked(RawMessage message, int count) {}

  /**
   * Replaces attachments.
   *
   * @param message as it is archived, but for fields of its header that say nothing of its parts
   * @param least octets from which an attachment is replaced
   * @param words what stands in the place of an attachment, in lines that end in {@code \n}
   */
  public static Linked in(
      RawMessage message, long least, Function<LinkedAttachment, String> words) {
    Optional<MimePart> root = MimeReader.read(message);
    return root.isEmpty()
        ? new Linked(message, 0)
        : new AttachmentLinks(message, root.get(), least, words).replaced(root.get());
  }

  private Linked replaced(MimePart root) {
    if (!root.isMultipart()) {
      return attachment(root, "1")
          .map(this::text)
          .map(text ->
              new Linked(MessageBody.of(message, TextPart.fields(text), TextPart.body(text)), 1))
          .orElse(new Linked(message, 0));
    }
    children(root, "");
    return count == 0
        ? new Linked(message, 0)
        : new Linked(MessageBody.of(message, cutting.upTo(message.size())), count);
  }

  private void children(MimePart container, String path) {
    if (container.isSealed()
        || container.type.equals("multipart/related")
        || container.type.equals("multipart/report")) {
      return;
    }
    int number = 0;
    for (MimePart child : container.children) {
      number++;
      String own = path.isEmpty() ? Integer.toString(number) : path + "." + number;
      if (child.isMultipart()) {
        children(child, own);
      } else if (!container.type.equals("multipart/alternative")) {
        attachment(child, own)
            .ifPresent(found -> {
              cutting.replace(child.start, child.end, TextPart.of(text(found)));
              count++;
            });
      }
    }
  }

  private byte[] text(LinkedAttachment attachment) {
    return words
        .apply(attachment)
        .replace("\r\n", "\n")
        .replace("\n", "\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The part as one that a link can stand for. */
  private Optional<LinkedAttachment> attachment(MimePart part, String number) {
    return numbers
        .leaf(number)
        .filter(leaf -> leaf.header().type().equals(part.type))
        .filter(leaf -> !leaf.header().isText() && !leaf.header().related())
        .filter(leaf -> leaf.size() > 0 && leaf.size() >= least)
        .filter(leaf -> isLoose(part, leaf.header().isAttachment()))
        .filter(leaf -> content(part).filter(leaf::holds).isPresent())
        .map(leaf ->
            new LinkedAttachment(
                number,
                name(leaf.header().claimedName()),
                OneLine.of(part.type, MAX_TYPE),
                leaf.size()));
  }

  /** Whether nothing of the message is lost to its reader when it lies elsewhere. */
  private boolean isLoose(MimePart part, boolean saysSo) {
    if (SECURED.stream().anyMatch(part.type::startsWith)) {
      return false;
    }
    if (!saysSo && (part.type.startsWith("text/") || part.type.startsWith("message/"))) {
      return false;
    }
    String id =
        part.header
            .first("Content-ID")
            .map(HeaderField::value)
            .map(value -> value.strip().replaceAll("^<|>$", ""))
            .orElse("");
    return id.isEmpty() || !numbers.shows(id);
  }

  private Optional<byte[]> content(MimePart part) {
    return TransferEncoding.decode(
        Arrays.copyOfRange(message.unsafeBytes(), part.bodyStart, part.end),
        part.transferEncoding());
  }

  private static String name(String claimed) {
    String line = OneLine.of(claimed, 4 * MAX_NAME);
    String last = line.substring(Math.max(line.lastIndexOf('/'), line.lastIndexOf('\\')) + 1);
    return last.isBlank() ? "-" : OneLine.of(last, MAX_NAME);
  }
}
