package org.milena.scanner.quarantine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.scan.ShownText;

/**
 * What can be told of a message to somebody who must not open it. All of it is text a stranger
 * wrote, with what is invisible in it written as escapes, and it is bounded.
 *
 * @param header the lines of its header
 * @param attachments by name, type, size and digest
 * @param whole whether that is all: nothing was over a bound or not readable
 */
public record MessageFacts(List<String> header, List<AttachedFile> attachments, boolean whole) {

  /** Lines of a header that are shown. */
  static final int MOST_LINES = 300;

  /**
   * An attachment.
   *
   * @param name as the message has it; empty when it has none
   * @param type as the message has it
   * @param size in octets, decoded
   * @param sha256 of the decoded octets; lower-case hex
   */
  public record AttachedFile(String name, String type, long size, String sha256) {}

  public MessageFacts {
    header = List.copyOf(header);
    attachments = List.copyOf(attachments);
  }

  /** Reads a message once. */
  static MessageFacts of(RawMessage message) {
    byte[] bytes = message.unsafeBytes();
    int end = HeaderBlock.of(message).bodyOffset();
    List<String> header = new ArrayList<>();
    int start = 0;
    while (start < end && header.size() < MOST_LINES) {
      int next = start;
      while (next < end && bytes[next] != '\n') {
        next++;
      }
      int stop = next > start && bytes[next - 1] == '\r' ? next - 1 : next;
      if (stop > start) {
        header.add(ShownText.of(new String(bytes, start, stop - start, StandardCharsets.UTF_8)));
      }
      start = next + 1;
    }
    AttachmentWalk walk = new AttachmentWalk();
    boolean readable = walk.read(message);
    return new MessageFacts(header, walk.found(), readable && start >= end);
  }
}
