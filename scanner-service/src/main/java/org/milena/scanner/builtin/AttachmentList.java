package org.milena.scanner.builtin;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.scan.ShownText;

/** The attachments of a message by name and type, for people who must not open it. */
public final class AttachmentList {

  private static final AttachmentPolicy NO_OBJECTION =
      new AttachmentPolicy(Set.of(), Set.of(), false);

  /**
   * An attachment.
   *
   * @param name as the message has it, what is invisible written as escapes
   * @param type as the message has it, likewise
   */
  public record Attachment(String name, String type) {}

  private AttachmentList() {}

  /** All attachments with a name, as far as the limits reach. */
  public static List<Attachment> of(RawMessage message, ScanLimits limits) {
    List<Attachment> found = new ArrayList<>();
    var walk =
        new ContentWalk(
            NO_OBJECTION,
            new Budget(limits, MemoryPool.ofThisMachine(limits), System::nanoTime),
            (names, type) ->
                names.stream().limit(1).map(name -> attachment(name, type)).forEach(found::add));
    walk.walk(new ByteArrayInputStream(message.unsafeBytes()));
    return List.copyOf(found);
  }

  private static Attachment attachment(String name, String type) {
    return new Attachment(ShownText.of(name), ShownText.of(type));
  }
}
